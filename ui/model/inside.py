"""The network itself, layer by layer, beside the original project's."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ui.common import engine
from ui.common.charts import CONFIG
from ui.common.messages import handle_user_errors
from ui.model import charts, store
from ui.model.store import ORIGINAL, OURS

_WORDS = {OURS: "ours (`ser_cnn`)", ORIGINAL: "the original's (`seed_cnn`)"}
_SECONDS = 3.0

# These neither learn anything nor change the shape.
_NOTHING_OF_THEIR_OWN = ("Activation", "Dropout")


def show(figures: dict[str, Any]) -> None:
    """Show size, speed, layers and first filters."""
    with handle_user_errors():
        ours = store.architecture(OURS)
        speed_ms = _speed_ms()
    for place, label, value in zip(
        st.columns(3),
        ("Parameters", "File", f"Time for {_SECONDS:.0f} s of voice"),
        (f"{ours.n_parameters:,}", f"{store.size_bytes(OURS) / 1e6:.1f} MB", f"{speed_ms:.0f} ms"),
        strict=True,
    ):
        place.metric(label, value, border=True)
    st.caption("The time was measured when this server first showed the page, on its own processor.")
    if ORIGINAL in figures:
        st.markdown("**Ours beside the original's**: both measured on speakers that they had not heard.")
        st.dataframe(_comparison(figures), alt="The two networks compared")
    network = st.segmented_control(
        "Layer by layer", [OURS, ORIGINAL], default=OURS, required=True, format_func=_WORDS.get, key="layers_of"
    )
    st.markdown(
        "From the input at the top to eight numbers at the bottom, one for each emotion. Beside each layer: the shape "
        "of what it gives on, and how many numbers it learnt."
    )
    drawn = [layer for layer in store.architecture(network).layers if layer.kind not in _NOTHING_OF_THEIR_OWN]
    st.plotly_chart(charts.layers(drawn), config=CONFIG, key=f"layers_{network}", alt="Layers of the network")
    if ours.first_filters.ndim == 4:
        st.markdown(
            f"**What its first {ours.first_filters.shape[-1]} filters look for**: each square is a few moments wide "
            "and a few mel bands high; blue adds, red subtracts. Stripes across find steady tones, stripes upright "
            "find beginnings."
        )
        st.plotly_chart(charts.filters(ours.first_filters), config=CONFIG, key="filters", alt="The first filters")


@st.cache_data(show_spinner="Measuring the speed ...")
def _speed_ms() -> float:
    recognizer = engine.recognizer()
    noise = np.random.default_rng(0).normal(0.0, 0.1, round(_SECONDS * SAMPLE_RATE_HZ)).astype(np.float32)
    audio = from_samples(noise, SAMPLE_RATE_HZ)
    durations_s = []
    for _ in range(7):
        started_s = time.perf_counter()
        recognizer.predict(audio)
        durations_s.append(time.perf_counter() - started_s)
    return 1000.0 * float(np.median(durations_s))


def _comparison(figures: dict[str, Any]) -> pd.DataFrame:
    rows = {
        _WORDS[name].replace("`", ""): {
            "looks at": looks_at,
            "parameters": f"{store.architecture(name).n_parameters:,}",
            **{
                f"{corpus}: UAR": f"{found['uar']:.1%}"
                for corpus, found in figures[name]["speaker_independent"]["corpora"].items()
            },
        }
        for name, looks_at in ((OURS, "the mel spectrogram over time"), (ORIGINAL, "162 averages over time"))
    }
    return pd.DataFrame(rows).fillna("not trained on it")
