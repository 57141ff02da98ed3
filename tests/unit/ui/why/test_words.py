"""The explanation of a prediction in words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ser_core.features.cue_percentiles import ALL_SEXES
from ser_core.features.unusual import COMPARED_CUES, CueDeviation
from ser_core.inference.explain import Explanation
from ui.common.words import listed
from ui.why import words

ANGRY = Explanation(
    emotion="angry",
    part_s=(0.0, 2.0),
    is_whole=True,
    moment_edges_s=np.array([0.0, 1.0, 2.0]),
    moment_weight=np.array([1.0, 0.0]),
    band_edges_hz=np.array([60.0, 7600.0]),
    band_weight=np.array([1.0]),
    moments_s=((0.2, 0.4), (1.0, 1.5), (1.7, 1.9), (2.0, 2.1)),
    band_hz=(1000.0, 2000.0),
    probability=0.92,
    without_moments=0.1,
    without_band=0.5,
)
HIGHER = CueDeviation("pitch_hz", 320.0, (120.0, 220.0), 1.0)
SLOWER = CueDeviation("syllables_per_s", 1.0, (3.0, 5.0), -1.0)
USUAL = CueDeviation("brightness_hz", 500.0, (400.0, 800.0), 0.0)


def test_two_sentences_name_moments_band_and_unusual_cues() -> None:
    text = words.sentences(ANGRY, (HIGHER, SLOWER, USUAL), ALL_SEXES)
    assert text.count(". ") == 1
    assert text.startswith("The probability of **angry** depends mostly on")
    assert text.endswith(".")
    assert "1.0 to 1.5 s" in text
    assert "2 shorter moments" in text
    assert "vowels" in text
    assert "**higher pitch** and **slower speech**" in text
    assert "brighter" not in text


def test_the_sentences_when_no_part_mattered_and_no_cue_is_unusual() -> None:
    text = words.sentences(replace(ANGRY, moments_s=(), band_hz=None), (USUAL,), ALL_SEXES)
    assert text.startswith("No single moment and no single band")
    assert "No measured value is unusual" in text


def test_the_effect_of_hiding_is_given_in_per_cent() -> None:
    text = words.effect_of_hiding(ANGRY)
    assert "92% falls to **10%**" in text
    assert "1,000 to 2,000 Hz" in text
    assert "hardly changes" in words.effect_of_hiding(replace(ANGRY, moments_s=(), band_hz=None))


def test_the_table_has_each_cue_with_its_range() -> None:
    lines = words.cue_table((HIGHER, USUAL), ALL_SEXES).splitlines()
    assert lines[2] == "| [pitch](#word-pitch) | **320 Hz, higher** | 120 to 220 Hz |"
    assert lines[3] == "| [brightness](#word-brightness) | 500 Hz | 400 to 800 Hz |"


@pytest.mark.parametrize(("band_hz", "region"), [((60, 800), "low"), ((900, 2000), "middle"), ((3000, 7000), "high")])
def test_a_band_lies_in_a_region_of_the_voice(band_hz: tuple[float, float], region: str) -> None:
    assert f"the {region} tones" in words.region_of(band_hz)


@pytest.mark.parametrize(("sex", "whose"), [("female", "women's neutral speech"), ("male", "men's neutral speech")])
def test_the_words_name_whose_neutral_speech_it_is(sex: str, whose: str) -> None:
    assert f"Compared with {whose}, this clip" in words.sentences(ANGRY, (HIGHER,), sex)
    assert f"| {whose} |" in words.cue_table((HIGHER,), sex)


def test_every_judged_cue_has_its_noun() -> None:
    assert set(words.NOUNS) == set(COMPARED_CUES)


@pytest.mark.parametrize(("words", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_words_are_listed_as_in_a_sentence(words: list[str], text: str) -> None:
    assert listed(words) == text
