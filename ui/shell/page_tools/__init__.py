"""The two buttons in the corner of every page: one copies a link to the page, one turns on projector mode."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.common import presenting
from ui.common.web import with_controls_style

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "page_tools",
    html=(_HERE / "page_tools.html").read_text(encoding="utf-8"),
    css=with_controls_style((_HERE / "page_tools.css").read_text(encoding="utf-8")),
    js=(_HERE / "page_tools.js").read_text(encoding="utf-8"),
)


def show_page_tools() -> None:
    """Show the buttons. Their container has its place at the top of the page, in the style of the page frame."""
    with st.container(key="page_tools", width="content"):
        _mount(
            key="page_tools_buttons",
            data={"is_presenting": presenting.is_presenting()},
            on_present_change=presenting.switch,
        )
