"""For whom, and under which conditions, it works better or worse."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui.common.charts import CONFIG
from ui.model import charts
from ui.model.share_table import share_table
from ui.model.store import OURS


def show(figures: dict[str, Any]) -> None:
    """Show the figures by sex, age and voice, of corpora left out, and of corrupted recordings."""
    ours = figures[OURS]
    heard = ours["speaker_independent"]
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Women and men**: where the grey lines overlap, a difference may be chance.")
        by_sex = {f"{corpus}, {sex}": each for corpus, found in heard["sex"].items() for sex, each in found.items()}
        st.plotly_chart(charts.intervals(by_sex), config=CONFIG, key="by_sex", alt="UAR by sex")
    with right:
        st.markdown("**Age** (CREMA-D, **reconstructed** recordings): younger and older actors.")
        by_age = {f"{age} years": each for age, each in heard["age"].items()}
        st.plotly_chart(charts.intervals(by_age), config=CONFIG, key="by_age", alt="UAR by age")
    st.markdown(
        "**The voice itself**: some people sound sad to it whatever they say, others angry. Where its answers are "
        "evened out for each person, far more are right. So compare two clips of one person rather than of two."
    )
    measured = heard["corpora"] | ours.get("unseen_corpus", {})
    known = pd.DataFrame(measured).T[["uar", "oracle_prior_uar"]].astype(float).rename_axis("corpus")
    named = {"uar": "UAR", "oracle_prior_uar": "if it knew each voice"}
    share_table(known.rename(columns=named), "UAR as it is, and if each voice were known")
    if "without_corpus" in ours or "unseen_corpus" in ours:
        st.markdown(
            "**A corpus that it never trained on**: other rooms, microphones, languages. This is nearest to what a new "
            "recording of yours is."
        )
        unseen = ours.get("unseen_corpus", {}) | ours.get("without_corpus", {})
        st.plotly_chart(charts.intervals(unseen), config=CONFIG, key="unseen", alt="UAR on corpora left out")
    if "corrupted" in ours:
        st.markdown("**Corrupted recordings** (RAVDESS, new voices): how many points of UAR each corruption costs.")
        table = pd.DataFrame(ours["corrupted"]).T.rename_axis("corruption")
        named = {"uar": "UAR", "lost": "points lost"}
        share_table(table.rename(columns=named), "UAR of corrupted recordings", points=["points lost"])
