"""Which panels to show: kept through the visit, and in the page's address, so that a link shows the same."""

from __future__ import annotations

import streamlit as st

from ui.common.panels import BY_KEY, PANELS, Panel

_KEY = "panels"
_ALL = [panel.key for panel in PANELS]


def choose_panels() -> list[Panel]:
    """Let the visitor choose; return what they chose, in the order of ``PANELS``.

    Returns
    -------
    list of Panel
        May be empty.
    """
    # Not the widget's own binding to the address: that forgets the address while no clip is chosen yet.
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _in_address() or _ALL
    picked = st.pills(
        "What would you like to see?",
        _ALL,
        selection_mode="multi",
        format_func=lambda key: BY_KEY[key].title,
        key=_KEY,
        persist_state="session",
    )
    chosen = [key for key in _ALL if key in picked]
    if chosen == _ALL:
        st.query_params.pop(_KEY, None)
    else:
        st.query_params[_KEY] = ",".join(chosen)
    return [BY_KEY[key] for key in chosen]


def _in_address() -> list[str]:
    wanted = st.query_params.get(_KEY, "").split(",")
    return [key for key in _ALL if key in wanted]
