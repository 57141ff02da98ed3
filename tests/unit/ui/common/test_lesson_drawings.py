"""Each drawing of the shipped lessons is drawn."""

from __future__ import annotations

import pytest

from ser_core.errors import LessonError
from ser_core.lessons.directives import KINDS
from ser_core.lessons.lesson import Show
from ui.common import lesson_store
from ui.common.chart_table import numbers_behind
from ui.common.lesson_drawings import DRAWERS, HAVE_TABLES, draw
from ui.common.plots import go

DRAWINGS = {
    f"{lesson.key}/{number}/{block.kind}": block
    for lesson in lesson_store.lessons().values()
    for number, screen in enumerate(lesson.screens, start=1)
    for block in screen.blocks
    if isinstance(block, Show)
}


def test_every_kind_has_a_drawer_and_its_own_name() -> None:
    assert DRAWERS.keys() == KINDS.keys()


@pytest.mark.parametrize("block", DRAWINGS.values(), ids=DRAWINGS)
def test_each_drawing_is_one_that_plotly_accepts(block: Show) -> None:
    drawn = draw(block)
    assert len(drawn) == max(1, len(block.sounds)) or block.kind in ("mfcc-averages", "filter")
    for _, figure in drawn:
        assert go.Figure(figure.to_dict()).data


@pytest.mark.parametrize("block", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_of_a_few_numbers_has_them_in_its_table(block: Show) -> None:
    if block.kind in HAVE_TABLES:
        ((_, figure),) = draw(block)
        table = numbers_behind(figure)
        assert len(table) >= 5
        assert not table.isna().any(axis=None)


def test_actors_that_were_not_measured_are_named() -> None:
    with pytest.raises(LessonError, match="level_dbfs of the actors of CREMA-D"):
        draw(Show("actors", (), {"cue": "level_dbfs", "corpus": "CREMA-D"}, ""))


def test_two_sounds_have_the_same_axis() -> None:
    block = Show("waveform", ("computer/angry_female", "computer/sad_female"), {}, "")
    first, second = (figure.to_dict()["layout"]["yaxis"]["range"] for _, figure in draw(block))
    assert first == second
