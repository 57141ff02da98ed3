"""How far a voice goes the way of actors, on a small table and on the committed one."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from ser_core.acting.direction import (
    ACTED_CUES,
    FURTHEST,
    NEUTRAL,
    find_steps,
    plain_voice,
    score_of,
    score_of_neutral,
    weakest,
)
from ser_core.emotions import LABELS
from ser_core.features.cue_percentiles import COLUMNS, Reference
from ser_core.features.cues import Cues

# In the middle of the table's neutral clips.
PLAIN = Cues(200.0, 4.0, -20.0, 10.0, 4.0, 2.0, 0.1, 0.8, 600.0, 2000.0)


@pytest.fixture
def reference(tmp_path: Path) -> Reference:
    """Return a table in which angry voices are an octave higher, and the corpora disagree about brightness."""
    rows = []
    for corpus, angry_hz in (("A", 900), ("B", 400)):
        rows += [
            f"{corpus},neutral,all,pitch_hz,100,150,160,180,200,220,240,250",
            f"{corpus},angry,all,pitch_hz,100,300,320,360,400,440,480,500",
            f"{corpus},neutral,all,brightness_hz,100,400,450,500,600,700,750,800",
            f"{corpus},angry,all,brightness_hz,100,{','.join(str(angry_hz + step) for step in range(7))}",
            f"{corpus},neutral,all,pitch_range_st,100,1,2,3,4,5,6,7",
            f"{corpus},angry,all,pitch_range_st,100,1,2,3,4,5,6,7",
            f"{corpus},neutral,all,syllables_per_s,100,1,2,3,4,5,6,7",
            f"{corpus},angry,all,syllables_per_s,100,1,1,1,2,2,2,2",
        ]
    path = tmp_path / "table.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows]))
    return Reference(path)


def test_the_plain_voice_is_at_zero_and_the_middle_of_the_actors_at_one(reference: Reference) -> None:
    plain = plain_voice(reference)
    assert plain == {cue: getattr(PLAIN, cue) for cue in ACTED_CUES}
    assert [step.share for step in find_steps(PLAIN, "angry", reference, plain)] == [0.0, 0.0]
    pitch, rate = find_steps(replace(PLAIN, pitch_hz=400.0, syllables_per_s=2.0), "angry", reference, plain)
    # Neither a cue that actors leave alone, nor one that the corpora disagree about.
    assert (pitch.cue, rate.cue) == ("pitch_hz", "syllables_per_s")
    assert (pitch.goes_up, rate.goes_up) == (True, False)
    assert (pitch.share, rate.share) == (pytest.approx(1.0), pytest.approx(1.0))
    assert pitch.actors[0] < 1.0 < pitch.actors[1]


def test_the_own_plain_voice_moves_the_start(reference: Reference) -> None:
    low = replace(PLAIN, pitch_hz=100.0)
    pitch, _ = find_steps(replace(PLAIN, pitch_hz=200.0), "angry", reference, plain_voice(reference, own=low))
    assert pitch.share == pytest.approx(1.0)
    unknown = replace(PLAIN, pitch_hz=math.nan)
    assert plain_voice(reference, own=unknown)["pitch_hz"] == 200.0


def test_the_score_counts_neither_the_wrong_way_nor_what_goes_too_far(reference: Reference) -> None:
    plain = plain_voice(reference)
    steps = find_steps(replace(PLAIN, pitch_hz=3200.0, syllables_per_s=8.0), "angry", reference, plain)
    assert [step.share for step in steps] == [FURTHEST, pytest.approx(-1.0)]
    assert score_of(steps) == pytest.approx(0.5)
    weak = weakest(steps)
    assert weak is not None
    assert weak.cue == "syllables_per_s"


def test_a_cue_that_was_not_measured_does_not_count(reference: Reference) -> None:
    plain = plain_voice(reference)
    steps = find_steps(replace(PLAIN, pitch_hz=math.nan, syllables_per_s=2.0), "angry", reference, plain)
    assert score_of(steps) == pytest.approx(1.0)
    assert weakest(steps) is None
    silent = Cues(*[math.nan] * 10)
    assert score_of(find_steps(silent, "angry", reference, plain)) is None


@pytest.mark.parametrize("sex", ["female", "male", "all"])
def test_actors_go_somewhere_for_each_emotion_but_neutral(sex: str) -> None:
    committed = Reference()
    plain = plain_voice(committed, sex)
    for emotion in LABELS:
        steps = find_steps(PLAIN, emotion, committed, plain, sex)
        assert bool(steps) == (emotion != NEUTRAL)
        assert all(step.actors[0] < 1.0 < step.actors[1] for step in steps)
    directions = {step.cue: step.goes_up for step in find_steps(PLAIN, "angry", committed, plain, sex)}
    assert directions["pitch_hz"]
    assert directions["brightness_hz"]


def test_a_neutral_attempt_is_good_where_its_cues_are_usual(reference: Reference) -> None:
    assert score_of_neutral(PLAIN, reference) == 1.0
    assert score_of_neutral(replace(PLAIN, pitch_hz=600.0), reference) == pytest.approx(0.75)
    assert score_of_neutral(replace(PLAIN, pitch_hz=600.0, brightness_hz=math.nan), reference) == pytest.approx(2 / 3)
    assert score_of_neutral(Cues(*[math.nan] * 10), reference) is None
