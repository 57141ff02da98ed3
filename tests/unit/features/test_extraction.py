"""The five features and pitch: known values on generated sounds, and equality with librosa."""

from __future__ import annotations

from typing import Any

import librosa
import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.features import spectrum
from ser_core.features.extraction import N_SUMMARY, SUMMARY_LAYOUT, Features, extract_features
from ser_core.features.spectrum import (
    FrameSettings,
    chroma_filters,
    frame_blocks,
    htk_mel_filters,
    hz_to_mel,
    mel_centres_hz,
    mel_filters,
    mel_to_hz,
    power,
)

# The first and last frames contain some of the padding at both ends.
INNER = slice(3, -3)


def clip(samples: np.ndarray) -> Audio:
    return from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)


def chirp_and_noise(n_samples: int = SAMPLE_RATE_HZ) -> np.ndarray:
    """Return a tone that rises from 150 to 450 Hz, with an overtone and noise, and increases in level."""
    time_s = np.arange(n_samples) / SAMPLE_RATE_HZ
    phase = 2.0 * np.pi * (150.0 * time_s + 150.0 * time_s**2)
    noise = np.random.default_rng(1).uniform(-0.02, 0.02, n_samples)
    voice = np.sin(phase) + 0.5 * np.sin(3.0 * phase)
    return (0.3 * voice * np.linspace(0.2, 1.0, n_samples) + noise).astype(np.float32)


@pytest.fixture
def tone_features(tone: np.ndarray) -> Features:
    return extract_features(clip(tone))


def test_pitch_of_a_tone(tone_features: Features) -> None:
    np.testing.assert_allclose(tone_features.pitch_hz[INNER], 440.0, rtol=0.005)


def test_a_tone_of_440_hz_is_an_a(tone_features: Features) -> None:
    names = np.array(["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"])
    assert set(names[tone_features.chroma.argmax(axis=0)]) == {"A"}


def test_a_tone_has_most_power_in_the_mel_band_around_it(tone_features: Features) -> None:
    loudest_band = tone_features.mel_power[:, INNER].argmax(axis=0)
    nearest_band = np.abs(tone_features.mel_centres_hz - 440.0).argmin()
    assert set(loudest_band) == {nearest_band}


def test_level_of_a_tone(tone_features: Features) -> None:
    # A frame holds no whole number of periods, so its mean square is up to 0.3 % off.
    np.testing.assert_allclose(tone_features.rms[INNER], 0.5 / np.sqrt(2.0), rtol=4e-3)


def test_a_tone_crosses_zero_twice_a_period(tone_features: Features) -> None:
    np.testing.assert_allclose(tone_features.zero_crossing_rate[INNER], 2.0 * 440.0 / SAMPLE_RATE_HZ, atol=0.002)


def test_frames_are_16_ms_apart(tone_features: Features) -> None:
    np.testing.assert_allclose(np.diff(tone_features.time_s), 0.016)
    assert tone_features.time_s[0] == 0.0


@pytest.mark.parametrize("n_samples", [1, 255, 256, 257, 1024, 16001])
def test_all_features_have_the_same_number_of_frames(n_samples: int) -> None:
    features = extract_features(clip(chirp_and_noise(n_samples)))
    n_frames = 1 + n_samples // 256
    assert features.chroma.shape == (12, n_frames)
    assert features.mfcc.shape == (20, n_frames)
    assert features.mel_power.shape == (128, n_frames)
    assert features.mel_centres_hz.shape == (128,)
    for row in (features.time_s, features.zero_crossing_rate, features.rms, features.pitch_hz):
        assert row.shape == (n_frames,)


@pytest.mark.parametrize("n_samples", [1024, 7 * 256 - 1, 7 * 256, 15 * 256])
def test_the_power_spectrum_in_blocks_equals_librosas_stft(n_samples: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spectrum, "_FRAMES_PER_BLOCK", 7)
    samples = chirp_and_noise(n_samples)
    blocks = [power(frames) for frames in frame_blocks(samples, FrameSettings())]
    whole = np.abs(librosa.stft(samples, n_fft=1024, hop_length=256, pad_mode="constant")) ** 2
    np.testing.assert_allclose(np.concatenate(blocks).T, whole, rtol=1e-3, atol=1e-5)
    assert max(map(len, blocks)) <= 7


