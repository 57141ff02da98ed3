"""Simulated recordings: rooms, noise, microphones and codecs."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.training.recording_conditions import (
    ConditionSettings,
    add_noise,
    add_room,
    encode_mp3,
    record_again,
)

NEVER = ConditionSettings(room_share=0.0, noise_share=0.0, band_share=0.0, codec_share=0.0, clip_share=0.0, tilt_db=0.0)


def tone(duration_s: float = 1.0, frequency_hz: float = 1000.0) -> np.ndarray:
    return 0.5 * np.sin(2.0 * np.pi * frequency_hz * np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ)


def clip(samples: np.ndarray) -> Audio:
    return from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)


def test_without_changes_only_the_level_changes() -> None:
    changed = record_again(clip(tone()), NEVER, np.random.default_rng(0)).samples
    middle = slice(2000, -2000)
    np.testing.assert_allclose(changed[middle], (0.9 / 0.5) * tone()[middle], atol=0.02)


def test_the_same_generator_gives_the_same_recording() -> None:
    first, again, other = (
        record_again(clip(tone()), ConditionSettings(), np.random.default_rng(seed)).samples for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert len(first) != len(other) or np.abs(first - other).max() > 0.01


@pytest.mark.parametrize("colour", ["white", "pink", "brown"])
def test_noise_has_the_wanted_ratio_to_the_signal(colour: str) -> None:
    noise = add_noise(tone(), colour, 10.0, np.random.default_rng(3)) - tone()
    assert 10.0 * np.log10(np.mean(tone() ** 2) / np.mean(noise**2)) == pytest.approx(10.0, abs=0.01)


def test_coloured_noise_falls_with_frequency() -> None:
    low_over_high = {}
    for colour in ("white", "pink", "brown"):
        power = np.abs(np.fft.rfft(add_noise(np.ones(16_000), colour, 0.0, np.random.default_rng(4)) - 1.0)) ** 2
        low_over_high[colour] = power[10:100].mean() / power[4000:].mean()
    assert low_over_high["white"] < 2.0 < 20.0 < low_over_high["pink"] < low_over_high["brown"]


def test_an_echo_falls_by_60_db_in_the_reverberation_time() -> None:
    click = np.zeros(SAMPLE_RATE_HZ)
    click[0] = 1.0
    echo = add_room(click, 0.5, 0.0, np.random.default_rng(5))[1 : SAMPLE_RATE_HZ // 2]
    assert np.sum(echo**2) == pytest.approx(1.0, rel=1e-3)
    early, late = (np.mean(echo[start : start + 400] ** 2) for start in (0, 4000))
    # A quarter of a second later, the echo is 30 dB weaker.
    assert 10.0 * np.log10(early / late) == pytest.approx(30.0, abs=3.0)


def test_a_telephone_removes_low_frequencies() -> None:
    telephone = ConditionSettings(**{**vars(NEVER), "band_share": 1.0, "lowest_hz": (300.0, 300.0)})
    both = tone(frequency_hz=60.0) + tone(frequency_hz=1000.0)
    changed = record_again(clip(0.5 * both), telephone, np.random.default_rng(6)).samples
    spectrum = np.abs(np.fft.rfft(changed[4000:12_000]))
    assert spectrum[30] < 0.02 * spectrum[500]


def test_mp3_keeps_a_clip_and_its_length() -> None:
    decoded = encode_mp3(clip(tone()), 32.0).samples
    assert len(decoded) == pytest.approx(SAMPLE_RATE_HZ, abs=2400)
    assert np.abs(np.fft.rfft(decoded)).argmax() / len(decoded) == pytest.approx(1000.0 / SAMPLE_RATE_HZ, rel=0.01)
