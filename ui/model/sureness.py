"""Whether the network knows when it does not know."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui.common.charts import CONFIG
from ui.model import charts
from ui.model.share_table import share_table
from ui.model.store import OURS


def show(figures: dict[str, Any]) -> None:
    """Show reliability, coverage and the ROC curves."""
    ours = figures[OURS]
    heard = ours["speaker_independent"]["corpora"]
    left, right = st.columns(2, gap="large")
    with left:
        error = ours["reliability"]["expected_calibration_error"]
        st.markdown(
            "**Does 70 % mean 70 %?** On the dashed line it does; under it the network is too sure of itself. On "
            f"average it is off by **{error:.1%}** (expected calibration error, new voices)."
        )
        figure = charts.reliability(ours["reliability"]["bins"])
        st.plotly_chart(figure, config=CONFIG, key="reliability", alt="Reliability diagram")
    with right:
        whole = ours["selective"]
        st.markdown(
            f"**“Not sure” pays.** It answers **{whole['coverage']:.1%}** of the clips and is right in "
            f"**{whole['accuracy']:.1%}** of these; the further left, the fewer clips it dares to answer."
        )
        curves = {"all together": whole["curve"]} | {
            corpus: found["selective"]["curve"] for corpus, found in heard.items()
        }
        st.plotly_chart(charts.coverage(curves), config=CONFIG, key="coverage", alt="Accuracy by coverage")
    st.markdown(
        "**Not for every voice alike**: it is too sure of the Polish and Italian ones (nEMO, EMOVO), and wrong about "
        "TESS's two women most often where it is surest. So take even a sure answer to a new voice with care."
    )
    by_corpus = {
        corpus: {
            "off by": found["expected_calibration_error"],
            "answers": found["selective"]["coverage"],
            "right of these": found["selective"]["accuracy"],
        }
        for corpus, found in (heard | ours.get("unseen_corpus", {})).items()
    }
    share_table(pd.DataFrame(by_corpus).T.rename_axis("corpus"), "How sure it is, by corpus")
    st.markdown(
        "**Each emotion against all others** (ROC): the more a curve hugs the upper left corner, the better that "
        "emotion is told from the rest. The number is the area under it: 1 is perfect, 0.5 is guessing."
    )
    st.plotly_chart(charts.roc(ours["roc"]), config=CONFIG, key="roc", alt="ROC curves by emotion")
