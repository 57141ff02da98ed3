"""Uploads stay in memory, as the pages promise."""

from __future__ import annotations

import streamlit as st
from starlette.formparsers import MultiPartParser


def keep_in_memory() -> None:
    """Prevent Starlette from writing an upload of more than 1 MB to a temporary file while it arrives."""
    # The largest allowed upload, plus the 1 MB that Streamlit allows for the rest of the request.
    MultiPartParser.spool_max_size = (st.get_option("server.maxUploadSize") + 1) * 1024**2
