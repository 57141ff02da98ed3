from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from ser_core.features.cues import WORDS, Cues
from ser_core.features.reference import COLUMNS, Reference
from ser_core.features.unusual import JUDGED, judge_cues


def cues(**known: float) -> Cues:
    return Cues(**{each.name: known.get(each.name, float("nan")) for each in fields(Cues)})


@pytest.fixture
def reference(tmp_path: Path) -> Reference:
    """Pitch of neutral speech: 100 to 200, 120 to 220 and 500 to 600 Hz in three corpora."""
    rows = [",".join(COLUMNS)]
    for corpus, low in (("A", 100), ("B", 120), ("C", 500)):
        rows.append(
            f"{corpus},neutral,all,pitch_hz,9,{low - 5},{low},{low + 25},{low + 50},{low + 75},{low + 100},{low + 105}"
        )
    rows.append("A,neutral,all,brightness_hz,9,1,10,15,20,25,30,40")
    rows.append("A,angry,all,pause_share,9,1,10,15,20,25,30,40")
    path = tmp_path / "table.csv"
    path.write_text("\n".join(rows) + "\n")
    return Reference(path)


@pytest.mark.parametrize(("pitch_hz", "excess"), [(120.0, 0.0), (220.0, 0.0), (320.0, 1.0), (70.0, -0.5)])
def test_what_lies_beyond_the_middle_corpus_is_unusual(reference: Reference, pitch_hz: float, excess: float) -> None:
    found = {each.cue: each for each in judge_cues(cues(pitch_hz=pitch_hz), reference)}
    assert found["pitch_hz"].usual == (120.0, 220.0)
    assert found["pitch_hz"].excess == pytest.approx(excess)


def test_the_most_unusual_comes_first_and_what_has_no_neutral_speech_is_left_out(reference: Reference) -> None:
    found = judge_cues(cues(pitch_hz=230.0, brightness_hz=100.0), reference)
    assert [each.cue for each in found] == ["brightness_hz", "pitch_hz"]


def test_what_cannot_be_measured_is_not_unusual(reference: Reference) -> None:
    assert all(each.excess == 0.0 for each in judge_cues(cues(), reference))


def test_the_committed_table_judges_every_cue() -> None:
    assert {each.cue for each in judge_cues(cues(), Reference())} == set(JUDGED) <= set(WORDS)
