"""The section "Learning": learning curves, explored settings and ablations."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui.common.charts import CONFIG
from ui.common.metrics_store import ORIGINAL, OURS
from ui.model import charts
from ui.model.share_table import share_table

_CURVE_EXPLANATIONS = {
    "loss": (
        "**Loss by epoch**: the loss falls while the network learns. The speakers are divided into five groups; each "
        "line is a training that leaves one group out."
    ),
    "test_uar": (
        "**UAR on the speakers left out**: shown here only. It was not used to choose anything: the number of epochs "
        "was fixed before."
    ),
}


def show(figures: dict[str, Any]) -> None:
    """Show the learning curves, the explored settings, the ablations, and the ablation of the original's features.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    ours = figures[OURS]
    log = ours["learning_curve"]
    curves = [column for column in log[0] if column in _CURVE_EXPLANATIONS]
    for place, column in zip(st.columns(len(curves), gap="large"), curves, strict=True):
        with place:
            st.markdown(_CURVE_EXPLANATIONS[column])
            figure = charts.curves_over_epochs(log, column)
            st.plotly_chart(figure, config=CONFIG, key=f"curve_{column}", alt=column.replace("_", " "))
    if "explored" in ours:
        st.markdown(
            "**What was tried before the settings were fixed**: one training for each line. The numbers are UAR on new "
            "voices. “First” means that only the first fifth of the speakers was tested, and so on."
        )
        explored = pd.DataFrame(ours["explored"]).set_index("fold")
        # The long text comes last, so that a narrow screen shows the numbers.
        share_table(explored[[*explored.columns.drop("tried"), "tried"]], "Table by fold")
    if "ablations" in ours:
        st.markdown(
            "**Which parts of the training matter**: each line leaves one part out. Each was tested on one fifth of "
            "the speakers, after a short training. “Another seed” is the same training with other random numbers: a "
            "difference that is not larger than this one may be chance."
        )
        share_table(pd.DataFrame(ours["ablations"]).set_index("ablation"), "Table by ablation")
    features = figures.get(ORIGINAL, {}).get("features")
    if features:
        st.markdown(
            "**Which of the original's five features matter**: each one alone, and all without that one (UAR on "
            "RAVDESS actors who were not in the training)."
        )
        names = {"n": "numbers", "alone_uar": "alone", "without_uar": "all but this"}
        share_table(pd.DataFrame(features).set_index("feature").rename(columns=names), "Table by feature")
