"""How trouble is told: kindly on the page, loudly in the log, and always with a next step."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from ser_core.errors import SerError

if TYPE_CHECKING:
    from ser_core.audio.quality import QualityNote

log = logging.getLogger(__name__)


def show_error(error: SerError) -> None:
    """Show what was found, what was expected, and what to do next."""
    st.error(f"**{error.found}.** {error.expected}.  \n{error.advice}.", icon=":material/error:")


def show_note(note: QualityNote) -> None:
    """Show what is wrong with a recording, and what to do about it."""
    st.warning(f"**{note.message}** {note.advice}", icon=":material/hearing:")


@contextmanager
def handle_user_errors() -> Iterator[None]:
    """Guard what only the host can mend, a missing network for example: log it, show it, and end the page there."""
    try:
        yield
    except SerError as error:
        log.exception("a page stopped")
        show_error(error)
        st.stop()
