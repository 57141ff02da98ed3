"""Two clips beside each other: before and after, or this one and that one."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from ser_core.cues import WORDS, Cues
from ser_core.emotions import BY_LABEL, LABELS
from ser_core.recognizer import Prediction
from ui.words import percent

_FIRST_COLOUR, _SECOND_COLOUR = "#8a8f98", "#7b5fd6"


def probabilities(headings: tuple[str, str], predictions: tuple[Prediction, Prediction]) -> go.Figure:
    """Return the eight probabilities of two clips, each emotion's bars beside each other."""
    figure = go.Figure()
    rows = [f"{BY_LABEL[label].icon} {label}" for label in LABELS]
    for heading, prediction, colour in zip(headings, predictions, (_FIRST_COLOUR, _SECOND_COLOUR), strict=True):
        values = [prediction.probabilities[label] for label in LABELS]
        figure.add_bar(
            name=heading,
            x=values,
            y=rows,
            orientation="h",
            marker_color=colour,
            text=[percent(value) for value in values],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.1%}",
        )
    figure.update_xaxes(range=[0, 1.15], visible=False, fixedrange=True)
    # Bars grow from below; reversed, the first emotion and the first clip are on top.
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, tickfont_size=14)
    figure.update_layout(
        barmode="group",
        bargap=0.3,
        legend={"orientation": "h", "y": 1.08, "x": 0, "traceorder": "normal"},
        height=420,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
    )
    return figure


def show_differences(headings: tuple[str, str], cues: tuple[Cues, Cues]) -> None:
    """Show what the second clip has more or less than the first, cue by cue, in plain units."""
    first, second = cues
    rows = [
        {
            "": words.name,
            headings[0]: words.show(getattr(first, name)),
            headings[1]: words.show(getattr(second, name)),
            "difference": words.compare(getattr(first, name), getattr(second, name)),
        }
        for name, words in WORDS.items()
    ]
    st.table(rows, border="horizontal", hide_index=True)
    with st.expander("What these words mean", icon=":material/help:"):
        st.markdown("\n".join(f"- **{words.name}**: {words.explanation}" for words in WORDS.values()))
