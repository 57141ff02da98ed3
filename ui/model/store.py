"""The committed files that the Model page reads, cached for all visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.inference.model_files import LITERT_NAME
from ser_core.paths import MODELS_DIR
from ui.common.metrics_store import read_model_text

if TYPE_CHECKING:
    import pandas as pd

    from ser_core.inference.architecture import Architecture


@st.cache_resource(show_spinner=False)
def model_card() -> str:
    """Return the model card in Markdown.

    Raises
    ------
    ModelError
        If the file is missing.
    """
    return read_model_text("MODEL_CARD.md")


@st.cache_resource(show_spinner=False)
def architecture(network: str) -> Architecture:
    """Return the layers of a network.

    Parameters
    ----------
    network : str
        The name of a folder in ``models/``.
    """
    from ser_core.inference.architecture import ARCHITECTURE_NAME, read_architecture

    return read_architecture(MODELS_DIR / network / ARCHITECTURE_NAME)


@st.cache_resource(show_spinner=False)
def size_bytes(network: str) -> int:
    """Return the size of a network's LiteRT file, which the app serves.

    Parameters
    ----------
    network : str
        The name of a folder in ``models/``.
    """
    return (MODELS_DIR / network / LITERT_NAME).stat().st_size


@st.cache_resource(show_spinner="Reading the answers ...")
def answers(network: str) -> pd.DataFrame:
    """Return a network's out-of-fold answers: each clip was answered by a network not trained on its speaker.

    Parameters
    ----------
    network : str
        Name of the network in the figures.

    Returns
    -------
    pandas.DataFrame
        One row per clip: the committed out-of-fold table, ``answer`` (the most probable emotion among those that the
        clip's corpus has, as in all figures) and ``probability`` (of that answer, rounded to two decimals).
    """
    from ser_core.predictions_table import predictions_path, read_predictions, with_answers

    table = with_answers(read_predictions(predictions_path(network, "out_of_fold")))
    return table.assign(probability=table["probability"].round(2))


@st.cache_resource(show_spinner=False)
def fold_results(network: str, corpus: str, fold: str) -> dict[str, Any]:
    """Return the recognition results of one fold of a corpus' speakers.

    Parameters
    ----------
    network : str
        Name of the network in the figures.
    corpus : str
        Name of the corpus.
    fold : str
        Name of the fold: ``"fold-0"``.

    Returns
    -------
    dict
        In the same form as the results by corpus in ``metrics.json``.
    """
    # Imported here because the metrics import scikit-learn, which takes a second; no other section needs it.
    from ser_core.metrics import recognition

    table = answers(network)
    return recognition(table[(table["corpus"] == corpus) & (table["fold"] == fold)])
