"""The words of the glossary in a lesson: the mouse, a tap or the keyboard's focus shows what a word means."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ser_core.lessons.lesson import TERM_ADDRESS, term_address
from ui.common import lesson_store

# Not isolated in a shadow tree: the words are in the page's text.
_mount = st.components.v2.component(
    "term_tips",
    js=(Path(__file__).parent / "term_tips.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def explain_terms(terms: tuple[str, ...]) -> None:
    """Explain terms whose links are on the page.

    Parameters
    ----------
    terms : tuple of str
        Terms of the glossary.
    """
    # The tip shows plain text.
    meanings = {term_address(term): lesson_store.glossary()[term].replace("*", "") for term in terms}
    _mount(key="term_tips", data={"meanings": meanings, "start": TERM_ADDRESS})
