"""Moves the keyboard's focus to what a button has brought: the button itself is often gone, and the focus with it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

# Not isolated in a shadow tree: the script moves the focus and the page.
_mount = st.components.v2.component(
    "next_focus",
    js=(Path(__file__).parent / "next_focus.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def move_focus(state: str, target: str, *, to_top: bool = False, only_if_lost: bool = False) -> None:
    """Move the focus when a page shows another state than before, so that a screen reader reads the new part.

    A page calls this once in each run, below the new part.

    Parameters
    ----------
    state : str
        The name of what the page shows; the same in each run that shows it.
    target : str
        The key of the container of the new part. Its first heading gets the focus; without one, the container does.
        Empty for a state that is the start of others.
    to_top : bool
        Whether the page scrolls to its top. Otherwise it scrolls only as far as the new part needs.
    only_if_lost : bool
        Whether a focus that the visitor has put elsewhere stays there: for what comes without a press of a button.
    """
    data = {"state": state, "target": target, "to_top": to_top, "only_if_lost": only_if_lost}
    _mount(key="next_focus", data=data)
