"""Whisper's log-mel spectrogram, compared with its definition in librosa's terms."""

from __future__ import annotations

import librosa
import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.inference.whisper_log_mel import WhisperFrontEnd

FRONT_END = WhisperFrontEnd()


def sweep(duration_s: float) -> np.ndarray:
    """Return a tone that rises from 200 to 4,000 Hz, in a little noise."""
    tone = librosa.chirp(fmin=200.0, fmax=4000.0, sr=SAMPLE_RATE_HZ, duration=duration_s)
    return (0.5 * tone + np.random.default_rng(0).normal(0.0, 0.01, len(tone))).astype(np.float32)


def test_it_is_the_spectrogram_of_the_paper() -> None:
    samples = sweep(2.0)
    spectrum = librosa.stft(samples, n_fft=400, hop_length=160, window="hann", pad_mode="constant")
    mel = librosa.filters.mel(sr=SAMPLE_RATE_HZ, n_fft=400, n_mels=80) @ np.abs(spectrum) ** 2
    log_mel = np.log10(np.maximum(mel, 1e-10))
    expected_db = 10.0 * (np.maximum(log_mel, log_mel.max() - 8.0) - log_mel.max()).T
    np.testing.assert_allclose(FRONT_END.log_mel_db(samples), expected_db, atol=0.02)


def test_the_loudest_point_and_silence_have_fixed_values() -> None:
    window = FRONT_END.windows(from_samples(sweep(1.0), SAMPLE_RATE_HZ)).inputs[0]
    assert window.shape == (300, 80)
    assert window.max() == pytest.approx((1.5 + 4.0) / 4.0)
    assert window[-1].max() == window.min() == pytest.approx(FRONT_END.silence)


def test_a_short_clip_is_padded_at_its_end() -> None:
    window = FRONT_END.windows(from_samples(sweep(1.0), SAMPLE_RATE_HZ)).inputs[0]
    sounding = np.flatnonzero(window.max(axis=1) > FRONT_END.silence)
    assert sounding[0] == 0
    assert sounding[-1] == pytest.approx(100, abs=10)


@pytest.mark.parametrize("gain", [0.01, 1.9])
def test_the_recording_level_does_not_change_the_windows(gain: float) -> None:
    expected, windows = (
        FRONT_END.windows(from_samples(factor * sweep(1.0), SAMPLE_RATE_HZ)).inputs for factor in (1.0, gain)
    )
    np.testing.assert_allclose(windows, expected, atol=1e-4)
