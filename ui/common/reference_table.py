"""The committed table of real voices' cues, read once for all visitors."""

from __future__ import annotations

import streamlit as st

from ser_core.features.cue_percentiles import Reference


@st.cache_resource(show_spinner=False)
def reference() -> Reference:
    """Return the table.

    Raises
    ------
    ModelError
        If the table is missing or damaged.
    """
    return Reference()
