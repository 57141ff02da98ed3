"""Additions to Streamlit's page frame: a menu that closes on a phone, and files that are dropped anywhere.

The style sheet of this folder and the script for the browser's history are in the HTML file of every page
(``ui.shell.page_html``).
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent

_mount = st.components.v2.component(
    "page_frame",
    js=(_FOLDER / "page_frame.js").read_text(encoding="utf-8"),
)


def mount_page_frame(n_opened: int) -> None:
    """Add the script to a page.

    Parameters
    ----------
    n_opened : int
        The number of pages that the visitor has opened, as ``navigation.times_opened`` returns it.
    """
    _mount(key="page_frame", data={"n_opened": n_opened})
