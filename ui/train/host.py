"""Whether this server can train, and with which method."""

from __future__ import annotations

from importlib.util import find_spec

import streamlit as st

from ser_core.own_network import host_memory
from ser_core.own_network.choices import KERAS, MLP
from ser_core.own_network.waiting_line import WaitingLine

_PACKAGE_OF = {KERAS: "tensorflow", MLP: "sklearn"}


def show_method(line: WaitingLine) -> str | None:
    """Choose the method that the host's memory and packages allow, and say so where it is not Keras.

    Parameters
    ----------
    line : WaitingLine
        The line of trainings, whose running one frees its memory before the next one starts.

    Returns
    -------
    str or None
        ``KERAS`` or ``MLP``; None where neither is possible.
    """
    possible = [method for method, package in _PACKAGE_OF.items() if find_spec(package)]
    affordable = [method for method in possible if host_memory.is_enough(method, line.running_method)]
    if not possible:
        st.info(
            "This server can only recognise: the packages for training are not installed. With those of "
            "`requirements.txt` this page trains.",
            icon=":material/info:",
        )
    elif not affordable:
        st.warning(
            f"{_memory(possible[0])} Nothing can be trained here now; it may be possible later.",
            icon=":material/memory:",
        )
    elif affordable[0] == MLP:
        reason = _memory(KERAS) if KERAS in possible else "TensorFlow is not installed on this server."
        st.info(
            f"{reason} So this page trains **scikit-learn's multi-layer perceptron (MLP)** on the same numbers "
            "instead. The lesson is the same.",
            icon=":material/memory:",
        )
    return affordable[0] if affordable else None


def _memory(method: str) -> str:
    return (
        f"This server has {host_memory.free_mb():,.0f} MB of free memory, and a training with "
        f"{'TensorFlow' if method == KERAS else 'scikit-learn'} needs {host_memory.NEEDED_MB[method]:,} MB."
    )
