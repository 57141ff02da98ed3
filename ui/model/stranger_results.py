"""Recognition of strangers: people, rooms and microphones of a corpus that was left out of the training."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ser_core.corpora import LABELS_OF
from ser_core.network_figures import NO_PROFILE, SKEWED_PROFILE, never_trained_on, other_seeds
from ui.common.charts import CONFIG
from ui.common.tokens import GOOD, GREY
from ui.model import charts
from ui.model.share_table import share_table

NOT_MEASURED = "**Strangers**: not measured for this network. It was always trained on all of its corpora."

_SYMBOLS = ("triangle-right-open", "triangle-right")


def show(network_figures: dict[str, Any]) -> None:
    """Show the UAR on corpora that were left out of the training, by size of the voice profile.

    Parameters
    ----------
    network_figures : dict
        The entry of one network in ``metrics.json``.
    """
    strangers = network_figures.get("strangers")
    if strangers is None:
        st.markdown(NOT_MEASURED)
        return
    means = {profile: mean["uar"] for profile, mean in strangers["mean"].items() if profile != SKEWED_PROFILE}
    labels = {"A stranger": means.pop(NO_PROFILE)}
    labels |= {f"{profile} known": uar for profile, uar in means.items()}
    labels |= {"Guessing": strangers["guessing"]}
    for column, (label, uar) in zip(st.columns(len(labels)), labels.items(), strict=True):
        column.metric(label, f"{uar:.1%}", border=True)
    st.markdown(
        "**Strangers**: each corpus (collection of recordings) was left out of a training, and the network was tested "
        "on it. Its people, rooms and microphones were new, and in two cases its language. A recording of yours is "
        "most like this. The number above is the mean of these tests. It counts each emotion the same (UAR)."
    )
    if means:
        st.markdown(
            "**With clips of the voice known**, the network compares each clip with a few other clips of the same "
            "person. The emotions of these clips are not used."
        )
    st.plotly_chart(
        charts.uar_by_corpus(
            _rows(network_figures, list(means)),
            "a stranger",
            [
                charts.Marker("guessing", "guessing", "line-ns-open", GREY),
                *(
                    charts.Marker(profile, f"{profile} of the voice known", symbol, GOOD)
                    for profile, symbol in zip(means, _SYMBOLS, strict=False)
                ),
            ],
        ),
        config=CONFIG,
        key="strangers_by_corpus",
        alt="UAR on corpora that were left out of the training",
    )
    st.caption(
        "The line is the 95 % interval over speakers. TESS has only two speakers, and so no interval. Two corpora "
        "are not part of the mean: RAVDESS song, because the training has no other songs, and EmoDB, "
        f"which is never trained on. {other_seeds(network_figures)}"
    )
    with st.expander("The same as a table", icon=":material/table:"):
        share_table(
            _table(network_figures), "UAR on corpora left out of the training, by voice profile", missing="not measured"
        )


def _rows(network_figures: dict[str, Any], profiles: list[str]) -> list[dict[str, Any]]:
    by_profile = network_figures["strangers"]["corpora"]
    left_out = [
        {
            "name": corpus,
            "uar": results["uar"],
            "interval": network_figures["without_corpus"][corpus]["uar_interval"],
            "guessing": 1 / len(LABELS_OF[corpus]),
            **{profile: by_profile[profile][corpus]["uar"] for profile in profiles},
        }
        for corpus, results in by_profile[NO_PROFILE].items()
    ]
    return left_out + [
        {
            "name": f"{corpus}, never trained on",
            "uar": uars[NO_PROFILE],
            "interval": network_figures["unseen_corpus"][corpus]["uar_interval"],
            "guessing": 1 / len(LABELS_OF[corpus]),
            **uars,
        }
        for corpus, uars in never_trained_on(network_figures).items()
    ]


def _table(network_figures: dict[str, Any]) -> pd.DataFrame:
    strangers, uars_never_trained_on = network_figures["strangers"], never_trained_on(network_figures)
    columns = {
        profile: {
            "mean": strangers["mean"][profile]["uar"],
            **{corpus: results["uar"] for corpus, results in by_corpus.items()},
            **{
                f"{corpus}, never trained on": uars[profile]
                for corpus, uars in uars_never_trained_on.items()
                if profile in uars
            },
        }
        for profile, by_corpus in strangers["corpora"].items()
    }
    return pd.DataFrame(columns).rename_axis("corpus left out")
