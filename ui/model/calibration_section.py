"""The section "How sure": answers to strangers, calibration, selective answers and ROC curves."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ser_core.lessons.lesson import with_linked_terms
from ser_core.network_figures import NO_PROFILE, new_speaker_figures, stranger_mean
from ui.common.chart_table import show_chart
from ui.common.charts import CONFIG
from ui.model import charts, shown_network, stranger_answers
from ui.model.share_table import share_table


def show(figures: dict[str, Any]) -> None:
    """Show the kinds of answers that strangers get, calibration, accuracy by coverage, and the ROC curves.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    network_figures = figures[shown_network.choose(figures)]
    stranger_answers.show(network_figures)
    _show_calibration(network_figures)
    _show_known_corpora(network_figures)
    st.markdown(
        with_linked_terms(
            "**Each emotion against all others** ([[ROC curve|ROC]]), on new speakers of known corpora: the closer a "
            "curve is to the upper left corner, the better the network separates that emotion from the rest. The "
            "number is the area under the curve: 1 is perfect, 0.5 is guessing."
        )
    )
    st.plotly_chart(charts.roc(network_figures["roc"]), config=CONFIG, key="roc", alt="ROC curves by emotion")


def _show_calibration(network_figures: dict[str, Any]) -> None:
    strangers, mean = network_figures.get("strangers"), stranger_mean(network_figures)
    if strangers and mean:
        tested_on, error = "strangers, mean of the corpora", mean["expected_calibration_error"]
        bins, curves = strangers["bins"][NO_PROFILE], strangers["curves"]
    else:
        tested_on, error = (
            "new speakers of known corpora",
            network_figures["reliability"]["expected_calibration_error"],
        )
        bins = network_figures["reliability"]["bins"]
        curves = {
            corpus: results["selective"]["curve"]
            for corpus, results in network_figures["speaker_independent"]["corpora"].items()
        }
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(
            with_linked_terms(
                "**Does 70 % mean 70 %?** On the dashed line, the [[probability]] of an answer equals the share of "
                "right answers. Below the line, the probabilities are too high. On average, the two differ by "
                f"**{error:.1%}** (expected [[calibration error]]; {tested_on})."
            )
        )
        show_chart(charts.reliability(bins), key="reliability", alt="Reliability diagram")
    with right:
        st.markdown(
            with_linked_terms(
                "**Fewer answers, more of them right**: on the right, every clip gets an answer. Further to the left, "
                "only the clips with the highest probabilities get one. Each line is a [[corpus]]."
            )
        )
        st.plotly_chart(charts.coverage(curves), config=CONFIG, key="coverage", alt="Accuracy by coverage")


def _show_known_corpora(network_figures: dict[str, Any]) -> None:
    st.markdown(
        "**New speakers of known corpora**: the percentages were fitted on strangers, so they need not hold here. "
        "In the table, “one emotion” is the share of clips for which the network names a single emotion, and “right of "
        "these” is the share of these clips for which it is right."
    )
    by_corpus = {
        corpus: {
            "calibration error": results["expected_calibration_error"],
            "one emotion": results["selective"]["coverage"],
            "right of these": results["selective"]["accuracy"],
        }
        for corpus, results in new_speaker_figures(network_figures).items()
    }
    table = pd.DataFrame(by_corpus, dtype=float).T.rename_axis("corpus")
    share_table(table, "How sure the network is of new speakers, by corpus", missing=stranger_answers.NO_CLIP)
