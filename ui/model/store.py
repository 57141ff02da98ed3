"""What the Model page reads, once for all visitors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.model_files import LITERT_NAME, METRICS_NAME
from ser_core.paths import MODELS_DIR

if TYPE_CHECKING:
    import pandas as pd

    from ser_core.inference.architecture import Architecture

OURS, ORIGINAL = "ser_cnn", "seed_cnn"


@st.cache_resource(show_spinner=False)
def figures() -> dict[str, Any]:
    """Return every figure, by network."""
    return json.loads(_text(METRICS_NAME))


@st.cache_resource(show_spinner=False)
def model_card() -> str:
    """Return the model card, Markdown."""
    return _text("MODEL_CARD.md")


@st.cache_resource(show_spinner=False)
def architecture(network: str) -> Architecture:
    """Return a network's layers."""
    from ser_core.inference.architecture import read_architecture

    return read_architecture(MODELS_DIR / network / "network.keras")


@st.cache_resource(show_spinner=False)
def size_bytes(network: str) -> int:
    """Return the size of the file that the app serves a network from."""
    return (MODELS_DIR / network / LITERT_NAME).stat().st_size


@st.cache_resource(show_spinner="Reading the answers ...")
def answers() -> pd.DataFrame:
    """Return what our network answered to each clip of a speaker that it had not heard.

    ``answer`` is the likeliest emotion among those that the clip's corpus has, as in every figure.
    """
    # scikit-learn, which the measures need, takes a second to import; no other section of the page does.
    import pandas as pd

    from ser_core.evaluation.metrics import among_own_labels

    table = pd.read_csv(MODELS_DIR / "experiments" / f"{OURS}_out_of_fold.csv", dtype={"clip": "str"})
    shares = among_own_labels(table)
    table["answer"] = pd.Categorical.from_codes(shares.argmax(axis=1), LABELS)
    table["probability"] = shares.max(axis=1).round(2)
    return table


@st.cache_resource(show_spinner=False)
def fold(corpus: str, name: str) -> dict[str, Any]:
    """Return how one fifth of a corpus' speakers is recognised, in the form of the figures."""
    from ser_core.evaluation.metrics import recognition

    table = answers()
    return recognition(table[(table["corpus"] == corpus) & (table["fold"] == name)])


def _text(name: str) -> str:
    try:
        return (MODELS_DIR / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(
            f"The file {name} is missing",
            expected="The figures of the networks come with the app, in models/",
            advice="Restore that file, or measure the networks anew with python -m ser_core experiment",
        ) from error
