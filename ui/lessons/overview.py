"""The list of lessons, with how far the visitor is in each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from ser_core.lessons.lesson import Lesson
from ui.lessons import progress


def show_overview(lessons: Iterable[Lesson]) -> None:
    """Show a card for each lesson, with a button that starts it or goes on."""
    with st.container(key="lesson_cards"):
        for lesson in lessons:
            with st.container(border=True, height="stretch"):
                _show_card(lesson)


def main_aim(lesson: Lesson) -> str:
    """Return what a lesson is for, as one sentence that begins with "Afterwards you can"."""
    return lesson.aims[0].replace("You can", "Afterwards you can", 1)


def _show_card(lesson: Lesson) -> None:
    st.subheader(f"{lesson.number}. {lesson.title}", anchor=False)
    st.markdown(main_aim(lesson))
    n_seen = len(progress.of(lesson).seen)
    if progress.is_done(lesson):
        label, screen, state = "Do it again", 0, ":green-badge[:material/check: done]"
    elif n_seen:
        label, screen = "Go on", progress.next_screen(lesson)
        state = f":violet-badge[{n_seen} of {len(lesson.screens)} screens]"
    else:
        label, screen, state = "Start", 0, ""
    st.markdown(f":gray-badge[:material/schedule: {lesson.minutes} minutes] {state}")
    st.button(
        label,
        key=f"lesson_start_{lesson.key}",
        type="secondary" if progress.is_done(lesson) else "primary",
        # A screen reader reads several buttons with the same text; the help says which lesson this one belongs to.
        help=f"Lesson {lesson.number}: {lesson.title}",
        on_click=partial(progress.go_to, lesson, screen),
    )
