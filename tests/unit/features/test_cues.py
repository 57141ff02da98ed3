"""The acoustic cues of a clip, on generated sounds with known values."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.features.cues import MEL_BASED, WORDS, Cues, measure_cues
from ser_core.features.extraction import extract_features

SYLLABLE_S = 0.2


def cues_of(samples: np.ndarray) -> Cues:
    return measure_cues(extract_features(from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)))


def buzz(pitch_hz: np.ndarray, *, overtone_slope: float = 1.0) -> np.ndarray:
    """Return a voice-like tone: overtones up to 4 kHz, the n-th with amplitude ``n ** -overtone_slope``."""
    phase = 2.0 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE_HZ
    n_overtones = int(4_000 / pitch_hz.max())
    tones = [np.sin(n * phase) / n**overtone_slope for n in range(1, n_overtones + 1)]
    wave = np.sum(tones, axis=0)
    scaled: np.ndarray = 0.3 * wave / np.abs(wave).max()
    return scaled


def constant_pitch(pitch_hz: float, duration_s: float = 2.0) -> np.ndarray:
    return np.full(round(duration_s * SAMPLE_RATE_HZ), pitch_hz)


def syllables(n_syllables: int, syllable_s: float = SYLLABLE_S) -> np.ndarray:
    """Return bursts of a buzz with soft dips between them, and half a second of silence at both ends."""
    time_s = np.arange(round(n_syllables * syllable_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    envelope = 0.1 + 0.9 * np.sin(np.pi * time_s / syllable_s) ** 2
    return np.pad(buzz(np.full(len(time_s), 150.0)) * envelope, SAMPLE_RATE_HZ // 2)


def test_every_cue_has_a_name_and_an_explanation() -> None:
    assert list(WORDS) == [field.name for field in dataclasses.fields(Cues)]
    assert all(words.name and words.explanation.endswith(".") for words in WORDS.values())
    assert set(WORDS) > MEL_BASED


def test_a_difference_is_shown_in_the_cues_unit() -> None:
    nan = float("nan")
    assert WORDS["pitch_hz"].compare(150.0, 188.0) == "38 Hz higher"
    assert WORDS["level_dbfs"].compare(-20.0, -26.04) == "6.0 dB softer"
    assert WORDS["syllables_per_s"].compare(4.0, 4.8) == "20% faster"
    assert WORDS["brightness_hz"].compare(800.0, 600.0) == "25% duller"
    assert WORDS["pause_share"].compare(0.1, 0.22) == "12 points more"
    assert WORDS["pitch_hz"].compare(150.0, 151.0) == "about the same"
    assert WORDS["pitch_hz"].compare(150.0, nan) == WORDS["pitch_hz"].compare(nan, 150.0) == "unknown"
    assert WORDS["syllables_per_s"].compare(0.0, 4.0) == "4.0 syllables/s faster"


def test_a_value_is_shown_with_its_unit() -> None:
    assert WORDS["pitch_hz"].show(187.6) == "188 Hz"
    assert WORDS["pause_share"].show(0.123) == "12%"
    assert WORDS["pitch_hz"].show(float("nan")) == "unknown"


@pytest.mark.parametrize("pitch_hz", [90.0, 180.0, 320.0])
def test_pitch_of_a_constant_tone(pitch_hz: float) -> None:
    cues = cues_of(buzz(constant_pitch(pitch_hz)))
    assert cues.pitch_hz == pytest.approx(pitch_hz, rel=0.01)
    assert cues.pitch_range_st == pytest.approx(0.0, abs=0.1)
    assert cues.voiced_share > 0.95


def test_intonation_range_is_in_semitones() -> None:
    # A linear glide over one octave: its middle three fifths span 7.2 semitones.
    glide_hz = 120.0 * 2.0 ** np.linspace(0.0, 1.0, 2 * SAMPLE_RATE_HZ)
    assert cues_of(buzz(glide_hz)).pitch_range_st == pytest.approx(7.2, abs=0.3)


def test_gain_changes_the_level_and_no_other_cue() -> None:
    voice = syllables(6) * 0.2
    soft, loud = cues_of(voice), cues_of(voice * 10.0 ** (6.0 / 20.0))
    assert loud.level_dbfs - soft.level_dbfs == pytest.approx(6.0, abs=0.01)
    for name in WORDS:
        if name != "level_dbfs":
            assert getattr(loud, name) == pytest.approx(getattr(soft, name), rel=1e-3), name


def test_the_level_of_a_full_scale_sine_is_3_db_below_full_scale() -> None:
    time_s = np.arange(SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
    assert cues_of(np.sin(2.0 * np.pi * 200.0 * time_s)).level_dbfs == pytest.approx(-3.01, abs=0.1)


@pytest.mark.parametrize("n_syllables", [3, 7, 12])
def test_speech_rate_counts_syllables(n_syllables: int) -> None:
    cues = cues_of(syllables(n_syllables))
    assert cues.speech_s == pytest.approx(n_syllables * SYLLABLE_S, abs=0.1)
    assert cues.syllables_per_s * cues.speech_s == pytest.approx(n_syllables)


def test_faster_speech_has_a_higher_rate() -> None:
    slow, fast = cues_of(syllables(8, syllable_s=0.25)), cues_of(syllables(8, syllable_s=0.2))
    assert fast.syllables_per_s / slow.syllables_per_s == pytest.approx(1.25, rel=0.05)


def test_only_pauses_between_sounds_count() -> None:
    word = buzz(constant_pitch(150.0, 1.0))
    silence = np.zeros(SAMPLE_RATE_HZ)
    assert cues_of(np.concatenate([silence, word, silence])).pause_share == 0.0
    assert cues_of(np.concatenate([word, silence, word])).pause_share == pytest.approx(1 / 3, abs=0.03)


def test_a_spectrum_with_stronger_overtones_is_brighter() -> None:
    dull = cues_of(buzz(constant_pitch(150.0), overtone_slope=2.0))
    bright = cues_of(buzz(constant_pitch(150.0), overtone_slope=0.5))
    assert bright.brightness_hz > 1.5 * dull.brightness_hz
    assert bright.pitch_hz == pytest.approx(dull.pitch_hz, rel=0.01)


def test_brightness_of_white_noise_is_the_middle_of_the_band() -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.1, 2 * SAMPLE_RATE_HZ)
    assert cues_of(noise).brightness_hz == pytest.approx(4_000.0, rel=0.05)


def test_zero_crossings_of_a_tone(tone: np.ndarray) -> None:
    assert cues_of(tone).zero_crossings_per_s == pytest.approx(880.0, rel=0.03)


def test_noise_has_no_pitch_and_silence_has_no_cue_at_all() -> None:
    hiss = cues_of(np.random.default_rng(0).normal(0.0, 0.1, SAMPLE_RATE_HZ))
    assert hiss.voiced_share < 0.05
    assert math.isnan(hiss.pitch_hz)
    assert math.isnan(hiss.syllables_per_s)
    assert all(math.isnan(value) for value in dataclasses.astuple(cues_of(np.zeros(SAMPLE_RATE_HZ))))


def test_one_voiced_moment_in_noise_is_no_measurement_of_pitch_and_speech_rate() -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.02, 2 * SAMPLE_RATE_HZ)
    noise[8_000:9_000] += buzz(np.full(1_000, 563.0))
    cues = cues_of(noise)
    assert cues.voiced_share > 0.0
    assert math.isnan(cues.pitch_hz)
    assert math.isnan(cues.pitch_range_st)
    assert math.isnan(cues.syllables_per_s)
    assert WORDS["syllables_per_s"].compare(4.0, cues.syllables_per_s) == "unknown"


def test_a_short_vowel_is_long_enough_for_pitch() -> None:
    assert cues_of(np.pad(buzz(constant_pitch(150.0, 0.2)), 8_000)).pitch_hz == pytest.approx(150.0, rel=0.02)


@pytest.mark.parametrize("n_samples", [1, 200, 300, 2_000])
def test_very_short_clips_have_a_level(n_samples: int) -> None:
    assert math.isfinite(cues_of(np.full(n_samples, 0.1)).level_dbfs)
