"""How it was trained, and what earns its place."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui.common.charts import CONFIG
from ui.model import charts
from ui.model.share_table import share_table
from ui.model.store import ORIGINAL, OURS


def show(figures: dict[str, Any]) -> None:
    """Show the learning curves, the ablations of the training, and the ablation of the original's features."""
    ours = figures[OURS]
    log = ours["learning_curve"]
    columns = [name for name in log[0] if name in _CURVES]
    for place, column in zip(st.columns(len(columns), gap="large"), columns, strict=True):
        with place:
            st.markdown(_CURVES[column])
            figure = charts.curves_over_epochs(log, column)
            st.plotly_chart(figure, config=CONFIG, key=f"curve_{column}", alt=column.replace("_", " "))
    if "explored" in ours:
        st.markdown(
            "**What was tried before the settings were fixed**: one training each, UAR on voices that it had not "
            "heard; “first” is the first fifth of the speakers alone, and so on."
        )
        explored = pd.DataFrame(ours["explored"]).set_index("fold")
        # The long text last, so that a narrow screen shows the numbers.
        share_table(explored[[*explored.columns.drop("tried"), "tried"]], "Table by fold")
    if "ablations" in ours:
        st.markdown(
            "**What the training is made of**: each line takes one part away, on one fifth of the speakers and after a "
            "short training. “Another seed” is the same training, rolled anew: what differs by no more says little."
        )
        share_table(pd.DataFrame(ours["ablations"]).set_index("ablation"), "Table by ablation")
    features = figures.get(ORIGINAL, {}).get("features")
    if features:
        st.markdown(
            "**Which of the original's five features matter**: alone, and when only that one is missing (UAR on "
            "RAVDESS actors that were not learnt from)."
        )
        named = {"n": "numbers", "alone_uar": "alone", "without_uar": "all but this"}
        share_table(pd.DataFrame(features).set_index("feature").rename(columns=named), "Table by feature")


_CURVES = {
    "loss": "**Loss by epoch**: it falls while the network learns; one line for each fifth of the speakers left out.",
    "test_uar": "**UAR on the speakers left out**: watched, never used: the number of epochs was fixed beforehand.",
}
