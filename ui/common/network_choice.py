"""The choice of the network: the shipped one, or another trained one that the visitor wants to compare."""

from __future__ import annotations

import streamlit as st

from ser_core.paths import DEFAULT_NETWORK
from ui.common import links
from ui.common.linked_choice import choose_option

NAMES = {
    "ser_whisper": "ser_whisper: this app's",
    "ser_cnn": "ser_cnn: a CNN on log-mel spectrograms",
    "seed_cnn": "seed_cnn: the original project's",
}
_PARAMETER, _KEY = "network", "network"


def chosen() -> str:
    """Return the name of the chosen network: the one in the session, or else the one in the address."""
    choice: str = st.session_state.get(_KEY) or links.option(_PARAMETER, NAMES, DEFAULT_NETWORK).value_in_address()
    return choice


def choose_network() -> None:
    """Let the visitor choose the network for all pages."""
    choose_option(
        "Which network?",
        list(NAMES),
        default=DEFAULT_NETWORK,
        parameter=_PARAMETER,
        key=_KEY,
        format_func=NAMES.__getitem__,
        persist_state="session",
        help="The Model page compares the three. They were trained on the same recordings.",
    )
