"""Settings made by the host of the app: environment variables, or Streamlit's secrets."""

from __future__ import annotations

import os

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


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
