"""The results of a batch: a table that sorts and filters, charts of the whole, and figures where emotions are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import streamlit as st
from streamlit.column_config import Column, ListColumn, NumberColumn

from ser_core.batch.feature_rows import features_table
from ser_core.batch.figures import VERDICTS, emotion_counts, recognition_figures, verdict_counts
from ser_core.batch.judging import Row
from ser_core.batch.tables import as_table
from ser_core.emotions import LABELS
from ui.batch.charts import emotion_bars, verdict_bars
from ui.common import links
from ui.common.chart_table import show_chart
from ui.common.confusion import confusion
from ui.common.faces import face

_PERCENT = "percent"
_COLUMNS = {
    "path": Column("recording", width="medium", pinned=True),
    "verdict": Column("verdict", help="sure: one emotion. leaning: two or three. open: more emotions are possible."),
    "possible": ListColumn("sounds like", help="The emotions that are possible, the likeliest first."),
    # Before the eight probabilities, so that they are seen without scrolling.
    "problem": Column("why there is no answer"),
    "notes": Column("notes"),
    "true_emotion": Column("true emotion"),
    "speaker": Column("speaker"),
    "channel": NumberColumn("channel", format="%d"),
    **{label: NumberColumn(label, format=_PERCENT) for label in LABELS},
    "duration_s": NumberColumn("seconds", format="%.1f"),
    "compared_with_clips": NumberColumn("compared with", format="%d", help="Other clips of the same speaker."),
}
# Shown only where a file has a value.
_OPTIONAL = ("true_emotion", "speaker", "channel", "notes", "problem")
_VERDICTS = links.options("verdict", VERDICTS)
_EMOTIONS = links.options("emotions", LABELS)


def show_progress(rows: Sequence[Row]) -> None:
    """Show the rows so far, while others are still to come."""
    _table(rows)


def show_table(rows: Sequence[Row]) -> list[int]:
    """Show rows as a table, and return the places of the rows that the visitor has clicked.

    Parameters
    ----------
    rows : sequence of dict
        The rows of a batch.
    """
    event = _table(rows, key="batch_table", on_select="rerun", selection_mode="single-row")
    return list(event["selection"]["rows"])


def _table(rows: Sequence[Row], **options: Any) -> Any:
    table = as_table(rows)
    columns = [name for name in _COLUMNS if name not in _OPTIONAL or table[name].notna().any()]
    shown = table[columns].assign(
        verdict=table["verdict"].map(VERDICTS),
        # The format shows as many decimals as there are.
        **{label: table[label].round(2) for label in LABELS},
        possible=table["possible"].str.split("|"),
    )
    return st.dataframe(shown, column_config=_COLUMNS, hide_index=True, placeholder="", alt="The recordings", **options)


def choose_rows(rows: Sequence[Row]) -> list[int]:
    """Show the filters, and return the places of the rows that pass them."""
    text = st.text_input("The name contains", key="batch_name_filter", icon=":material/search:")
    counts = verdict_counts(rows)
    kinds = [kind for kind in VERDICTS if counts[kind]]
    _VERDICTS.start("batch_verdicts")
    _EMOTIONS.start("batch_emotions")
    verdicts = st.pills(
        "Verdict",
        list(VERDICTS),
        selection_mode="multi",
        format_func=lambda kind: f"{VERDICTS[kind]} ({counts[kind]})",
        key="batch_verdicts",
    )
    emotions = st.pills(
        "Likeliest emotion",
        LABELS,
        selection_mode="multi",
        format_func=lambda label: f"{face(label)} {label}",
        key="batch_emotions",
    )
    _VERDICTS.keep(list(verdicts))
    _EMOTIONS.keep(list(emotions))
    table = as_table(rows)
    passes = table["path"].str.contains(text, case=False, regex=False)
    passes &= table["verdict"].isin(verdicts or kinds)
    if emotions:
        passes &= table["emotion"].isin(emotions)
    return np.flatnonzero(passes).tolist()


def show_whole(rows: Sequence[Row]) -> None:
    """Show the charts of the whole batch, and how often the true emotion is recognised."""
    left, right = st.columns(2)
    with left:
        st.subheader("How sure the answers are", anchor=False)
        st.caption("A bar is the number of files.")
        show_chart(verdict_bars(verdict_counts(rows)), key="batch_verdict_bars", alt="Verdicts")
    with right:
        st.subheader("Which emotions", anchor=False)
        st.caption("The likeliest emotion of each recording that was judged.")
        show_chart(emotion_bars(emotion_counts(rows)), key="batch_emotion_bars", alt="Emotions")
    figures = recognition_figures(rows)
    if figures is not None:
        _show_recognition(figures)


def _show_recognition(figures: dict[str, Any]) -> None:
    st.subheader("How often the true emotion is recognised", anchor=False)
    accuracy, uar = st.columns(2)
    accuracy.metric(
        "Accuracy", f"{figures['accuracy']:.0%}", help="Share of the clips whose likeliest emotion is true."
    )
    uar.metric("UAR", f"{figures['uar']:.0%}", help="The mean recall of the emotions, so that each counts alike.")
    st.write(
        f"Judged recordings with a known emotion: {figures['n']:,}. A row is the true emotion, a column the likeliest "
        "one, and a number how many recordings are there. The colours are shares of the row."
    )
    counts = np.asarray(figures["confusion"], dtype=np.float64)
    with np.errstate(invalid="ignore"):
        shares = counts / counts.sum(axis=1, keepdims=True)
    texts = [[f"{count:,}" if count else "" for count in row] for row in figures["confusion"]]
    figure = confusion(shares, figures["labels"], texts, answer="answer")
    show_chart(figure, key="batch_confusion", alt="Confusion matrix")


def show_features(rows: Sequence[Row]) -> None:
    """Show the features of a batch as a table."""
    table = features_table(rows)
    # After 174 other columns, the reasons would not be seen.
    first = ["path", "problem"] if table["problem"].notna().any() else ["path"]
    order = [*first, *(name for name in table.columns if name not in ("path", "problem"))]
    st.dataframe(table, column_order=order, hide_index=True, placeholder="", alt="The features of the recordings")
