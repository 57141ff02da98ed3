"""Uploads stay in memory, as the pages promise."""

from __future__ import annotations

import streamlit as st
from starlette.formparsers import MultiPartParser


def keep_in_memory() -> None:
    """Have no upload written to a temporary file, which Starlette does with what is over 1 MB while it arrives."""
    # As much as is let in, and the megabyte that Streamlit grants to what is sent around the file.
    MultiPartParser.spool_max_size = (st.get_option("server.maxUploadSize") + 1) * 1024**2
