"""The section "Inside": size, speed and layers of our network and of the original project's network."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ui.common import engine
from ui.common.charts import CONFIG
from ui.common.linked_choice import choose_option
from ui.common.messages import handle_user_errors
from ui.common.metrics_store import ORIGINAL, OURS
from ui.model import charts, store

_NETWORK_NAMES = {OURS: "ours (`ser_cnn`)", ORIGINAL: "the original's (`seed_cnn`)"}
_INPUTS = {OURS: "the mel spectrogram over time", ORIGINAL: "162 averages over time"}

_TIMED_DURATION_S = 3.0
_TIMED_REPETITIONS = 7

# These layers have no parameters and do not change the shape, so the chart leaves them out.
_HIDDEN_KINDS = ("Activation", "Dropout")


def show(figures: dict[str, Any]) -> None:
    """Show the size, the speed, the layers and the first filters.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    with handle_user_errors():
        ours = store.architecture(OURS)
        speed_ms = _speed_ms()
    for column, label, text in zip(
        st.columns(3),
        ("Parameters", "File", f"Time for {_TIMED_DURATION_S:.0f} s of voice"),
        (f"{ours.n_parameters:,}", f"{store.size_bytes(OURS) / 1e6:.1f} MB", f"{speed_ms:.0f} ms"),
        strict=True,
    ):
        column.metric(label, text, border=True)
    st.caption("The time was measured on this server, when it showed this section for the first time.")
    if ORIGINAL in figures:
        st.markdown("**Ours and the original's**: both were measured on speakers who were not in their training.")
        st.dataframe(_comparison(figures), alt="The two networks compared")
    network = choose_option(
        "Layer by layer",
        [OURS, ORIGINAL],
        default=OURS,
        parameter="layers",
        key="layers_of",
        format_func=_NETWORK_NAMES.__getitem__,
    )
    st.markdown(
        "The input is at the top. Eight numbers come out at the bottom, one for each emotion. The text at each layer "
        "is the shape of its output, and how many numbers (parameters) it has learnt. Conv layers look for small "
        "patterns, pooling layers keep the strongest values, and dense layers combine all numbers."
    )
    layers = [layer for layer in store.architecture(network).layers if layer.kind not in _HIDDEN_KINDS]
    st.plotly_chart(charts.layers(layers), config=CONFIG, key=f"layers_{network}", alt="Layers of the network")
    if ours.first_filters.ndim == 4:
        st.markdown(
            f"**What its first {ours.first_filters.shape[-1]} filters look for**: each square covers a short time and "
            "a few neighbouring frequencies (mel bands). Blue adds, red subtracts. Horizontal stripes find steady "
            "tones, vertical stripes find beginnings."
        )
        st.plotly_chart(charts.filters(ours.first_filters), config=CONFIG, key="filters", alt="The first filters")


@st.cache_data(show_spinner="Measuring the speed ...")
def _speed_ms() -> float:
    recognizer = engine.recognizer()
    noise = np.random.default_rng(0).normal(0.0, 0.1, round(_TIMED_DURATION_S * SAMPLE_RATE_HZ)).astype(np.float32)
    audio = from_samples(noise, SAMPLE_RATE_HZ)
    durations_s = []
    for _ in range(_TIMED_REPETITIONS):
        started_s = time.perf_counter()
        recognizer.predict(audio)
        durations_s.append(time.perf_counter() - started_s)
    return 1000.0 * float(np.median(durations_s))


def _comparison(figures: dict[str, Any]) -> pd.DataFrame:
    rows = {
        name.replace("`", ""): {
            "input": _INPUTS[network],
            "parameters": f"{store.architecture(network).n_parameters:,}",
            **{
                f"{corpus}: UAR": f"{results['uar']:.1%}"
                for corpus, results in figures[network]["speaker_independent"]["corpora"].items()
            },
        }
        for network, name in _NETWORK_NAMES.items()
    }
    return pd.DataFrame(rows).fillna("not trained on it")
