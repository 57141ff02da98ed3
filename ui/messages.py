"""How trouble is told: kindly on the page, and with a next step."""

from __future__ import annotations

import streamlit as st

from ser_core.errors import SerError
from ser_core.quality import QualityNote


def show_error(error: SerError) -> None:
    """Show what was found, what was expected, and what to do next."""
    st.error(f"**{error.found}.** {error.expected}.  \n{error.advice}.", icon=":material/error:")


def show_note(note: QualityNote) -> None:
    """Show what is wrong with a recording, and what to do about it."""
    st.warning(f"**{note.message}** {note.advice}", icon=":material/hearing:")
