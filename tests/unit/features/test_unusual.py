"""Cues that are unusual for neutral speech."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from ser_core.features.cue_percentiles import COLUMNS, Reference
from ser_core.features.cues import WORDS, Cues
from ser_core.features.unusual import COMPARED_CUES, compare_with_neutral


def cues_with(**values: float) -> Cues:
    """Return cues with the given values; all others are NaN."""
    return Cues(**{field.name: values.get(field.name, float("nan")) for field in fields(Cues)})


@pytest.fixture
def reference(tmp_path: Path) -> Reference:
    """Pitch of neutral speech in three corpora: 100 to 200 Hz, 120 to 220 Hz and 500 to 600 Hz."""
    rows = [",".join(COLUMNS)]
    for corpus, low in (("A", 100), ("B", 120), ("C", 500)):
        rows.append(
            f"{corpus},neutral,all,pitch_hz,9,{low - 5},{low},{low + 25},{low + 50},{low + 75},{low + 100},{low + 105}"
        )
    rows.append("A,neutral,all,brightness_hz,9,1,10,15,20,25,30,40")
    rows.append("A,angry,all,pause_share,9,1,10,15,20,25,30,40")
    rows.append("A,neutral,female,pitch_hz,9,295,300,325,350,375,400,405")
    path = tmp_path / "table.csv"
    path.write_text("\n".join(rows) + "\n")
    return Reference(path)


@pytest.mark.parametrize(("pitch_hz", "excess"), [(120.0, 0.0), (220.0, 0.0), (320.0, 1.0), (70.0, -0.5)])
def test_the_excess_is_measured_from_the_median_range_of_the_corpora(
    reference: Reference, pitch_hz: float, excess: float
) -> None:
    deviations = {
        deviation.cue: deviation for deviation in compare_with_neutral(cues_with(pitch_hz=pitch_hz), reference)
    }
    assert deviations["pitch_hz"].usual_range == (120.0, 220.0)
    assert deviations["pitch_hz"].excess == pytest.approx(excess)


def test_a_woman_is_compared_with_women(reference: Reference) -> None:
    (pitch,) = compare_with_neutral(cues_with(pitch_hz=390.0), reference, "female")
    assert pitch.usual_range == (300.0, 400.0)
    assert pitch.excess == 0.0


def test_the_largest_deviation_is_first_and_cues_without_neutral_speech_are_left_out(reference: Reference) -> None:
    deviations = compare_with_neutral(cues_with(pitch_hz=230.0, brightness_hz=100.0), reference)
    assert [deviation.cue for deviation in deviations] == ["brightness_hz", "pitch_hz"]


def test_a_cue_that_could_not_be_measured_has_no_excess(reference: Reference) -> None:
    assert all(deviation.excess == 0.0 for deviation in compare_with_neutral(cues_with(), reference))


def test_the_committed_table_has_every_compared_cue() -> None:
    deviations = compare_with_neutral(cues_with(), Reference())
    assert {deviation.cue for deviation in deviations} == set(COMPARED_CUES) <= set(WORDS)
