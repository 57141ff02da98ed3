"""The filters of the Data page. All charts and tables show only the clips that pass them; the address names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pandas as pd
import streamlit as st

from ser_core.corpora.sentences import sentence_text
from ser_core.dataset.filters import INTENSITIES, ClipFilter
from ser_core.dataset.tables import SOURCES
from ser_core.emotions import LABELS
from ui.common import links

# By column: the filter's label. The ranges have a step too.
_PILLS = {"corpus": "Corpus", "emotion": "Emotion", "sex": "Sex", "intensity": "Intensity", "source": "Numbers"}
_LISTS = {"speaker": "Speakers", "sentence": "Sentences"}
_RANGES = {"age_years": ("Age (years)", 1.0), "duration_s": ("Duration (s)", 0.1)}

# Options with an order of their own; those of other columns are sorted.
_ORDERED_OPTIONS = {"emotion": LABELS, "source": SOURCES, "intensity": INTENSITIES}


def choose(clips: pd.DataFrame) -> ClipFilter:
    """Show the filters and return the visitor's choice.

    Parameters
    ----------
    clips : pandas.DataFrame
        The table of all clips.
    """
    values: dict[str, tuple[str, ...]] = {}
    ranges: dict[str, tuple[float, float] | None] = {}
    sentences = _sentence_names(clips)
    with st.expander("Filters", icon=":material/filter_alt:", key="filters"):
        st.caption("A row without a choice does not filter. The filters apply to all charts and to the table.")
        for column, label in _PILLS.items():
            parameter = links.options(column, _options(clips, column))
            parameter.start(_key(column))
            picked = st.pills(
                label,
                _options(clips, column),
                selection_mode="multi",
                key=_key(column),
                persist_state="session",
            )
            parameter.keep(picked)
            values[column] = tuple(picked)
        for (column, label), place in zip(_LISTS.items(), st.columns(2), strict=True):
            parameter = links.options(column, _options(clips, column))
            parameter.start(_key(column))
            with place:
                picked = st.multiselect(
                    label,
                    _options(clips, column),
                    format_func=lambda option: sentences.get(option, option),
                    key=_key(column),
                    persist_state="session",
                    placeholder="All",
                    select_all=False,
                )
            parameter.keep(picked)
            values[column] = tuple(picked)
        for (column, (label, step)), place in zip(_RANGES.items(), st.columns(2), strict=True):
            low, high = float(clips[column].min() // step * step), float(-(-clips[column].max() // step) * step)
            span = links.span(column, low, high, step)
            span.start(_key(column))
            with place:
                limits = cast(
                    "tuple[float, float]",
                    st.slider(
                        label,
                        low,
                        high,
                        step=step,
                        format="%.0f" if step == 1.0 else "%.1f",
                        key=_key(column),
                        persist_state="session",
                        help="A narrower range leaves out the clips where this is not known.",
                    ),
                )
            span.keep(limits)
            ranges[column] = None if limits == (low, high) else limits
        st.button("Clear all filters", icon=":material/filter_alt_off:", on_click=_clear)
    return ClipFilter(**values, age_years=ranges["age_years"], duration_s=ranges["duration_s"])


def _options(clips: pd.DataFrame, column: str) -> Sequence[str]:
    return _ORDERED_OPTIONS.get(column) or sorted(clips[column].dropna().unique())


def _sentence_names(clips: pd.DataFrame) -> dict[str, str]:
    """Return the text of each sentence by its code, after the name of the corpus."""
    pairs = clips[["corpus", "sentence"]].drop_duplicates()
    return {
        code: f"{corpus}: {sentence_text(corpus, code)}"
        for corpus, code in zip(pairs["corpus"], pairs["sentence"], strict=True)
    }


def _key(column: str) -> str:
    return f"filter_{column}"


def _clear() -> None:
    for column in (*_PILLS, *_LISTS):
        st.session_state[_key(column)] = []
    for column in _RANGES:
        st.session_state.pop(_key(column), None)
        # Otherwise the slider would start again with the range in the address.
        links.keep_text(column, "")
