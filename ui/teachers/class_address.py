"""The address for the board: the lessons in classroom mode, on this server."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from ui.common.classroom import is_set_by_host

# Names of the computer that the browser runs on.
_OWN_COMPUTER = ("localhost", "127.0.0.1", "::1")


def show_class_address() -> None:
    """Show the address, with a button that copies it. Without need it has no parameter: pupils type it."""
    url = st.context.url or ""
    root = url.partition("?")[0].rpartition("/")[0]
    parameter = "" if is_set_by_host() else "?mode=classroom"
    st.code(f"{root}/lessons{parameter}", language=None, wrap_lines=True)
    if urlsplit(url).hostname in _OWN_COMPUTER:
        st.caption(
            "This address works on this computer alone. Pupils need the computer's address in the school's network "
            "instead: when the app starts, Streamlit prints it as *Network URL*."
        )
