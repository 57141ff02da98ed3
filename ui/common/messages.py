"""Error messages and warnings on the pages: the problem, what was expected, and what to do next."""

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
    """Show the problem, what was expected, and what to do next."""
    st.error(f"**{error.problem}.** Expected: {error.expected}.  \n{error.advice}.", icon=":material/error:")


def show_note(note: QualityNote) -> None:
    """Show a defect of a recording, and what to do about it."""
    st.warning(f"**{note.message}** {note.advice}", icon=":material/hearing:")


@contextmanager
def handle_user_errors() -> Iterator[None]:
    """Log and show a ``SerError`` that is raised in the block, and end the page there.

    For errors that only the host can fix, a missing network for example.
    """
    try:
        yield
    except SerError as error:
        log.exception("a page stopped")
        show_error(error)
        st.stop()
