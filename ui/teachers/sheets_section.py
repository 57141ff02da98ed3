"""The section "Worksheets": the worksheet and the teacher's notes of each lesson, to print or to download."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ser_core.lessons.sheets import Bullets, Choices, Heading, Lines, Part, Picture, Sheet, teachers_notes, worksheet
from ui.common import lesson_store
from ui.common.charts import CONFIG
from ui.common.lesson_drawings import draw
from ui.common.linked_choice import choose_option
from ui.common.next_focus import move_focus

_FOLDER = Path(__file__).resolve().parents[2] / "static" / "worksheets"
# The key of the page's choice of a section, and this section in it.
SECTION_KEY, NAME = "teacher_section", "Worksheets"
_LESSON_KEY, _KIND_KEY = "sheet_lesson", "sheet_kind"
# How many worksheets were opened from another section: each starts at the top of the page.
_N_OPENED = "sheets_opened"
_WORKSHEET, _NOTES = "Worksheet", "Teacher's notes"
_FILE_NAMES = {_WORKSHEET: "worksheet", _NOTES: "notes"}


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
    kind = choose_option("Sheet", list(_FILE_NAMES), default=_WORKSHEET, parameter="sheet", key=_KIND_KEY)
    _show_downloads(f"{lessons[key].number}-{key}-{_FILE_NAMES[kind]}")
    with st.container(border=True, key="printed_sheet"):
        _show_sheet(
            worksheet(lessons[key], lesson_store.glossary()) if kind == _WORKSHEET else teachers_notes(lessons[key])
        )


def _show_downloads(name: str) -> None:
    """Offer the PDF files of a sheet. A lesson that a teacher has just written may have none yet."""
    paths = {paper: _FOLDER / f"{name}-{paper.lower()}.pdf" for paper in ("A4", "Letter")}
    with st.container(horizontal=True, key="sheet_downloads"):
        for paper, path in paths.items():
            if path.is_file():
                st.download_button(
                    f"PDF, {paper}",
                    path.read_bytes(),
                    file_name=path.name,
                    mime="application/pdf",
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"sheet_{paper}",
                )
    st.caption("You can also print this page: the print leaves out menus and buttons.")


def open_worksheet(lesson_key: str) -> None:
    """Show the worksheet of a lesson. The callback of a button in another section of the page."""
    st.session_state[_N_OPENED] = st.session_state.get(_N_OPENED, 0) + 1
    st.session_state[SECTION_KEY] = NAME
    st.session_state[_LESSON_KEY] = lesson_key
    st.session_state[_KIND_KEY] = _WORKSHEET


def go_to_opened() -> None:
    """Go to the top of the page when another section has opened a worksheet; each section of the page calls this."""
    move_focus(f"teachers/{st.session_state.get(_N_OPENED, 0)}", "sheet_downloads", to_top=True)


def _show_sheet(sheet: Sheet) -> None:
    st.subheader(sheet.title, anchor=False)
    for part in sheet.parts:
        _show_part(part)


def _show_part(part: Part) -> None:
    if isinstance(part, Heading):
        st.markdown(f"**{part.text}**")
    elif isinstance(part, Bullets):
        st.markdown("\n".join(f"- {item}" for item in part.items))
    elif isinstance(part, Choices):
        st.markdown("\n\n".join(f":material/check_box_outline_blank: {item}" for item in part.items))
    elif isinstance(part, Picture):
        for number, (title, figure) in enumerate(draw(part.show)):
            if title:
                st.markdown(title)
            key = f"{part.show.kind}_{'_'.join(part.show.sounds)}_{number}"
            st.plotly_chart(figure, config=CONFIG, key=key, alt=title or "Picture of the task")
    elif isinstance(part, Lines):
        for _ in range(part.number):
            st.divider()
    else:
        # Underscores are a line to write on, not Markdown.
        st.markdown(part.markdown.replace("_", r"\_"))
