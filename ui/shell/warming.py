"""Loads the network and the imports of an answer in the background, while the first visitor chooses a clip.

The first page needs neither SciPy nor the network nor the charts, so it is shown before they are loaded. Without this
module the first clip would have to wait for them.
"""

from __future__ import annotations

import threading
from contextlib import suppress

import streamlit as st

from ser_core.errors import SerError
from ui.common import engine, metrics_store

# A delay, so that the first page reaches the browser before the imports use the processor.
_DELAY_S = 0.3


@st.cache_resource(show_spinner=False)
def begin() -> None:
    """Start loading in a background thread; once per server."""
    timer = threading.Timer(_DELAY_S, _load)
    timer.name, timer.daemon = "warming", True
    timer.start()


def _load() -> None:
    import ui.common.import_first  # noqa: F401 -- see its docstring

    # The error of a file that cannot be loaded is shown by the page that needs the file.
    with suppress(SerError):
        engine.recognizer()
    with suppress(SerError):
        engine.warm_samples()
    with suppress(SerError):
        metrics_store.listeners_agreement()
