"""What is taken for what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ui.charts import CONFIG
from ui.confusion import confusion, in_percent
from ui.model import store
from ui.model.store import OURS

_EVERYBODY = "everybody"
_SHOWN = ["clip", "speaker", "sex", "sentence", "intensity", "probability", "fold"]


def show(figures: dict[str, Any]) -> None:
    """Show the confusion matrix of a corpus, the clips behind a cell, and each emotion's figures."""
    heard = figures[OURS]["speaker_independent"]
    corpus = st.segmented_control(
        "Corpus", list(heard["corpora"]), default="RAVDESS", required=True, key="mixup_corpus"
    )
    by_sex = heard["sex"].get(corpus, {})
    left, right = st.columns(2)
    with left:
        who = st.segmented_control(
            "Who speaks", [_EVERYBODY, *by_sex], default=_EVERYBODY, required=True, key=f"mixup_who_{corpus}"
        )
    with right:
        is_count = st.toggle("Count clips instead of per cent", key="mixup_counts", persist_state="session")
    found = heard["corpora"][corpus] if who == _EVERYBODY else by_sex[who]
    st.markdown(
        f"**{found['n']:,} clips of {found['n_speakers']} speakers**: each row is one intended emotion, the diagonal "
        "was answered as meant. Click a cell to see its clips."
    )
    counts = np.array(found["confusion"])
    sums = counts.sum(axis=1, keepdims=True)
    shares = np.where(sums > 0, counts / np.maximum(sums, 1), np.nan)
    texts = [[f"{n:,}" for n in row] for row in counts] if is_count else in_percent(shares)
    event = st.plotly_chart(
        confusion(shares, found["labels"], texts, answer="answered"),
        config=CONFIG,
        key=f"mixups_{corpus}_{who}",
        alt="What was taken for what",
        on_select="rerun",
        selection_mode="points",
    )
    for point in event["selection"]["points"][:1]:
        _show_cell(corpus, who, *point["customdata"])
    st.markdown(
        "**Each emotion**: of the clips meant so, how many were found (recall); of the answers, how many were right "
        "(precision); F1 is between the two."
    )
    st.dataframe(_by_emotion(found), column_config=_SHARES, alt="Precision, recall and F1 by emotion")
    folds = ", ".join(f"{uar:.1%}" for uar in heard["folds"][corpus].values())
    st.caption(f"Each fifth of the speakers by itself: UAR {folds}. They differ as people do.")


_SHARES = {
    **{name: st.column_config.NumberColumn(name, format="%.0f%%") for name in ("recall", "precision", "F1")},
    "clips": st.column_config.NumberColumn("clips", format="localized"),
}


def _by_emotion(found: dict[str, Any]) -> pd.DataFrame:
    table = pd.DataFrame(found["by_emotion"]).T.rename(columns={"n": "clips", "f1": "F1"})
    table[["recall", "precision", "F1"]] *= 100
    return table[["clips", "recall", "precision", "F1"]].rename_axis("emotion")


def _show_cell(corpus: str, who: str, meant: str, answered: str) -> None:
    table = store.answers()
    rows = table[(table["corpus"] == corpus) & (table["emotion"] == meant) & (table["answer"] == answered)]
    if who != _EVERYBODY:
        rows = rows[rows["sex"] == who]
    st.markdown(f"**{len(rows):,} clips meant {meant}, answered {answered}**, the surest first")
    st.dataframe(
        rows.sort_values("probability", ascending=False)[_SHOWN],
        hide_index=True,
        height=260,
        alt="Clips of the cell",
    )
