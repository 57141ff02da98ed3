"""The worksheet of a lesson, for pupils: without the teacher's notes."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core.lessons.lesson import Lesson
from ui.common.next_focus import move_focus
from ui.common.printed_sheet import DOWNLOADS_KEY, WORKSHEET, show_sheet
from ui.lessons import progress


def show_worksheet(lesson: Lesson, screen: int) -> None:
    """Show the worksheet, and a button that leads back to a screen of the lesson.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    screen : int
        The screen, counted from 0.
    """
    st.button(
        "Back to the lesson",
        icon=":material/arrow_back:",
        key="sheet_back",
        on_click=partial(progress.go_to, lesson, screen),
    )
    show_sheet(lesson, WORKSHEET)
    move_focus(f"lessons/{lesson.key}/sheet", DOWNLOADS_KEY, to_top=True)
