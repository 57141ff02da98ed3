"""Wakes what the first answer needs while the first visitor is still choosing a clip.

The page that they choose on is painted without NumPy, the network and the drawings; the first clip would pay for them.
"""

from __future__ import annotations

import threading
from contextlib import suppress

import streamlit as st

from ser_core.errors import SerError
from ui.common import engine

# The page that the visitor chooses on is still on its way to the browser then.
_AFTER_S = 0.3


@st.cache_resource(show_spinner=False)
def begin() -> None:
    """Start waking it all in the background; once in the life of a server."""
    timer = threading.Timer(_AFTER_S, _wake)
    timer.name, timer.daemon = "warming", True
    timer.start()


def _wake() -> None:
    import ui.common.loaded  # noqa: F401 -- before the others, see there

    # A model that cannot be loaded is told to whoever asks it for an answer.
    with suppress(SerError):
        engine.recognizer()
