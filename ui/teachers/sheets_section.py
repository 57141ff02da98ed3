"""The section "Worksheets": the worksheet and the teacher's notes of each lesson, to print or to download."""

from __future__ import annotations

import streamlit as st

from ui.common import lesson_store
from ui.common.linked_choice import choose_option
from ui.common.next_focus import move_focus
from ui.common.printed_sheet import DOWNLOADS_KEY, FILE_NAMES, WORKSHEET, show_sheet

# The key of the page's choice of a section, and this section in it.
SECTION_KEY, NAME = "teacher_section", "Worksheets"
_LESSON_KEY, _KIND_KEY = "sheet_lesson", "sheet_kind"
# How many worksheets were opened from another section: each starts at the top of the page.
_N_OPENED = "sheets_opened"


def show() -> None:
    """Let the visitor choose a lesson and a sheet, and show it with its downloads."""
    lessons = lesson_store.lessons()
    key = choose_option(
        "Lesson",
        list(lessons),
        default=next(iter(lessons)),
        parameter="lesson",
        key=_LESSON_KEY,
        format_func=lambda key: f"{lessons[key].number}. {lessons[key].title}",
    )
    kind = choose_option("Sheet", list(FILE_NAMES), default=WORKSHEET, parameter="sheet", key=_KIND_KEY)
    show_sheet(lessons[key], kind)


def open_worksheet(lesson_key: str) -> None:
    """Show the worksheet of a lesson. The callback of a button in another section of the page."""
    st.session_state[_N_OPENED] = st.session_state.get(_N_OPENED, 0) + 1
    st.session_state[SECTION_KEY] = NAME
    st.session_state[_LESSON_KEY] = lesson_key
    st.session_state[_KIND_KEY] = WORKSHEET


def go_to_opened() -> None:
    """Go to the top of the page when another section has opened a worksheet; each section of the page calls this."""
    move_focus(f"teachers/{st.session_state.get(_N_OPENED, 0)}", DOWNLOADS_KEY, to_top=True)
