"""What the app's host decides about the Live page: environment variables, or the same names in Streamlit's secrets."""

from __future__ import annotations

import os

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

CLASSROOM = "classroom"
_DEFAULT_MAX_STREAMS = 10
_CLASSROOM_LINK = "came_by_classroom_link"


def setting(name: str, default: str = "") -> str:
    """Return a setting: the environment's, else the secrets', else the default.

    Parameters
    ----------
    name : str
        The environment variable, and the key in ``secrets.toml``.
    default : str
        Where neither has it.
    """
    if name in os.environ:
        return os.environ[name].strip()
    try:
        return str(st.secrets.get(name, default)).strip()
    except StreamlitSecretNotFoundError:
        return default


def max_streams() -> int:
    """Return how many visitors may stream at once: ``SER_LIVE_MAX_STREAMS``, or 10 where that is no number."""
    given = setting("SER_LIVE_MAX_STREAMS")
    return int(given) if given.isdecimal() else _DEFAULT_MAX_STREAMS


def is_classroom() -> bool:
    """Tell whether no emotion may be inferred from a live voice: ``SER_MODE=classroom``, or a ``?mode=classroom`` link.

    A visitor who came by such a link stays in classroom mode, on whatever page the link is lost.
    """
    if st.query_params.get("mode") == CLASSROOM:
        st.session_state[_CLASSROOM_LINK] = True
    return setting("SER_MODE") == CLASSROOM or _CLASSROOM_LINK in st.session_state
