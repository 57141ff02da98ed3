"""The address under which the visitor's browser has opened the page, and what the browser allows there."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

# Names of the computer that the browser runs on.
_OWN_COMPUTER = ("localhost", "127.0.0.1", "::1")


def host_name() -> str:
    """Return the name of the computer in the address, such as ``"localhost"``; empty if it is not known."""
    return urlsplit(st.context.url or "").hostname or ""


def is_own_computer() -> bool:
    """Return whether the address is that of the computer that the browser runs on; no other device can open it."""
    return host_name() in _OWN_COMPUTER


def warn_if_no_microphone() -> None:
    """Say it where the browser allows no microphone: at an address without HTTPS that is not the own computer's.

    Streamlit's microphone then shows only "An error has occurred, please try again".
    """
    if urlsplit(st.context.url or "").scheme == "http" and not is_own_computer():
        st.caption(
            ":material/mic_off: **The microphone does not work at this address.** Browsers allow it only where the "
            "address begins with https, or on the computer that runs the app."
        )
