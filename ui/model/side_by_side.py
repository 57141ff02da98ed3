"""The networks next to each other: strangers, new speakers of known corpora, and a random split."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ser_core.network_figures import LARGE_PROFILE, NO_PROFILE, new_speaker_figures, stranger_mean
from ui.model.share_table import share_table

# Two corpora are enough to show the effect of a random split: the eight emotions of RAVDESS, the two voices of TESS.
_RANDOM_SPLIT_CORPORA = ("RAVDESS", "TESS")


def show(figures: dict[str, Any]) -> None:
    """Show one column for each network, the newest first.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    st.markdown(
        "**The networks side by side** (UAR). First strangers: the mean over the corpora that were left out. Then "
        "new speakers of the corpora that the network was trained on. Last the random split, an unfair test."
    )
    parts = [
        pd.DataFrame({network: rows_of(figures[network]) for network in reversed(figures)}, dtype=float)
        for rows_of in (_strangers, _new_speakers, _random_split)
    ]
    share_table(pd.concat(parts).rename_axis("tested on"), "The networks compared", missing="not measured")


def _strangers(network_figures: dict[str, Any]) -> dict[str, float]:
    profiles = {"strangers": NO_PROFILE, f"strangers, {LARGE_PROFILE} known": LARGE_PROFILE}
    means = {row: stranger_mean(network_figures, profile) for row, profile in profiles.items()}
    return {row: mean["uar"] for row, mean in means.items() if mean}


def _new_speakers(network_figures: dict[str, Any]) -> dict[str, float]:
    never_trained_on = network_figures.get("unseen_corpus", {})
    return {
        f"{corpus}, never trained on" if corpus in never_trained_on else corpus: results["uar"]
        for corpus, results in new_speaker_figures(network_figures).items()
    }


def _random_split(network_figures: dict[str, Any]) -> dict[str, float]:
    corpora = network_figures.get("random_split", {}).get("corpora", {})
    return {f"{name}, random split": corpora[name]["uar"] for name in _RANDOM_SPLIT_CORPORA if name in corpora}
