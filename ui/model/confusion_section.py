"""The section "Mix-ups": confusion matrices, and the clips behind each cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ser_core.corpora.sentences import sentence_text
from ser_core.lessons.lesson import with_linked_terms
from ui.common import links
from ui.common.charts import CONFIG
from ui.common.confusion import confusion, in_percent
from ui.common.linked_choice import choose_option
from ui.model import shown_network, store
from ui.model.speaker_groups import group_name, group_number, is_fold

_EVERYBODY = "everybody"
_COUNT = links.option("count", (False, True), default=False)
_CLIP_COLUMNS = ["clip", "speaker", "sex", "sentence", "intensity", "probability", "group"]
_EMOTION_COLUMNS = {
    **{name: st.column_config.NumberColumn(name, format="%.0f%%") for name in ("recall", "precision", "F1")},
    "clips": st.column_config.NumberColumn("clips", format="localized"),
}


def show(figures: dict[str, Any]) -> None:
    """Show the confusion matrix of a corpus, the clips behind a cell, and precision and recall by emotion.

    Parameters
    ----------
    figures : dict
        The content of ``metrics.json``, by network.
    """
    network = shown_network.choose(figures)
    new_voices = figures[network]["speaker_independent"]
    corpora = list(new_voices["corpora"])
    corpus = choose_option("Corpus", corpora, default="RAVDESS", parameter="corpus", key=f"mixup_corpus_{network}")
    results_by_sex, fold_uars = new_voices["sex"].get(corpus, {}), new_voices["folds"][corpus]
    group = choose_option(
        "Who speaks",
        [_EVERYBODY, *results_by_sex, *fold_uars],
        default=_EVERYBODY,
        parameter="group",
        key=f"mixup_group_{network}_{corpus}",
        format_func=lambda name: group_name(name) if is_fold(name) else name,
    )
    st.caption(
        f"New speakers of known corpora: they are divided into {len(fold_uars)} groups. Each group was tested with "
        "a network that was trained on the other groups."
    )
    _COUNT.start("mixup_counts")
    is_count = st.toggle("Count clips instead of per cent", key="mixup_counts", persist_state="session")
    _COUNT.keep(is_count)
    if group in fold_uars:
        results = store.fold_results(network, corpus, group)
    else:
        results = {_EVERYBODY: new_voices["corpora"][corpus], **results_by_sex}[group]
    st.markdown(
        with_linked_terms(
            f"**{results['n']:,} clips of {_speaker_count(results)}**. In this [[confusion matrix]] a row is the "
            "emotion that the actor played, a column is the answer. Right answers are on the diagonal ([[UAR]] "
            f"**{results['uar']:.1%}**). Click a cell to see its clips."
        )
    )
    counts = np.array(results["confusion"])
    row_sums = counts.sum(axis=1, keepdims=True)
    shares = np.where(row_sums > 0, counts / np.maximum(row_sums, 1), np.nan)
    texts = [[f"{count:,}" for count in row] for row in counts] if is_count else in_percent(shares)
    event = st.plotly_chart(
        confusion(shares, results["labels"], texts, answer="answered"),
        config=CONFIG,
        key=f"confusion_{network}_{corpus}_{group}",
        alt="Confusion matrix of intended and answered emotions",
        on_select="rerun",
        selection_mode="points",
    )
    for point in event["selection"]["points"][:1]:
        intended, answer = point["customdata"]
        _show_clips_of_cell(network, corpus, group, intended, answer)
    st.markdown(
        with_linked_terms(
            "**Each emotion**: [[recall]] is the share of its clips that the network found. Precision is the share of "
            "right answers among all answers with this emotion. F1 combines both in one number (their harmonic mean)."
        )
    )
    st.dataframe(
        _emotion_table(results),
        column_config=_EMOTION_COLUMNS,
        placeholder="",
        alt="Precision, recall and F1 by emotion",
    )
    st.caption(
        f"UAR by group of speakers: {', '.join(f'{uar:.1%}' for uar in fold_uars.values())}. The results differ "
        "because people differ."
    )


def _speaker_count(results: dict[str, Any]) -> str:
    n_speakers = results["n_speakers"]
    return f"{n_speakers} speaker{'' if n_speakers == 1 else 's'}"


def _emotion_table(results: dict[str, Any]) -> pd.DataFrame:
    table = pd.DataFrame(results["by_emotion"]).T.rename(columns={"n": "clips", "f1": "F1"})
    table[["recall", "precision", "F1"]] *= 100
    return table[["clips", "recall", "precision", "F1"]].rename_axis("emotion")


def _show_clips_of_cell(network: str, corpus: str, group: str, intended: str, answer: str) -> None:
    answers = store.answers(network)
    rows = answers[(answers["corpus"] == corpus) & (answers["emotion"] == intended) & (answers["answer"] == answer)]
    if group != _EVERYBODY:
        rows = rows[rows["fold" if is_fold(group) else "sex"] == group]
    rows = rows.assign(
        group=rows["fold"].map(group_number), sentence=[sentence_text(corpus, code) for code in rows["sentence"]]
    )
    st.markdown(f"**{len(rows):,} clips meant {intended}, answered {answer}**, the surest answers first")
    st.dataframe(
        rows.sort_values("probability", ascending=False)[_CLIP_COLUMNS],
        hide_index=True,
        height=260,
        placeholder="",
        alt="Clips of the cell",
    )
