"""The section "How good": strangers first, then the networks compared, known corpora, and a random split."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ser_core.corpora import LABELS_OF
from ser_core.lessons.lesson import with_linked_terms
from ser_core.network_figures import ORIGINAL_CLAIM, new_speaker_figures
from ui.common.chart_table import show_chart
from ui.common.metrics_store import ORIGINAL, listeners_agreement
from ui.common.tokens import GREY, PEOPLE, WARNING
from ui.model import charts, shown_network, side_by_side, stranger_results

_LEAKY_CORPUS = "TESS"

_MARKERS = (
    charts.Marker("guessing", "guessing", "line-ns-open", GREY),
    charts.Marker("original", "the original's recipe", "square", GREY),
    charts.Marker("listeners", "people", "diamond", PEOPLE),
    charts.Marker("random_split", "on voices from its training", "circle-open", WARNING),
)


def show(figures: dict[str, Any]) -> None:
    """Show how well strangers are recognised, the networks side by side, known corpora, and a random split.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    network = shown_network.choose(figures)
    stranger_results.show(figures[network])
    side_by_side.show(figures)
    _show_known_corpora(figures, network)
    _show_random_split(figures[network])


def _show_known_corpora(figures: dict[str, Any], network: str) -> None:
    st.markdown(
        with_linked_terms(
            "**New speakers of known corpora**: here other people of the same [[corpus]], with the same sentences, "
            "room and microphone, were in the training. So the results are better than on strangers. The filled dot "
            "is the result on speakers that were left out. The open red dot is the same network in an unfair test (a "
            "[[random split]]): the same voices were in its training."
        )
    )
    show_chart(
        charts.uar_by_corpus(_corpus_rows(figures, network), "on new speakers", _MARKERS),
        key="uar_by_corpus",
        alt="UAR on new speakers, by corpus",
    )
    st.caption(
        "**People**, CREMA-D: the share of the votes for the emotion that the actor played (Cao et al. 2014). "
        "Listeners only heard the clip, without the face, and chose one of six emotions. Unlike the network, they were "
        "not trained for it. The Data page compares both in detail. EmoDB: its makers kept only clips that more than "
        "80 % of its listeners recognised, so people do better there (Burkhardt et al. 2005)."
    )
    st.caption(
        with_linked_terms(
            "The line is the 95 % interval over speakers. CREMA-D's recordings are **reconstructed** here: made into "
            "sound again from published [[mel spectrogram|mel spectrograms]]. **The original's recipe** is the "
            "[[network]] of the project that this app is based on, trained again and tested on the same new speakers."
        )
    )


def _corpus_rows(figures: dict[str, Any], network: str) -> list[dict[str, Any]]:
    network_figures = figures[network]
    original_corpora = {} if network == ORIGINAL else new_speaker_figures(figures.get(ORIGINAL, {}))
    random_split = network_figures.get("random_split", {}).get("corpora", {})
    listeners = {"CREMA-D": listeners_agreement()}
    never_trained_on = network_figures.get("unseen_corpus", {})
    return [
        {
            "name": f"{corpus}, never trained on" if corpus in never_trained_on else corpus,
            "uar": results["uar"],
            "interval": results["uar_interval"],
            "guessing": 1 / len(LABELS_OF[corpus]),
            "original": original_corpora.get(corpus, {}).get("uar"),
            "random_split": random_split.get(corpus, {}).get("uar"),
            "listeners": results.get("listeners_accuracy", listeners.get(corpus)),
        }
        for corpus, results in new_speaker_figures(network_figures).items()
    ]


def _show_random_split(network_figures: dict[str, Any]) -> None:
    new_speakers = network_figures["speaker_independent"]["corpora"].get(_LEAKY_CORPUS)
    random_split = network_figures.get("random_split", {}).get("corpora", {}).get(_LEAKY_CORPUS)
    if not new_speakers or not random_split:
        return
    with st.container(border=True):
        st.markdown(f"**Why {ORIGINAL_CLAIM:.0%} is too high**")
        st.markdown(
            with_linked_terms(
                f"The original project reports {ORIGINAL_CLAIM:.0%}. Its test clips were chosen at random, so the "
                "same people, often with the same sentence, were in the training and in the test. The two women of "
                f"{_LEAKY_CORPUS} show the effect: on a random split this network scores "
                f"**{random_split['uar']:.1%}**. When the tested woman was not in the training, it scores "
                f"**{new_speakers['uar']:.1%}**. A random split rewards a network that recognises the speaker. It "
                "does not test whether it recognises an emotion. Experts call this [[leakage]]."
            )
        )
