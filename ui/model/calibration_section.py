"""The section "How sure": calibration, selective answers and ROC curves."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ser_core.network_figures import new_speaker_figures
from ui.common.charts import CONFIG
from ui.common.metrics_store import OURS
from ui.model import charts
from ui.model.share_table import share_table


def show(figures: dict[str, Any]) -> None:
    """Show the reliability diagram, accuracy by coverage, calibration by corpus, and the ROC curves.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    ours = figures[OURS]
    corpora = ours["speaker_independent"]["corpora"]
    left, right = st.columns(2, gap="large")
    with left:
        calibration_error = ours["reliability"]["expected_calibration_error"]
        st.markdown(
            "**Does 70 % mean 70 %?** On the dashed line, the network is right as often as it expects. Below the line "
            f"it is too sure of itself. On average the two differ by **{calibration_error:.1%}** (expected calibration "
            "error, on new voices)."
        )
        figure = charts.reliability(ours["reliability"]["bins"])
        st.plotly_chart(figure, config=CONFIG, key="reliability", alt="Reliability diagram")
    with right:
        selective = ours["selective"]
        right_answers = "none" if selective["accuracy"] is None else f"**{selective['accuracy']:.1%}**"
        st.markdown(
            "**It helps to say “not sure”.** The network names a single emotion for "
            f"**{selective['coverage']:.1%}** of the clips, and {right_answers} of these answers are right. Further to "
            "the left, it answers fewer clips."
        )
        curves = {"all together": selective["curve"]} | {
            corpus: results["selective"]["curve"] for corpus, results in corpora.items()
        }
        st.plotly_chart(charts.coverage(curves), config=CONFIG, key="coverage", alt="Accuracy by coverage")
    st.markdown(
        "**It depends on the voice**: the network is too sure about the Polish and Italian voices (nEMO, EMOVO). For "
        "the two women of TESS it is wrong most often where it is most sure. So be careful with every answer to a new "
        "voice, even a sure one. In the table, “off by” is the calibration error, “answers” is the share of clips that "
        "get an answer instead of “not sure”, and “right of these” is the share of right answers."
    )
    by_corpus = {
        corpus: {
            "off by": results["expected_calibration_error"],
            "answers": results["selective"]["coverage"],
            "right of these": results["selective"]["accuracy"],
        }
        for corpus, results in new_speaker_figures(ours).items()
    }
    share_table(pd.DataFrame(by_corpus).T.rename_axis("corpus"), "How sure the network is, by corpus")
    st.markdown(
        "**Each emotion against all others** (ROC): the closer a curve is to the upper left corner, the better the "
        "network separates that emotion from the rest. The number is the area under the curve: 1 is perfect, 0.5 is "
        "guessing."
    )
    st.plotly_chart(charts.roc(ours["roc"]), config=CONFIG, key="roc", alt="ROC curves by emotion")
