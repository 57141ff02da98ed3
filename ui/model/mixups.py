"""What is taken for what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ui.common.charts import CONFIG
from ui.common.confusion import confusion, in_percent
from ui.model import store
from ui.model.store import OURS

_EVERYBODY = "everybody"
_FOLD = "fold-"
_SHOWN = ["clip", "speaker", "sex", "sentence", "intensity", "probability", "fifth"]


def show(figures: dict[str, Any]) -> None:
    """Show the confusion matrix of a corpus, the clips behind a cell, and each emotion's figures."""
    heard = figures[OURS]["speaker_independent"]
    corpus = st.segmented_control(
        "Corpus", list(heard["corpora"]), default="RAVDESS", required=True, key="mixup_corpus"
    )
    by_sex, folds = heard["sex"].get(corpus, {}), heard["folds"][corpus]
    who = st.segmented_control(
        "Who speaks",
        [_EVERYBODY, *by_sex, *folds],
        default=_EVERYBODY,
        required=True,
        format_func=_in_words,
        key=f"mixup_who_{corpus}",
        help="Each fifth of the speakers was tested by a network that had learnt from the others.",
    )
    is_count = st.toggle("Count clips instead of per cent", key="mixup_counts", persist_state="session")
    found = store.fold(corpus, who) if who in folds else {_EVERYBODY: heard["corpora"][corpus], **by_sex}[who]
    st.markdown(
        f"**{found['n']:,} clips of {_speakers(found)}**: each row is one intended emotion, the diagonal was answered "
        f"as meant (UAR **{found['uar']:.1%}**). Click a cell to see its clips."
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
    st.caption(
        f"Each fifth of the speakers by itself: UAR {', '.join(f'{uar:.1%}' for uar in folds.values())}. They differ "
        "as people do."
    )


def _in_words(who: str) -> str:
    return f"fifth {_number(who)}" if who.startswith(_FOLD) else who


def _number(fold: str) -> int:
    return int(fold.removeprefix(_FOLD)) + 1


def _speakers(found: dict[str, Any]) -> str:
    return "1 speaker" if found["n_speakers"] == 1 else f"{found['n_speakers']} speakers"


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
        rows = rows[rows["fold" if who.startswith(_FOLD) else "sex"] == who]
    rows = rows.assign(fifth=rows["fold"].map(_number))
    st.markdown(f"**{len(rows):,} clips meant {meant}, answered {answered}**, the surest first")
    st.dataframe(
        rows.sort_values("probability", ascending=False)[_SHOWN],
        hide_index=True,
        height=260,
        alt="Clips of the cell",
    )
