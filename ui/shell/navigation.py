"""The list of pages, and the start of each page.

Until ``st.navigation`` has run once in the server, Streamlit treats a folder called ``pages`` as its older kind of
multi-page app. A link to a page then runs the script of that page without ``app.py``: no page settings, no navigation.
So every page starts with ``open_page``, which detects this and runs the app again through ``app.py``.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.common import classroom, event_log, links, presenting, sample_link
from ui.common.faces import mark_svg
from ui.common.tokens import NAME
from ui.shell import host_status, upload_memory
from ui.shell.page_frame import mount_page_frame
from ui.shell.page_tools import show_page_tools

_ENTERED = "entered_through_app"
_OPENED = "opened_page"


class PageEntry(NamedTuple):
    """A page of the navigation: its script, its name there, its icon, and the group of pages that it belongs to."""

    path: str
    title: str
    icon: str
    group: str


TRY, LEARN, UNDERSTAND, TRUST = "Try", "Learn", "Understand", "Trust"


# The first is the start page.
PAGES = (
    PageEntry("pages/recognise.py", "Recognise", ":material/graphic_eq:", TRY),
    PageEntry("pages/live.py", "Live", ":material/mic:", TRY),
    PageEntry("pages/compare.py", "Compare", ":material/compare:", TRY),
    PageEntry("pages/voice_lab.py", "Voice lab", ":material/tune:", TRY),
    PageEntry("pages/batch.py", "Many files", ":material/folder_zip:", TRY),
    PageEntry("pages/lessons.py", "Lessons", ":material/school:", LEARN),
    PageEntry("pages/game.py", "Can you hear it?", ":material/hearing:", LEARN),
    PageEntry("pages/act.py", "Act it", ":material/theater_comedy:", LEARN),
    PageEntry("pages/train.py", "Train your own", ":material/model_training:", LEARN),
    PageEntry("pages/teachers.py", "For teachers", ":material/co_present:", LEARN),
    PageEntry("pages/why.py", "Why?", ":material/lightbulb:", UNDERSTAND),
    PageEntry("pages/explore.py", "See the sound", ":material/stacked_line_chart:", UNDERSTAND),
    PageEntry("pages/dataset.py", "Data", ":material/database:", TRUST),
    PageEntry("pages/model.py", "Model", ":material/monitoring:", TRUST),
    PageEntry("pages/about.py", "About", ":material/info:", TRUST),
)


def run_app() -> None:
    """Set up the app, show its navigation, and run the visitor's page."""
    event_log.configure()
    host_status.register()
    upload_memory.keep_in_memory()
    st.session_state[_ENTERED] = True
    # The page itself says more; what comes before it must not read the address again.
    links.note_page(is_opened=False)
    presenting.remember_link()
    _navigation().run()


def open_page(title: str, lead: str) -> None:
    """Start a page with its title and a line that says what it is for.

    Parameters
    ----------
    title : str
        The page's heading.
    lead : str
        One or two plain sentences, Markdown; empty for a page that begins with something else.
    """
    if _ENTERED not in st.session_state:
        # This call registers the navigation in the server, so the rerun goes through app.py.
        _navigation()
        st.rerun()
    previous_title, n_opened = st.session_state.get(_OPENED, ("", 0))
    if title != previous_title:
        st.session_state[_OPENED] = title, n_opened + 1
    links.note_page(is_opened=title != previous_title)
    classroom.remember_link()
    show_page_tools()
    classroom.show_badge()
    st.title(title, anchor=False)
    # Without a gap, because the page frame has no height.
    with st.container(gap=None):
        if lead:
            st.write(lead)
        mount_page_frame(times_opened())
    sample_link.restore()


def times_opened() -> int:
    """Return how many pages this visitor has opened; reruns of the same page do not change the number."""
    n_opened: int = st.session_state[_OPENED][1]
    return n_opened


def _side_bar() -> Literal["auto", "collapsed"]:
    """Return the state of the side bar at the start: it is closed if the app is embedded in another page."""
    return "collapsed" if st.context.is_embedded else "auto"


def _navigation() -> StreamlitPage:
    st.set_page_config(page_title=NAME, page_icon=mark_svg(), layout="wide", initial_sidebar_state=_side_bar())
    st.logo(mark_svg(), size="large")
    groups: dict[str, list[StreamlitPage]] = {TRY: [], LEARN: [], UNDERSTAND: [], TRUST: []}
    for page in PAGES:
        groups[page.group].append(st.Page(page.path, title=page.title, icon=page.icon, default=page is PAGES[0]))
    return st.navigation(groups, position="top" if presenting.is_presenting() else "sidebar")
