"""Goes to the top of a new screen: the page scrolls there, and the keyboard's focus is on the screen's title."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

# Not isolated in a shadow tree: the script moves the page.
_mount = st.components.v2.component(
    "lesson_screen_start",
    js=(Path(__file__).parent / "screen_start.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def go_to_start(screen: str) -> None:
    """Go to the title of a screen when another screen was shown before.

    Parameters
    ----------
    screen : str
        The name of the screen; the same on each run that shows it.
    """
    _mount(key="lesson_screen_start", data={"screen": screen})