@pytest.mark.parametrize(("n_mels", "min_hz", "max_hz"), [(128, 0.0, 8000.0), (64, 60.0, 7600.0)])
def test_mel_filters_equal_librosas(n_mels: int, min_hz: float, max_hz: float) -> None:
    expected = librosa.filters.mel(sr=SAMPLE_RATE_HZ, n_fft=1024, n_mels=n_mels, fmin=min_hz, fmax=max_hz)
    np.testing.assert_allclose(mel_filters(1024, n_mels, min_hz, max_hz), expected, rtol=1e-4, atol=1e-8)
    centres_hz = librosa.mel_frequencies(n_mels + 2, fmin=min_hz, fmax=max_hz)[1:-1]
    np.testing.assert_allclose(mel_centres_hz(n_mels, min_hz, max_hz), centres_hz)


def test_htk_mel_filters_equal_librosas() -> None:
    settings: dict[str, Any] = {"sr": SAMPLE_RATE_HZ, "n_fft": 1024, "n_mels": 64, "fmin": 60.0, "fmax": 7800.0}
    expected = librosa.filters.mel(**settings, htk=True, norm=None)
    np.testing.assert_allclose(htk_mel_filters(1024, 64, 60.0, 7800.0), expected, rtol=1e-4, atol=1e-6)


def test_the_mel_scale_equals_librosas_in_both_directions() -> None:
    hz = np.array([0.0, 60.0, 999.0, 1000.0, 1001.0, 8000.0])
    np.testing.assert_allclose(hz_to_mel(hz), librosa.hz_to_mel(hz))
    np.testing.assert_allclose(mel_to_hz(hz_to_mel(hz)), hz)


def test_features_do_not_depend_on_the_block_length(monkeypatch: pytest.MonkeyPatch) -> None:
    audio = clip(chirp_and_noise())
    features = extract_features(audio)
    monkeypatch.setattr(spectrum, "_FRAMES_PER_BLOCK", 7)
    in_short_blocks = extract_features(audio)
    for name in ("zero_crossing_rate", "chroma", "mfcc", "mel_power", "rms", "pitch_hz"):
        np.testing.assert_allclose(getattr(in_short_blocks, name), getattr(features, name), rtol=1e-4, atol=1e-4)


def test_mel_power_mfcc_chroma_zero_crossings_and_rms_equal_librosas() -> None:
    samples = chirp_and_noise()
    features = extract_features(clip(samples))
    framing: dict[str, Any] = {"n_fft": 1024, "hop_length": 256, "pad_mode": "constant"}
    mel = librosa.feature.melspectrogram(y=samples, sr=SAMPLE_RATE_HZ, n_mels=128, **framing)
    np.testing.assert_allclose(features.mel_power, mel, rtol=1e-3, atol=1e-6)
    mfcc = librosa.feature.mfcc(S=librosa.power_to_db(mel), n_mfcc=20)
    np.testing.assert_allclose(features.mfcc, mfcc, rtol=1e-3, atol=0.01)
    chroma = librosa.feature.chroma_stft(y=samples, sr=SAMPLE_RATE_HZ, tuning=0.0, **framing)
    np.testing.assert_allclose(features.chroma, chroma, rtol=1e-3, atol=1e-4)
    zcr = librosa.feature.zero_crossing_rate(samples, frame_length=1024, hop_length=256)[0]
    np.testing.assert_array_equal(features.zero_crossing_rate, zcr)
    rms = librosa.feature.rms(y=samples, frame_length=1024, hop_length=256)[0]
    np.testing.assert_allclose(features.rms, rms, rtol=1e-5)


def test_pitch_equals_librosas_yin() -> None:
    samples = chirp_and_noise()
    framing: dict[str, Any] = {"frame_length": 1024, "hop_length": 256, "pad_mode": "constant"}
    expected = librosa.yin(samples, fmin=60.0, fmax=600.0, sr=SAMPLE_RATE_HZ, **framing)
    pitch_hz = extract_features(clip(samples)).pitch_hz
    is_voiced = ~np.isnan(pitch_hz)
    assert is_voiced.mean() > 0.9
    np.testing.assert_allclose(pitch_hz[is_voiced], expected[is_voiced], rtol=1e-3)


