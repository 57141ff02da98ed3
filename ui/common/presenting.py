"""Projector mode: large type, no side bar, high contrast. A link with ``?present=true`` turns it on."""

from __future__ import annotations

import streamlit as st

from ui.common import links

_KEY = "is_presenting"
# The texts of a chart are up to 2.5 times as large on a projector; with half of that, they have room.
_CHART_FACTOR = 1.7
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


def chart_px(size_px: int) -> int:
    """Return a height or a margin of a chart for this visitor: larger on a projector, where its texts are larger too.

    Parameters
    ----------
    size_px : int
        The size on a screen, in pixels.
    """
    return round(size_px * _CHART_FACTOR) if is_presenting() else size_px


def switch() -> None:
    """Turn the mode on or off."""
    st.session_state[_KEY] = not is_presenting()
