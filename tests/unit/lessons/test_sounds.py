"""The sounds of the lessons are what their names say."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core import extract_features
from ser_core.errors import LessonError
from ser_core.features.cues import Cues, measure_cues
from ser_core.features.extraction import Features
from ser_core.lessons.convolution import FILTERS, apply_filter
from ser_core.lessons.sounds import is_sound, load_sound, sound_title

VOICE = "computer/neutral_female"


def features(name: str) -> Features:
    return extract_features(load_sound(name))


def cues(name: str) -> Cues:
    return measure_cues(features(name))


@pytest.mark.parametrize(("name", "pitch_hz"), [("tone/220", 220), ("vowel/a/120", 120), ("vowel/i/240", 240)])
def test_made_sounds_have_their_pitch_and_one_level(name: str, pitch_hz: float) -> None:
    measured = cues(name)
    assert measured.pitch_hz == pytest.approx(pitch_hz, rel=0.005)
    assert measured.level_dbfs == pytest.approx(-23.2, abs=0.1)
    assert load_sound(name).duration_s == 1.0


@pytest.mark.parametrize(("vowel", "formant_hz"), [("a", 730), ("i", 270), ("u", 300)])
def test_the_strongest_harmonic_of_a_vowel_is_at_its_first_formant(vowel: str, formant_hz: float) -> None:
    samples = load_sound(f"vowel/{vowel}/100").samples
    strongest_hz = np.argmax(np.abs(np.fft.rfft(samples))) * 16_000 / len(samples)
    assert abs(strongest_hz - formant_hz) <= 60


def test_a_softer_sound() -> None:
    assert cues(f"{VOICE} at -15 dB").level_dbfs == pytest.approx(cues(VOICE).level_dbfs - 15, abs=0.1)


def test_fewer_bits_leave_as_many_values() -> None:
    assert len(np.unique(load_sound(f"{VOICE} at 3 bits").samples)) <= 8


def test_fewer_samples_leave_no_high_frequencies() -> None:
    power = features(f"{VOICE} at 2000 Hz").mel_power.mean(axis=1)
    is_high = features("tone/220").mel_centres_hz > 1_200
    assert power[is_high].sum() < 1e-4 * power.sum()


def test_backwards() -> None:
    samples = load_sound(f"{VOICE} backwards").samples
    assert np.array_equal(samples[::-1], load_sound(VOICE).samples)


def test_titles_name_sound_and_change() -> None:
    assert sound_title("tone/220") == "Tone of 220 Hz"
    assert sound_title("vowel/a/120") == "Vowel a at 120 Hz"
    assert sound_title("computer/sad_male at -15 dB") == "Sad, man's computer voice, -15 dB"
    assert sound_title(f"{VOICE} backwards") == "Neutral, woman's computer voice, backwards"


@pytest.mark.parametrize(
    "name", ["computer/nobody", "tone/a", "vowel/x/120", "../secret", f"{VOICE} at 3 miles", f"{VOICE} at 0 bits", ""]
)
def test_other_names_are_refused(name: str) -> None:
    assert not is_sound(name)
    with pytest.raises(LessonError, match="is not known"):
        load_sound(name)


def test_filters_give_nothing_on_an_even_picture_and_find_starts_and_stripes() -> None:
    picture = np.full((20, 30), -40.0)
    assert all(apply_filter(picture, name).max() == pytest.approx(0.0) for name in FILTERS)
    picture[:, 15:] = 0.0
    assert {14, 15} >= set(np.flatnonzero(apply_filter(picture, "start")[10] > 20).tolist()) != set()
    assert apply_filter(picture, "stripe").max() == pytest.approx(0.0)
    stripe = np.full((20, 30), -40.0)
    stripe[8] = 0.0
    assert set(np.flatnonzero(apply_filter(stripe, "stripe")[:, 15])) == {8}
