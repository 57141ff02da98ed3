"""The section "How good": recognition of new voices, compared with baselines, people and a random split."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ser_core.corpora import LABELS_OF
from ser_core.network_figures import new_speaker_figures
from ui.common.charts import CONFIG
from ui.common.metrics_store import ORIGINAL, OURS, listeners_agreement
from ui.model import charts

_HEADLINE_CORPUS = "RAVDESS"
_LEAKY_CORPUS = "TESS"

# Accuracy that the original project reports, measured on a random split of all four corpora.
_ORIGINAL_CLAIM = 0.71


def show(figures: dict[str, Any]) -> None:
    """Show the main result, the results by corpus next to baselines, and the effect of a random split.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    ours = figures[OURS]
    new_voices, random_split = ours["speaker_independent"]["corpora"], ours["random_split"]["corpora"]
    ravdess = new_voices[_HEADLINE_CORPUS]
    low, high = ravdess["uar_interval"]
    for column, label, uar in zip(
        st.columns(3),
        (f"{_HEADLINE_CORPUS}, new voices", "Guessing", f"{_HEADLINE_CORPUS}, voices from its training"),
        (ravdess["uar"], 1 / len(ravdess["labels"]), random_split[_HEADLINE_CORPUS]["uar"]),
        strict=True,
    ):
        column.metric(label, f"{uar:.1%}", border=True)
    st.markdown(
        f"The network was tested on **{ravdess['n_speakers']} RAVDESS actors who were not in its training**. For each "
        f"emotion, we count how many of its clips the network gets right. The average over the emotions is "
        f"{ravdess['uar']:.1%} (95 % interval {low:.1%} to {high:.1%}). This is the unweighted average recall, "
        "**UAR**: each emotion counts the same, even if it has more clips."
    )
    st.markdown(
        "**By corpus** (collection of recordings): the filled dot is the fair result. The open red dot is the same "
        "network in an unfair test (a random split): the same voices were in its training."
    )
    st.plotly_chart(
        charts.uar_by_corpus(_corpus_rows(figures)), config=CONFIG, key="uar_by_corpus", alt="UAR by corpus"
    )
    st.caption(
        "**People**, CREMA-D: the share of the votes for the emotion that the actor played (Cao et al. 2014). "
        "Listeners only heard the clip, without the face, and chose one of six emotions. Unlike the network, they were "
        "not trained for it. The Data page compares both in detail. EmoDB: its makers kept only clips that more than "
        "80 % of its listeners recognised, so people do better there (Burkhardt et al. 2005)."
    )
    st.caption(
        "The line is the 95 % interval over speakers. CREMA-D's recordings are **reconstructed** here: made into sound "
        "again from published mel spectrograms. **The original's recipe** is the network of the project that this app "
        "is based on, trained again and tested on the same new voices."
    )
    _show_random_split(ours)


def _corpus_rows(figures: dict[str, Any]) -> list[dict[str, Any]]:
    ours, original_corpora = figures[OURS], new_speaker_figures(figures.get(ORIGINAL, {}))
    listeners = {"CREMA-D": listeners_agreement()}
    rows = [
        {
            "name": corpus,
            "ours": results["uar"],
            "interval": results["uar_interval"],
            "guessing": 1 / len(results["labels"]),
            "original": original_corpora.get(corpus, {}).get("uar"),
            "random_split": ours["random_split"]["corpora"].get(corpus, {}).get("uar"),
            "listeners": listeners.get(corpus),
        }
        for corpus, results in ours["speaker_independent"]["corpora"].items()
    ]
    rows += [
        {
            "name": f"{corpus}, never trained on",
            "ours": results["uar"],
            "interval": results["uar_interval"],
            "guessing": 1 / len(LABELS_OF[corpus]),
            "original": original_corpora.get(corpus, {}).get("uar"),
            "listeners": results["listeners_accuracy"],
        }
        for corpus, results in ours.get("unseen_corpus", {}).items()
    ]
    return rows


def _show_random_split(ours: dict[str, Any]) -> None:
    new_voices = ours["speaker_independent"]["corpora"][_LEAKY_CORPUS]
    random_split = ours["random_split"]["corpora"][_LEAKY_CORPUS]
    with st.container(border=True):
        st.markdown(f"**Why the {_ORIGINAL_CLAIM:.0%} of the original project is too high**")
        st.markdown(
            f"The original project reports {_ORIGINAL_CLAIM:.0%}. Its test clips were chosen at random, so the same "
            "people, often with the same sentence, were in the training and in the test. The two women of "
            f"{_LEAKY_CORPUS} show what that does: on a random split our network scores **{random_split['uar']:.1%}**. "
            f"When the tested woman was not in the training, it scores **{new_voices['uar']:.1%}**. A random split "
            "tests whether the network remembers a voice. It does not test whether it recognises an emotion."
        )
