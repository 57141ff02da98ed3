"""The choice of panels, kept in the session and in the page's address, so that a link shows the same panels."""

from __future__ import annotations

import streamlit as st

from ui.common.panels import BY_KEY, PANELS, Panel

_KEY = "panels"
_ALL = [panel.key for panel in PANELS]


def choose_panels() -> list[Panel]:
    """Let the visitor choose panels.

    Returns
    -------
    list of Panel
        The chosen panels in the order of ``PANELS``; may be empty.
    """
    # Streamlit can bind a widget to the address, but then the address is lost while no clip is chosen yet.
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _keys_in_address() or _ALL
    picked = st.pills(
        "What would you like to see?",
        _ALL,
        selection_mode="multi",
        format_func=lambda key: BY_KEY[key].title,
        key=_KEY,
        persist_state="session",
    )
    keys = [key for key in _ALL if key in picked]
    if keys == _ALL:
        st.query_params.pop(_KEY, None)
    else:
        st.query_params[_KEY] = ",".join(keys)
    return [BY_KEY[key] for key in keys]


def _keys_in_address() -> list[str]:
    keys = st.query_params.get(_KEY, "").split(",")
    return [key for key in _ALL if key in keys]
