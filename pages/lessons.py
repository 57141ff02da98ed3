"""Lessons: six short ones about sound, voices and networks; predict first, then see."""

import streamlit as st

import ui.common.import_first  # noqa: F401 -- see its docstring
from ser_core.errors import SerError
from ui.common import lesson_store
from ui.common.classroom import is_classroom
from ui.common.messages import handle_user_errors
from ui.lessons import progress
from ui.lessons.overview import main_aim, show_overview
from ui.lessons.screen import show_screen
from ui.lessons.worksheet import show_worksheet
from ui.shell.navigation import open_page

TITLE = "Lessons"
LEAD = (
    "Six short lessons, from sound as numbers to how a network learns. Predict first, then see. You need no account, "
    "and no microphone."
)

try:
    lessons = lesson_store.lessons()
except SerError:
    # The title of the page depends on the lessons, which cannot be read.
    open_page(TITLE, LEAD)
    with handle_user_errors():
        raise
lesson = progress.shown_lesson(lessons)
if lesson is None:
    open_page(TITLE, LEAD)
    show_overview(lessons.values())
    st.page_link("pages/game.py", label="**Can you hear it?** The listening game", icon=":material/hearing:")
    if not is_classroom():
        # Pupils have no use for plans, and the answers to the worksheets are there.
        st.page_link(
            "pages/teachers.py", label="**For teachers**: plans, worksheets, the law", icon=":material/co_present:"
        )
    st.stop()

screen = progress.shown_screen(lesson)
is_sheet = progress.is_worksheet_shown()
# Later screens begin higher, so that a projector shows more of them.
lead = "" if screen or is_sheet else f"{main_aim(lesson)} About {lesson.minutes} minutes."
open_page(f"{lesson.number}. {lesson.title}", lead)
with st.container(key="lesson_page"), handle_user_errors():
    if is_sheet:
        show_worksheet(lesson, screen)
    else:
        show_screen(lesson, screen)
