"""The worksheet and the teacher's notes of a lesson on a page, to print or to download."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ser_core.lessons.lesson import Lesson
from ser_core.lessons.sheets import Bullets, Choices, Heading, Lines, Part, Picture, teachers_notes, worksheet
from ui.common import lesson_store
from ui.common.charts import CONFIG
from ui.common.lesson_drawings import draw

_FOLDER = Path(__file__).resolve().parents[2] / "static" / "worksheets"
WORKSHEET, NOTES = "Worksheet", "Teacher's notes"
FILE_NAMES = {WORKSHEET: "worksheet", NOTES: "notes"}
# The key of the container with the downloads, which is above the sheet.
DOWNLOADS_KEY = "sheet_downloads"


def show_sheet(lesson: Lesson, kind: str) -> None:
    """Show a sheet of a lesson below its downloads.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    kind : str
        A key of ``FILE_NAMES``.
    """
    _show_downloads(f"{lesson.number}-{lesson.key}-{FILE_NAMES[kind]}")
    sheet = worksheet(lesson, lesson_store.glossary()) if kind == WORKSHEET else teachers_notes(lesson)
    with st.container(border=True, key="printed_sheet"):
        st.subheader(sheet.title, anchor=False)
        for part in sheet.parts:
            _show_part(part)


def _show_downloads(name: str) -> None:
    """Offer the PDF files of a sheet. A lesson that a teacher has just written may have none yet."""
    paths = {paper: _FOLDER / f"{name}-{paper.lower()}.pdf" for paper in ("A4", "Letter")}
    with st.container(horizontal=True, key=DOWNLOADS_KEY):
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
