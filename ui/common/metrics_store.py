"""The committed figures of the networks and of CREMA-D's listeners, read once for all visitors."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from ser_core.errors import ModelError
from ser_core.inference.model_files import METRICS_NAME
from ser_core.paths import DEFAULT_NETWORK, MODELS_DIR

# Names of networks in the figures and in models/: the one that is used unless another one is chosen, and the original
# project's network, trained in this project.
SHIPPED, ORIGINAL = DEFAULT_NETWORK, "seed_cnn"


@st.cache_resource(show_spinner=False)
def figures() -> dict[str, Any]:
    """Return the content of ``models/metrics.json``: all figures, by network.

    Raises
    ------
    ModelError
        If the file is missing.
    """
    metrics: dict[str, Any] = json.loads(read_model_text(METRICS_NAME))
    return metrics


@st.cache_resource(show_spinner=False)
def listeners_agreement() -> float:
    """Return the share of CREMA-D's audio-only votes that name the intended emotion, 0 to 1.

    The votes are those of the committed table, of Cao et al. (2014), "CREMA-D: Crowd-sourced emotional multimodal
    actors dataset". Clips with a defect do not count, as on the Data page.

    Raises
    ------
    CorpusError
        If a table is missing or damaged.
    """
    # Imported here, because pandas takes long to import, and the first page reads no figures.
    import pandas as pd

    from ser_core.corpora import crema_d
    from ser_core.dataset.listeners import agreement
    from ser_core.dataset.tables import read_clips, read_votes

    clips = read_clips()
    clips = clips[(clips["corpus"] == crema_d.CORPUS) & (clips["defect"] == "")].set_index("clip")
    intended = clips["emotion"].astype(str)
    return float(agreement(read_votes(), intended, pd.Series("all", index=intended.index))["share"].iloc[0])


def read_model_text(name: str) -> str:
    """Return the text of a file in ``models/``.

    Parameters
    ----------
    name : str
        The file's name.

    Raises
    ------
    ModelError
        If the file is missing.
    """
    try:
        return (MODELS_DIR / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(
            f"The file {name} is missing",
            expected="the figures that come with the app, in models/",
            advice="Restore that file, or measure the networks again with python -m ser_core experiment",
        ) from error
