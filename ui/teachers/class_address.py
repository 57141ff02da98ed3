"""The address for the board: the lessons in classroom mode, on this server."""

from __future__ import annotations

import streamlit as st


def show_class_address() -> None:
    """Show the address, with a button that copies it."""
    root = (st.context.url or "").partition("?")[0].rpartition("/")[0]
    st.code(f"{root}/lessons?mode=classroom", language=None, wrap_lines=True)
