"""The section "For whom": results by group of speakers, by corpus, and under recording conditions."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ser_core.lessons.lesson import with_linked_terms
from ser_core.network_figures import new_speaker_figures
from ui.common.chart_table import show_chart
from ui.model import charts, shown_network
from ui.model.share_table import share_table


def show(figures: dict[str, Any]) -> None:
    """Show the results by sex, age and voice, on corpora left out of training, and on corrupted recordings.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    network_figures = figures[shown_network.choose(figures)]
    new_voices = network_figures["speaker_independent"]
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(
            with_linked_terms("**Women and men**, [[UAR]]: where the grey lines overlap, the difference may be chance.")
        )
        by_sex = {
            f"{corpus}, {sex}": results
            for corpus, results_by_sex in new_voices["sex"].items()
            for sex, results in results_by_sex.items()
        }
        show_chart(charts.uar_bars(by_sex), key="by_sex", alt="UAR by sex")
    with right:
        st.markdown("**Age in years** (CREMA-D, **reconstructed** recordings): younger and older actors.")
        by_age = new_voices["age"]
        show_chart(charts.uar_bars(by_age), key="by_age", alt="UAR by age")
    st.markdown(
        with_linked_terms(
            "**Each voice is different**: for some people the [[network]] predicts sad too often, for others angry. "
            "With the knowledge of how each person usually sounds, many more answers would be right. So compare two "
            "clips of the same person, not clips of two people."
        )
    )
    corpora = new_speaker_figures(network_figures)
    voice_table = pd.DataFrame(corpora).T[["uar", "oracle_prior_uar"]].astype(float).rename_axis("corpus")
    share_table(
        voice_table.rename(columns={"uar": "UAR", "oracle_prior_uar": "if each voice were known"}),
        "UAR as measured, and UAR if each voice were known",
    )
    if "without_corpus" in network_figures or "unseen_corpus" in network_figures:
        st.markdown(
            with_linked_terms(
                "**[[corpus|Corpora]] that were left out of the [[training]]**: other rooms, microphones and "
                "languages. Your own recordings are most like these."
            )
        )
        unseen_corpora = network_figures.get("unseen_corpus", {}) | network_figures.get("without_corpus", {})
        show_chart(charts.uar_bars(unseen_corpora), key="unseen", alt="UAR on corpora left out")
    if "corrupted" in network_figures:
        st.markdown(
            with_linked_terms(
                "**Corrupted recordings** (RAVDESS, new voices): how many points of [[UAR]] are lost when a recording "
                "is noisy, compressed, or comes from a telephone or a small room. 20 dB SNR: the noise is 20 dB softer "
                "than the voice."
            )
        )
        corruption_table = (
            pd.DataFrame(network_figures["corrupted"]).T.rename_axis("recording").rename({"none": "as it is"})
        )
        share_table(
            corruption_table.rename(columns={"uar": "UAR", "lost": "points lost"}),
            "UAR of corrupted recordings",
            points=["points lost"],
        )
