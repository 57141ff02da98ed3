"""The choice of panels, kept in the session and in the page's address, so that a link shows the same panels."""

from __future__ import annotations

import streamlit as st

from ui.common import links
from ui.common.panels import BY_KEY, PANELS, Panel

_KEY = "panels"
_ALL = [panel.key for panel in PANELS]
_PARAMETER = links.options("panels", _ALL, default=_ALL)


def choose_panels() -> list[Panel]:
    """Let the visitor choose panels.

    Returns
    -------
    list of Panel
        The chosen panels in the order of ``PANELS``; may be empty.
    """
    _PARAMETER.start(_KEY)
    picked = st.pills(
        "What would you like to see?",
        _ALL,
        selection_mode="multi",
        format_func=lambda key: BY_KEY[key].title,
        key=_KEY,
        persist_state="session",
    )
    keys = [key for key in _ALL if key in picked]
    _PARAMETER.keep(keys)
    return [BY_KEY[key] for key in keys]
