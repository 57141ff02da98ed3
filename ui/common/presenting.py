"""Projector mode: large type, no side bar, high contrast. A link with ``?present=true`` turns it on."""

from __future__ import annotations

import streamlit as st

from ui.common import links

_KEY = "is_presenting"
_PARAMETER = links.option("present", (False, True), default=False)


def remember_link() -> None:
    """Keep the mode of a link for the whole visit; each run of a page calls this.

    Streamlit drops the parameter when the visitor goes to another page, so it is written into the address again.
    """
    _PARAMETER.start(_KEY)
    _PARAMETER.keep(is_presenting())


def is_presenting() -> bool:
    """Return whether the mode is on for this visitor."""
    return bool(st.session_state.get(_KEY, False))


def switch() -> None:
    """Turn the mode on or off."""
    st.session_state[_KEY] = not is_presenting()
