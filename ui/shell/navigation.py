"""The pages, and how each begins.

Streamlit takes a folder called ``pages`` for its older kind of multi-page app until ``st.navigation`` has run once in
the server. Until then a link to a page runs that page alone, without ``app.py``: no page settings, no navigation. So
every page begins with ``open_page``, which mends that.
"""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui.common import event_log
from ui.shell import host_status, uploads

_ENTERED = "entered_through_app"
_OPENED = "opened_page"


class PageEntry(NamedTuple):
    """A page as the navigation lists it: its script, its name there, its icon."""

    path: str
    title: str
    icon: str


# The first is the one that visitors begin on.
PAGES = (
    PageEntry("pages/recognise.py", "Recognise", ":material/graphic_eq:"),
    PageEntry("pages/live.py", "Live", ":material/mic:"),
    PageEntry("pages/why.py", "Why?", ":material/lightbulb:"),
    PageEntry("pages/explore.py", "Explore", ":material/stacked_line_chart:"),
    PageEntry("pages/compare.py", "Compare", ":material/compare:"),
    PageEntry("pages/voice_lab.py", "Voice lab", ":material/tune:"),
    PageEntry("pages/dataset.py", "Data", ":material/database:"),
    PageEntry("pages/model.py", "Model", ":material/monitoring:"),
    PageEntry("pages/about.py", "About", ":material/info:"),
)


def run_app() -> None:
    """Set the app up, show its navigation, and run the page that the visitor is on."""
    event_log.configure()
    host_status.register()
    uploads.keep_in_memory()
    st.session_state[_ENTERED] = True
    _navigation().run()


def open_page(title: str, lead: str) -> None:
    """Begin a page with its title and a line on what it is for.

    Parameters
    ----------
    title : str
        The page's heading.
    lead : str
        One or two plain sentences, Markdown.
    """
    if _ENTERED not in st.session_state:
        # From here on the server knows that it has a navigation, and the run that follows goes through app.py.
        _navigation()
        st.rerun()
    title_before, number = st.session_state.get(_OPENED, ("", 0))
    if title != title_before:
        st.session_state[_OPENED] = title, number + 1
    st.title(title, anchor=False)
    st.write(lead)


def times_opened() -> int:
    """Return how often this visitor has come to a page: the same number on all runs of a page that is not left."""
    return st.session_state[_OPENED][1]


def _navigation() -> StreamlitPage:
    st.set_page_config(page_title="How does it sound?", page_icon="🎙️", layout="wide")
    return st.navigation(
        [st.Page(page.path, title=page.title, icon=page.icon, default=page is PAGES[0]) for page in PAGES]
    )
