"""The printed sheets of a lesson: the worksheet for pupils and the notes for teachers.

Both come from the lesson's file. A sheet is a list of simple parts: the page shows them, ``tools/make_worksheets.py``
prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ser_core.lessons.lesson import Lesson, Predict, Show

# For name, date and class, to be filled in by hand.
_NAME_LINE = "Name: ____________________________   Class: __________   Date: ______________"


@dataclass(frozen=True)
class Heading:
    """A heading within a sheet."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Text in Markdown, with no more than bold and italics."""

    markdown: str


@dataclass(frozen=True)
class Bullets:
    """A list; each item as ``Paragraph``."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Choices:
    """Answers to tick."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Lines:
    """Empty lines to write on."""

    number: int


@dataclass(frozen=True)
class Picture:
    """A drawing."""

    show: Show


Part = Heading | Picture | Paragraph | Bullets | Choices | Lines


@dataclass(frozen=True)
class Sheet:
    """A sheet to print.

    Parameters
    ----------
    title : str
        The heading on top.
    parts : tuple of Part
        What is below, from top to bottom.
    """

    title: str
    parts: tuple[Part, ...]


def worksheet(lesson: Lesson, glossary: Mapping[str, str]) -> Sheet:
    """Return the worksheet of a lesson: its words, its tasks, and its question.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    glossary : mapping of str to str
        The explanation of each term.
    """
    parts: list[Part] = [Paragraph(_NAME_LINE), Heading("Words"), _words(lesson, glossary)]
    for number, task in enumerate(lesson.tasks, start=1):
        parts += [Heading(f"Task {number}"), Paragraph(task.text)]
        parts += [Picture(task.picture)] if task.picture else []
        parts.append(Lines(task.n_lines))
    parts += [
        Heading("Check yourself"),
        Paragraph(_in_one_line(lesson.question.question)),
        Choices(tuple(option.text for option in lesson.question.options)),
        Paragraph("Why?"),
        Lines(2),
    ]
    return Sheet(f"{lesson.number}. {lesson.title}", tuple(parts))


def teachers_notes(lesson: Lesson) -> Sheet:
    """Return the notes for teachers: aims, time, what to watch for, and all answers."""
    predictions = [
        f"{_lead(screen.title)} {_in_one_line(block.question)} **{_right(block)}**"
        for screen in lesson.screens
        for block in screen.blocks
        if isinstance(block, Predict)
    ]
    parts: list[Part] = [
        Heading("Aims"),
        Bullets((*lesson.aims, f"Words, which the worksheet explains: {', '.join(lesson.words)}")),
        Heading("Time"),
        Paragraph(
            f"About {lesson.minutes} minutes on the screen ({len(lesson.screens)} screens): alone, in pairs, or "
            "together with a projector. The worksheet takes another 10 to 15 minutes."
        ),
        Heading("What to watch for"),
        Bullets(lesson.notes),
        Heading("Predictions, and what comes out"),
        Bullets(tuple(predictions)),
        Heading("Answers to the worksheet"),
        Bullets(tuple(f"Task {number}: {task.answer}" for number, task in enumerate(lesson.tasks, start=1))),
        Heading("Check yourself"),
        Paragraph(f"{_in_one_line(lesson.question.question)} **{lesson.question.right_answer.text}**"),
        Bullets(tuple(f"{_lead(option.text)} {option.explanation}" for option in lesson.question.options)),
    ]
    return Sheet(f"Teacher's notes: {lesson.number}. {lesson.title}", tuple(parts))


def _words(lesson: Lesson, glossary: Mapping[str, str]) -> Bullets:
    return Bullets(tuple(f"**{word}**: {_in_one_line(glossary[word])}" for word in lesson.words))


def _lead(text: str) -> str:
    """Return the words in italics that a line starts with."""
    return f"*{text}*" if text.endswith((".", "?", "!")) else f"*{text}*:"


def _in_one_line(text: str) -> str:
    # The line breaks of the files have no meaning.
    return " ".join(text.split())


def _right(block: Predict) -> str:
    return next(option.text for option in block.options if option.is_right)
