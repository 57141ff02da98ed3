"""The address for the board: the lessons in classroom mode, on this server."""

from __future__ import annotations

import streamlit as st

from ui.common.classroom import is_set_by_host
from ui.common.page_address import host_name, is_own_computer


def show_class_address() -> None:
    """Show the address, with a button that copies it. Without need it has no parameter: pupils type it."""
    root = (st.context.url or "").partition("?")[0].rpartition("/")[0]
    parameter = "" if is_set_by_host() else "?mode=classroom"
    st.code(f"{root}/lessons{parameter}", language=None, wrap_lines=True)
    if is_own_computer():
        st.caption(
            "This address works on this computer alone. For pupils, write the computer's address in the school's "
            f"network in place of *{host_name()}*: the network settings of the computer show it. *At school* has an "
            "example."
        )
