from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

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


def test_one_sentence_says_when_where_and_what_is_unusual() -> None:
    said = words.sentence(ANGRY, (HIGHER, SLOWER, USUAL))
    assert said.count(". ") == 0
    assert said.endswith(".")
    assert "angry" in said
    assert "1.0 to 1.5 s" in said
    assert "2 shorter moments" in said
    assert "vowels" in said
    assert "**higher pitch** and **slower speech**" in said
    assert "brighter" not in said


def test_it_says_where_nothing_mattered_and_nothing_is_unusual() -> None:
    said = words.sentence(replace(ANGRY, moments_s=(), band_hz=None), (USUAL,))
    assert said.startswith("No moment and no band")
    assert "nothing that we measure is unusual" in said


def test_what_hiding_does_is_told_in_per_cent() -> None:
    said = words.without(ANGRY)
    assert "92% become **10%**" in said
    assert "1,000 to 2,000 Hz" in said
    assert "hardly moves" in words.without(replace(ANGRY, moments_s=(), band_hz=None))


def test_the_table_has_each_cue_with_its_range() -> None:
    lines = words.cue_table((HIGHER, USUAL)).splitlines()
    assert lines[2] == "| pitch | **320 Hz, higher** | 120 to 220 Hz |"
    assert lines[3] == "| brightness | 500 Hz | 400 to 800 Hz |"


@pytest.mark.parametrize(("band_hz", "place"), [((60, 800), "low"), ((900, 2000), "middle"), ((3000, 7000), "high")])
def test_a_band_has_its_place_in_the_voice(band_hz: tuple[float, float], place: str) -> None:
    assert f"the {place} tones" in words.place_of(band_hz)


def test_every_judged_cue_has_its_noun() -> None:
    assert set(words.NOUNS) == set(COMPARED_CUES)


@pytest.mark.parametrize(("words", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_words_are_listed_as_in_a_sentence(words: list[str], said: str) -> None:
    assert listed(words) == said
