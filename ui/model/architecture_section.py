"""The section "Inside": size, speed and layers of a network, and the networks compared."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.lessons.lesson import with_linked_terms
from ui.common import engine
from ui.common.charts import CONFIG
from ui.common.messages import handle_user_errors
from ui.model import charts, shown_network, store

_INPUTS = {
    "ser_whisper": "the mel spectrogram over time, and how the voice has sounded before",
    "ser_cnn": "the mel spectrogram over time",
    "seed_cnn": "162 averages over time",
}

_TIMED_DURATION_S = 3.0
# Other work of the server can only lengthen a run, so the shortest of many is the same from visit to visit.
_TIMED_REPETITIONS = 30

# These layers have no parameters and do not change the shape, so the chart leaves them out.
_HIDDEN_KINDS = ("Activation", "Dropout")


def show(figures: dict[str, Any]) -> None:
    """Show the size, the speed, the layers and the first filters.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    network = shown_network.choose(figures)
    with handle_user_errors():
        architecture = store.architecture(network)
        speed_ms = _speed_ms(network)
    for column, label, text in zip(
        st.columns(3),
        ("Parameters", "File", f"Time for {_TIMED_DURATION_S:.0f} s of voice"),
        (f"{architecture.n_parameters:,}", f"{store.size_bytes(network) / 1e6:.1f} MB", f"{speed_ms:.0f} ms"),
        strict=True,
    ):
        column.metric(label, text, border=True)
    st.caption(
        f"The time is the shortest of {_TIMED_REPETITIONS} runs on this server, measured once. A run takes longer "
        "while the server does other work."
    )
    st.markdown("**The networks side by side**: the section “How good” compares how well they recognise.")
    # Not a data frame: its cells do not wrap, and the last network would be outside of the screen.
    st.table(_comparison(figures))
    st.markdown(
        with_linked_terms(
            "**Layer by layer** of this [[network]]: the input is at the top. Eight numbers come out at the bottom, "
            "one for each emotion. The text at each layer is the shape of its output and the number of its "
            "parameters. Conv layers detect small patterns with [[filter|filters]], pooling layers keep the "
            "strongest values, and dense layers combine all numbers."
        )
    )
    layers = [layer for layer in architecture.layers if layer.kind not in _HIDDEN_KINDS]
    st.plotly_chart(charts.layers(layers), config=CONFIG, key=f"layers_{network}", alt="Layers of the network")
    if architecture.first_filters.ndim == 4:
        st.markdown(
            f"**Its first {architecture.first_filters.shape[-1]} filters**: each square covers a short time and a few "
            "neighbouring frequencies (mel bands). Red values are added, blue values subtracted. Horizontal stripes "
            "respond to steady tones, vertical stripes to the beginnings of sounds."
        )
        st.plotly_chart(
            charts.filters(architecture.first_filters), config=CONFIG, key="filters", alt="The first filters"
        )


@st.cache_data(show_spinner="Measuring the speed ...")
def _speed_ms(network: str) -> float:
    recognizer = engine.recognizer(network)
    noise = np.random.default_rng(0).normal(0.0, 0.1, round(_TIMED_DURATION_S * SAMPLE_RATE_HZ)).astype(np.float32)
    audio = from_samples(noise, SAMPLE_RATE_HZ)
    # The first run prepares the network.
    recognizer.predict(audio)
    durations_s = []
    for _ in range(_TIMED_REPETITIONS):
        started_s = time.perf_counter()
        recognizer.predict(audio)
        durations_s.append(time.perf_counter() - started_s)
    return 1000.0 * min(durations_s)


def _comparison(figures: dict[str, Any]) -> pd.DataFrame:
    rows = {
        network: {
            "input": _INPUTS[network],
            "parameters": f"{store.architecture(network).n_parameters:,}",
            "file": f"{store.size_bytes(network) / 1e6:.1f} MB",
        }
        for network in reversed(figures)
    }
    # One row for each network: on a phone, three columns of text are too wide.
    return pd.DataFrame.from_dict(rows, orient="index")