def test_chroma_filters_equal_librosas() -> None:
    expected = librosa.filters.chroma(sr=SAMPLE_RATE_HZ, n_fft=1024, tuning=0.0)
    np.testing.assert_allclose(chroma_filters(1024), expected, rtol=1e-4, atol=1e-7)


def test_silence_has_no_pitch_and_no_level() -> None:
    features = extract_features(clip(np.zeros(SAMPLE_RATE_HZ)))
    assert np.isnan(features.pitch_hz).all()
    assert (features.rms == 0.0).all()
    assert (features.mel_db() == -80.0).all()
    assert np.isfinite(features.summary()).all()


def test_noise_has_no_pitch() -> None:
    noise = np.random.default_rng(3).normal(0.0, 0.1, SAMPLE_RATE_HZ)
    assert np.isnan(extract_features(clip(noise)).pitch_hz).mean() > 0.95


def test_pauses_have_no_pitch(tone: np.ndarray) -> None:
    pause = np.zeros(SAMPLE_RATE_HZ, dtype=np.float32)
    features = extract_features(clip(np.concatenate([tone, pause])))
    is_voiced = ~np.isnan(features.pitch_hz)
    assert is_voiced[features.time_s < 0.95].all()
    assert not is_voiced[features.time_s > 1.05].any()


def test_pitch_follows_a_rising_voice() -> None:
    features = extract_features(clip(chirp_and_noise()))
    expected_hz = 150.0 + 300.0 * features.time_s
    np.testing.assert_allclose(features.pitch_hz[INNER], expected_hz[INNER], rtol=0.03)


def test_decibels_are_relative_to_the_maximum(tone_features: Features) -> None:
    levels_db = tone_features.mel_db(floor_db=-50.0)
    assert levels_db.max() == 0.0
    assert levels_db.min() == pytest.approx(-50.0)
    tenth_of_power = tone_features.mel_power.max() / 10.0
    np.testing.assert_array_equal(levels_db >= -10.0, tone_features.mel_power >= tenth_of_power)


def test_the_summary_layout_is_the_original_projects() -> None:
    assert [(columns.start, columns.stop) for columns in SUMMARY_LAYOUT.values()] == [
        (0, 1),
        (1, 13),
        (13, 33),
        (33, 34),
        (34, 162),
    ]
    assert N_SUMMARY == 162


def test_the_summary_has_the_averages_in_the_original_order() -> None:
    def rows(first: int, count: int) -> np.ndarray:
        """Return rows whose averages over two frames are first, first + 1, ..."""
        averages: np.ndarray = np.arange(first, first + count)[:, None] + np.array([[-0.5, 0.5]])
        return averages

    features = Features(
        time_s=np.zeros(2),
        zero_crossing_rate=rows(0, 1)[0],
        chroma=rows(1, 12),
        mfcc=rows(13, 20),
        rms=rows(33, 1)[0],
        mel_power=rows(34, 128),
        mel_centres_hz=np.zeros(128),
        pitch_hz=np.full(2, np.nan),
    )
    assert features.summary().tolist() == list(range(162))
    assert features.summary().dtype == np.float32


def test_features_equal_the_recorded_numbers() -> None:
    """Check golden numbers: a change here invalidates every trained network."""
    summary = extract_features(clip(chirp_and_noise())).summary()
    # fmt: off
    golden = {
        0: 0.037512, 1: 0.19787, 5: 0.28158, 10: 0.26565, 13: -262.61, 14: 27.07, 20: -9.6324, 32: 2.8897,
        33: 0.140895, 36: 0.0075019, 46: 9.9503, 60: 0.29894, 100: 0.0034875, 161: 0.0030261,
    }
    # fmt: on
    assert {index: float(summary[index]) for index in golden} == pytest.approx(golden, rel=1e-3)


def test_features_without_pitch_are_otherwise_the_same(tone_features: Features, tone: np.ndarray) -> None:
    features = extract_features(clip(tone), with_pitch=False)
    assert np.isnan(features.pitch_hz).all()
    np.testing.assert_array_equal(features.summary(), tone_features.summary())
    np.testing.assert_array_equal(features.time_s, tone_features.time_s)
