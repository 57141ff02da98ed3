"""Where a visitor is, which the address names, and what they have done, which the session holds.

The address alone says which lesson and screen are shown, so links, reloads and the browser's back button work. The
buttons write the next place into it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from ser_core.lessons.lesson import Lesson
from ui.common import links

_KEY = "lesson_progress"
LESSON, SCREEN, SHEET = "lesson", "screen", "sheet"
_WORKSHEET = "worksheet"


@dataclass
class Progress:
    """What a visitor has done in one lesson.

    Parameters
    ----------
    seen : set of int
        The screens that were shown, counted from 0.
    predictions : dict of int to int
        By screen: the option that was chosen, counted from 0.
    answers : list of int
        The options that were chosen for the question at the end, in their order.
    """

    seen: set[int] = field(default_factory=set)
    predictions: dict[int, int] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)


def of(lesson: Lesson) -> Progress:
    """Return the visitor's progress in a lesson."""
    by_lesson: dict[str, Progress] = st.session_state.setdefault(_KEY, {})
    return by_lesson.setdefault(lesson.key, Progress())


def is_done(lesson: Lesson) -> bool:
    """Return whether the visitor has chosen the right answer at the end of a lesson."""
    return any(lesson.question.options[answer].is_right for answer in of(lesson).answers)


def shown_lesson(lessons: dict[str, Lesson]) -> Lesson | None:
    """Return the lesson that the address names; None where it names none that there is."""
    return lessons.get(links.read_text(LESSON))


def shown_screen(lesson: Lesson) -> int:
    """Return the screen that the address names, counted from 0; the first one where it names none that there is."""
    return int(_screen(lesson).value_in_address()) - 1


def next_screen(lesson: Lesson) -> int:
    """Return the screen to go on with, counted from 0: the first one that was not shown yet, or else the last one."""
    n_screens = len(lesson.screens)
    return next((screen for screen in range(n_screens) if screen not in of(lesson).seen), n_screens - 1)


def go_to(lesson: Lesson, screen: int) -> None:
    """Show a screen of a lesson. The callback of a button."""
    links.keep_texts({LESSON: lesson.key, SCREEN: _screen(lesson).text_of(screen + 1), SHEET: ""})


def leave() -> None:
    """Show the list of lessons. The callback of a button."""
    links.keep_texts({LESSON: "", SCREEN: "", SHEET: ""})


def open_worksheet() -> None:
    """Show the worksheet of the lesson instead of its screen. The callback of a button."""
    links.keep_texts({SHEET: _WORKSHEET})


def is_worksheet_shown() -> bool:
    """Return whether the address names the worksheet."""
    return links.read_text(SHEET) == _WORKSHEET


def predict(lesson: Lesson, screen: int, option: int) -> None:
    """Keep the first prediction on a screen. The callback of a button."""
    of(lesson).predictions.setdefault(screen, option)


def answer(lesson: Lesson, option: int) -> None:
    """Keep an answer to the question. The callback of a button."""
    of(lesson).answers.append(option)


def _screen(lesson: Lesson) -> links.Parameter[float]:
    return links.number(SCREEN, 1, len(lesson.screens), 1, 1)
