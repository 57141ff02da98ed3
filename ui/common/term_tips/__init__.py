"""The words of the glossary on any page: the mouse, a tap or the keyboard's focus shows what a word means.

``with_linked_terms`` and ``linked_name`` make links of the words. A page with such links ends with ``explain_terms``.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ser_core.lessons.lesson import TERM_ADDRESS, term_address
from ui.common import lesson_store

_FOLDER = Path(__file__).parent

# Not isolated in a shadow tree: the words are in the page's text.
_mount = st.components.v2.component(
    "term_tips",
    css=(_FOLDER / "term_tips.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "term_tips.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def linked_name(name: str) -> str:
    """Return the name of a measure or a panel as a link to its meaning; without an entry in the glossary, as it is.

    Parameters
    ----------
    name : str
        The name in any case: ``"pitch"``, ``"Mel spectrogram"``. What follows in brackets does not count:
        ``"Level (RMS)"`` is explained as level.
    """
    wanted = name.partition(" (")[0].casefold()
    term = next((term for term in lesson_store.glossary() if term.casefold() == wanted), None)
    return name if term is None else f"[{name}]({term_address(term)})"


def explain_terms() -> None:
    """Explain the terms whose links are on the page."""
    # The tip shows plain text.
    meanings = {term_address(term): text.replace("*", "") for term, text in lesson_store.glossary().items()}
    _mount(key="term_tips", data={"meanings": meanings, "start": TERM_ADDRESS})
