"""Additions to Streamlit's page frame: a menu that closes on a phone, files dropped anywhere, a style for printing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent

# Not isolated in a shadow tree: the style is for the whole page.
_mount = st.components.v2.component(
    "page_frame",
    css=(_FOLDER / "page_frame.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "page_frame.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def mount_page_frame(n_opened: int) -> None:
    """Add the script and the style to a page.

    Parameters
    ----------
    n_opened : int
        The number of pages that the visitor has opened, as ``navigation.times_opened`` returns it.
    """
    _mount(key="page_frame", data={"n_opened": n_opened})
