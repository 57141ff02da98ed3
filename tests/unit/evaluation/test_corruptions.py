"""Corrupted copies of a clip: level, noise, telephone, MP3, room."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import welch

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.evaluation.corruptions import CORRUPTIONS, mp3, quieter, small_room, telephone, white_noise


@pytest.fixture
def voice() -> Audio:
    """Two seconds of a buzz that comes and goes, with energy everywhere up to 8 kHz."""
    time_s = np.arange(2 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    buzz = np.sign(np.sin(2 * np.pi * 140.0 * time_s)) * (0.2 + 0.2 * np.sin(2 * np.pi * 3.0 * time_s))
    return from_samples((0.5 * buzz).astype(np.float32), SAMPLE_RATE_HZ)


def power_db(samples: np.ndarray, low_hz: float, high_hz: float) -> float:
    hz, density = welch(samples, SAMPLE_RATE_HZ, nperseg=2048)
    return 10.0 * np.log10(density[(hz >= low_hz) & (hz <= high_hz)].sum())


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_the_same_clip_is_always_corrupted_in_the_same_way(name: str, voice: Audio) -> None:
    first, again = CORRUPTIONS[name](voice), CORRUPTIONS[name](voice)
    np.testing.assert_array_equal(first.samples, again.samples)
    assert first.duration_s == pytest.approx(voice.duration_s, abs=0.25)
    assert (name == "none") == (first is voice)


def test_quieter_is_twenty_decibels(voice: Audio) -> None:
    change = power_db(quieter(voice).samples, 0, 8000) - power_db(voice.samples, 0, 8000)
    assert change == pytest.approx(-20.0, abs=0.01)


def test_noise_is_twenty_decibels_under_the_voice(voice: Audio) -> None:
    noise = white_noise(voice).samples - voice.samples
    ratio_db = 10.0 * np.log10(np.mean(voice.samples**2) / np.mean(noise**2))
    assert ratio_db == pytest.approx(20.0, abs=0.2)
    assert power_db(noise, 500, 1500) == pytest.approx(power_db(noise, 5500, 6500), abs=1.0)


def test_a_telephone_keeps_only_its_band(voice: Audio) -> None:
    corrupted = telephone(voice).samples
    assert power_db(corrupted, 600, 3000) == pytest.approx(power_db(voice.samples, 600, 3000), abs=0.3)
    assert power_db(corrupted, 4500, 8000) < power_db(voice.samples, 4500, 8000) - 20.0
    assert power_db(corrupted, 50, 200) < power_db(voice.samples, 50, 200) - 20.0


def test_mp3_changes_the_spectrum_by_less_than_a_decibel(voice: Audio) -> None:
    corrupted = mp3(voice).samples
    assert not np.array_equal(corrupted[: len(voice.samples)], voice.samples[: len(corrupted)])
    for low_hz, high_hz in ((100, 1000), (1000, 4000)):
        assert power_db(corrupted, low_hz, high_hz) == pytest.approx(power_db(voice.samples, low_hz, high_hz), abs=1.0)


def test_the_echo_of_a_room_falls_after_the_voice() -> None:
    click = np.zeros(SAMPLE_RATE_HZ, dtype=np.float32)
    click[1000] = 1.0
    corrupted = small_room(from_samples(click, SAMPLE_RATE_HZ)).samples
    assert corrupted[1000] == pytest.approx(1.0, abs=0.05)
    echo = corrupted[1001:]
    assert 10.0 * np.log10(np.sum(echo**2)) == pytest.approx(-6.0, abs=0.3)
    early, late = np.mean(echo[:800] ** 2), np.mean(echo[3200:4000] ** 2)
    assert 10.0 * np.log10(early / late) == pytest.approx(30.0, abs=3.0)


def test_silence_can_be_corrupted() -> None:
    silence = from_samples(np.zeros(SAMPLE_RATE_HZ, dtype=np.float32), SAMPLE_RATE_HZ)
    assert all(np.isfinite(corrupt(silence).samples).all() for corrupt in CORRUPTIONS.values())
