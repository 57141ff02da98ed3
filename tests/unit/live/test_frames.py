"""Level, pitch and spectrogram of a stream's frames."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.live import analyse, mel_loudness
from tests.unit.live.streams import RATE_HZ, silence


@pytest.mark.parametrize("pitch_hz", [75.0, 120.0, 210.0, 330.0, 520.0])
def test_the_pitch_of_harmonics_is_their_fundamental_frequency(pitch_hz: float) -> None:
    time_s = np.arange(RATE_HZ) / RATE_HZ
    harmonics = [np.sin(2 * np.pi * k * pitch_hz * time_s) / k for k in range(1, 7)]
    frames = analyse(0.1 * np.sum(harmonics, axis=0).astype(np.float32))
    np.testing.assert_allclose(frames.pitch_hz, pitch_hz, rtol=0.01)


def test_noise_and_silence_have_no_pitch() -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.1, RATE_HZ).astype(np.float32)
    assert np.isnan(analyse(noise).pitch_hz).mean() > 0.95
    assert np.isnan(analyse(silence(1.0)).pitch_hz).all()


def test_level_and_spectrogram_are_decibels_of_full_scale(tone: np.ndarray) -> None:
    frames = analyse(tone)
    np.testing.assert_allclose(frames.level_db, 20 * np.log10(0.5 / np.sqrt(2)), atol=0.2)
    assert frames.mel_db.max() == pytest.approx(20 * np.log10(0.5), abs=3.0)
    loudness = mel_loudness(frames.mel_db)
    assert loudness.dtype == np.uint8
    assert loudness.max() > 200
    assert mel_loudness(analyse(silence(0.1)).mel_db).max() == 0
