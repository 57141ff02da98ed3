"""The section "Learning": learning curves, explored settings and ablations."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ser_core.lessons.lesson import with_linked_terms
from ui.common.chart_table import show_chart
from ui.model import charts, shown_network
from ui.model.share_table import share_table

# By column of the training log: the axis title, whether it holds shares, and the explanation above the chart.
_CURVES = {
    "loss": (
        "loss",
        False,
        "**[[loss|Loss]] by [[epoch]]**: the loss falls while the network learns. The speakers are divided into five "
        "groups. Each line is a training that leaves one group out.",
    ),
    "test_uar": (
        "UAR on new voices",
        True,
        "**UAR on the group left out**: shown here only. It was not used to choose anything: the number of epochs was "
        "fixed before.",
    ),
}

# By name of the fold in the committed table of explored settings.
_TESTED_GROUPS = {
    "all": "all groups",
    "first": "group 1",
    "second": "group 2",
    "third": "group 3",
    "fourth": "group 4",
    "fifth": "group 5",
}

# Words in the committed tables that need an explanation.
_GLOSSARY = {
    "epoch": "one pass through all training clips",
    "rate": "the learning rate: how much the network changes after each batch of training clips",
    "from scratch": "the training starts from random numbers",
    "BYOL-S start": "the training starts from the published network BYOL-S, which learnt from speech without labels",
    "third block": "the last part of the BYOL-S network that looks for patterns; normally it stays unchanged",
    "hop": "the time from one column of the mel spectrogram to the next, in milliseconds",
    "front end": "the step that turns the sound into the mel spectrogram for the network",
    "varied copies, varied draws": "training clips that were changed: other noise, another room, a telephone",
    "seed": "the start of the random numbers",
    "label smoothing": "the target for the right answer is a little less than 100 %",
    "label mask": "a corpus that lacks an emotion is not used as evidence that the emotion never occurs",
    "mixup": "two training clips are added together, and their emotions too; Beta(0.4, 0.4) sets how much of each",
    "MixStyle": (
        "mean and spread of the network's inner values (channel statistics) are mixed between clips, so that rooms and "
        "microphones matter less"
    ),
    "drawn by corpus, speaker and emotion": "training clips are drawn so that each of these is equally frequent",
    "distilled": "the answers of other networks are the training targets",
    "averaged weights": "the final network is the average of the network over its last training steps",
    "bias": "a fixed number that is added to the score of an emotion",
    "fitted out of fold": "chosen on speakers who are not tested with it",
    "listeners' votes": "the votes of listeners count in the target too, not only the emotion that the actor played",
}


def show(figures: dict[str, Any]) -> None:
    """Show the learning curves, the explored settings, the ablations, and the ablation of the original's features.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    network_figures = figures[shown_network.choose(figures)]
    log = network_figures["learning_curve"]
    columns = [column for column in log[0] if column in _CURVES]
    for place, column in zip(st.columns(len(columns), gap="large"), columns, strict=True):
        y_title, is_share, explanation = _CURVES[column]
        with place:
            st.markdown(with_linked_terms(explanation))
            figure = charts.curves_over_epochs(log, column, y_title, is_share=is_share)
            show_chart(figure, key=f"curve_{column}", alt=f"{y_title} by epoch")
    if "explored" in network_figures:
        st.markdown(
            "**What was tried before the settings were fixed**: one training for each line. The numbers are UAR on new "
            "voices, in the groups that were tested. An empty cell was not measured, or that group has no voice of the "
            "corpus."
        )
        explored = pd.DataFrame(network_figures["explored"])
        explored["fold"] = explored["fold"].map(lambda fold: _TESTED_GROUPS.get(fold, fold))
        explored = explored.rename(columns={"fold": "tested on"}).set_index("tested on")
        # The long text comes last, so that a narrow screen shows the numbers.
        share_table(explored[[*explored.columns.drop("tried"), "tried"]], "Explored settings")
    if "ablations" in network_figures:
        st.markdown(
            "**Which parts of the training matter**: each line leaves one part out. Each was tested on one group of "
            "speakers, after a short training. “Another seed” is the same training with other random numbers: a "
            "difference that is not larger than this one may be chance."
        )
        share_table(
            pd.DataFrame(network_figures["ablations"]).rename(columns={"ablation": "training"}).set_index("training"),
            "Ablations",
        )
    if {"explored", "ablations"} & set(network_figures):
        with st.expander("What the words in these tables mean", icon=":material/dictionary:"):
            st.markdown("\n".join(f"- **{term}**: {explanation}." for term, explanation in _GLOSSARY.items()))
    if "features" in network_figures:
        st.markdown(
            "**Which of its five features matter**: each one alone, and all without that one (UAR on "
            "RAVDESS actors who were not in the training). The page “See the sound” explains each feature."
        )
        names = {"n": "numbers", "alone_uar": "alone", "without_uar": "all but this"}
        share_table(
            pd.DataFrame(network_figures["features"]).set_index("feature").rename(columns=names), "Ablation of features"
        )
