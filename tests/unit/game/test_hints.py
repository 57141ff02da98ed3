"""The cues that are typical of an emotion."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ser_core.features.cue_percentiles import COLUMNS, Reference
from ser_core.features.cues import Cues
from ser_core.game.hints import find_hints

# Cues that no row of the table below has do not count.
CUES = Cues(200.0, 4.0, -20.0, 10.0, 4.0, 2.0, 0.1, 0.8, 600.0, 2000.0)


@pytest.fixture
def reference(tmp_path: Path) -> Reference:
    """Return a table in which anger is higher than neutral speech and just as bright."""
    neutral_pitch = "150,160,180,200,220,240,250"
    rows = [
        f"A,neutral,female,pitch_hz,100,{neutral_pitch}",
        "A,angry,female,pitch_hz,100,200,210,230,250,270,290,300",
        "A,neutral,female,brightness_hz,100,400,450,500,600,700,750,800",
        "A,angry,female,brightness_hz,100,400,450,500,610,700,750,800",
    ]
    path = tmp_path / "table.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows]))
    return Reference(path)


def test_a_cue_that_actors_change_in_the_same_way_gives_the_emotion_away(reference: Reference) -> None:
    (hint,) = find_hints(replace(CUES, pitch_hz=240.0), "angry", reference, "female")
    assert hint.cue == "pitch_hz"
    assert hint.is_typical
    assert hint.percentile == pytest.approx(90.0)
    assert hint.usual_range == (160.0, 240.0)


def test_a_cue_in_the_other_direction_is_not_typical(reference: Reference) -> None:
    (hint,) = find_hints(replace(CUES, pitch_hz=155.0), "angry", reference, "female")
    assert not hint.is_typical


def test_a_cue_that_actors_leave_alone_is_not_typical(reference: Reference) -> None:
    (hint,) = find_hints(replace(CUES, brightness_hz=780.0), "angry", reference, "female")
    assert (hint.cue, hint.is_typical) == ("brightness_hz", False)


def test_typical_cues_come_first(reference: Reference) -> None:
    hints = find_hints(replace(CUES, pitch_hz=230.0, brightness_hz=780.0), "angry", reference, "female")
    assert [hint.cue for hint in hints] == ["pitch_hz", "brightness_hz"]


def test_a_usual_or_unknown_value_is_no_hint(reference: Reference) -> None:
    assert find_hints(CUES, "angry", reference, "female") == ()
    assert find_hints(replace(CUES, pitch_hz=float("nan")), "angry", reference, "female") == ()


def test_an_emotion_that_no_corpus_has_gets_no_typical_cue(reference: Reference) -> None:
    (hint,) = find_hints(replace(CUES, pitch_hz=240.0), "calm", reference, "female")
    assert not hint.is_typical
