"""Worksheets and teacher's notes, and their PDF files."""

from __future__ import annotations

import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from ser_core.lessons.lesson import Lesson, Show
from ser_core.lessons.sheets import Choices, Lines, Picture, Sheet, worksheet
from tests.unit.lessons.test_shipped_lessons import GLOSSARY, LESSONS
from tools.make_worksheets import FOLDER, PAPERS, content_hash, make_pdf, sheets
from tools.print_figure import print_figure
from ui.common.lesson_drawings import draw

SHEETS = dict(sheets())


def text_of(sheet: Sheet) -> str:
    return repr(sheet)


def test_there_are_two_sheets_for_each_lesson() -> None:
    assert len(SHEETS) == 2 * len(LESSONS)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.key)
def test_the_worksheet_asks_and_the_notes_answer(lesson: Lesson) -> None:
    asked = SHEETS[f"{lesson.number}-{lesson.key}-worksheet"]
    notes = text_of(SHEETS[f"{lesson.number}-{lesson.key}-notes"])
    assert [part.items for part in asked.parts if isinstance(part, Choices)] == [
        tuple(option.text for option in lesson.question.options)
    ]
    assert sum(part.number for part in asked.parts if isinstance(part, Lines)) >= 6
    for task in lesson.tasks:
        assert task.text in text_of(asked)
        assert task.answer not in text_of(asked)
        assert task.answer in notes
        assert task.picture is None or Picture(task.picture) in asked.parts
    assert all(aim in notes for aim in (*lesson.aims, *lesson.notes))
    assert f"**{lesson.question.right_answer.text}**" in notes


def test_the_curriculum_words_are_explained_in_some_worksheet() -> None:
    explained = " ".join(text_of(worksheet(lesson, GLOSSARY)) for lesson in LESSONS)
    assert all(f"**{word}**: " in explained for word in ("wave", "frequency", "amplitude", "data set", "bias"))


@pytest.mark.parametrize("paper", PAPERS)
def test_the_committed_files_have_the_present_content(paper: str) -> None:
    """The hash of the content is among the keywords of the file; run tools/make_worksheets.py after a change."""
    for name, sheet in SHEETS.items():
        content = (FOLDER / f"{name}-{paper.lower()}.pdf").read_bytes()
        assert content_hash(sheet).encode() in content, name
    assert len(list(FOLDER.glob(f"*-{paper.lower()}.pdf"))) == len(SHEETS)


@pytest.mark.parametrize(("paper", "width_pt"), [("A4", 595), ("Letter", 612)])
def test_a_file_has_the_size_of_its_paper(paper: str, width_pt: int) -> None:
    content = make_pdf(next(iter(SHEETS.values())), paper)
    assert content.startswith(b"%PDF")
    assert re.search(rb"/MediaBox \[0 0 %d[. ]" % width_pt, content)


@pytest.mark.parametrize("kind", ["mel", "waveform", "mfcc-averages", "random-split"])
def test_a_picture_on_paper_is_grey(kind: str) -> None:
    sounds = () if kind == "random-split" else ("vowel/a/120",)
    ((_, figure),) = draw(Show(kind, sounds, {"network": "ser_cnn"}, "", has_letters=True))
    picture = np.asarray(Image.open(BytesIO(print_figure(figure))).convert("RGB")).astype(int)
    assert np.ptp(picture, axis=2).max() == 0
    assert 0.01 < np.mean(picture < 128) < 0.7
