"""Settings of the Live page, made by the host of the app: environment variables, or Streamlit's secrets."""

from __future__ import annotations

import os

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

CLASSROOM = "classroom"
_DEFAULT_MAX_STREAMS = 10
_CLASSROOM_LINK = "came_by_classroom_link"


def setting(name: str, default: str = "") -> str:
    """Return a setting from the environment, or else from the secrets, or else the default.

    Parameters
    ----------
    name : str
        The environment variable, and the key in ``secrets.toml``.
    default : str
        The value if both do not have it.
    """
    if name in os.environ:
        return os.environ[name].strip()
    try:
        return str(st.secrets.get(name, default)).strip()
    except StreamlitSecretNotFoundError:
        return default


def max_streams() -> int:
    """Return how many visitors may stream at once: ``SER_LIVE_MAX_STREAMS``, or 10 if that is not a number."""
    text = setting("SER_LIVE_MAX_STREAMS")
    return int(text) if text.isdecimal() else _DEFAULT_MAX_STREAMS


def is_classroom() -> bool:
    """Return whether no emotion may be inferred from a live voice.

    The host sets ``SER_MODE=classroom``, or the visitor opens a link with ``?mode=classroom``. After such a link the
    visitor stays in classroom mode, also on pages whose address does not contain it.
    """
    if st.query_params.get("mode") == CLASSROOM:
        st.session_state[_CLASSROOM_LINK] = True
    return setting("SER_MODE") == CLASSROOM or _CLASSROOM_LINK in st.session_state
