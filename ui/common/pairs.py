"""Two clips next to each other, on Compare (clip 1 and clip 2) and on Voice lab (before and after)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st

from ser_core.audio.loading import Audio
from ser_core.emotions import LABELS
from ser_core.features.cues import WORDS, Cues
from ser_core.features.extraction import Features
from ser_core.inference.recognizer import Prediction
from ui.common.panels import BY_KEY, Drawing
from ui.common.plots import go
from ui.common.presenting import chart_px
from ui.common.term_tips import linked_name
from ui.common.tokens import ACCENT, GREY
from ui.common.words import percent

# A mouse zooms by dragging. On a touch screen dragging must scroll the page, so there are buttons for zooming.
ZOOM_CONFIG = {
    "displayModeBar": True,
    "displaylogo": False,
    "modeBarButtons": [["zoomIn2d", "zoomOut2d", "resetScale2d"]],
    "scrollZoom": False,
}

# The panels of both clips, from top to bottom.
_PANELS = tuple(BY_KEY[key] for key in ("waveform", "mel", "pitch", "rms"))
_COLUMN_DOMAINS = ([0.0, 0.485], [0.515, 1.0])
_TITLE_PX = 36
_AXIS_PX = 44
# Above the first titles, so that the zoom buttons do not touch them.
_TOP_PX = 8

# The colours of the first and of the second clip, in all charts.
COLOURS = (GREY, ACCENT)


class Side(NamedTuple):
    """One of the two clips: its heading, its sound and its features."""

    heading: str
    audio: Audio
    features: Features


def probability_bars(headings: Sequence[str], predictions: Sequence[Prediction]) -> go.Figure:
    """Return the eight probabilities of two clips, with a pair of bars per emotion.

    Parameters
    ----------
    headings : sequence of str
        The names of the two clips.
    predictions : sequence of Prediction
        The predictions for the two clips.
    """
    figure = go.Figure()
    rows = list(LABELS)
    for heading, prediction, colour in zip(headings, predictions, COLOURS, strict=True):
        probabilities = [prediction.probabilities[label] for label in LABELS]
        figure.add_bar(
            name=heading,
            x=probabilities,
            y=rows,
            orientation="h",
            marker_color=colour,
            text=[percent(probability) for probability in probabilities],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.1%}",
        )
    figure.update_xaxes(range=[0, 1.15], visible=False, fixedrange=True)
    # Plotly draws the first bar at the bottom. Reversed, the first emotion and the first clip are on top.
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, tickfont_size=14)
    figure.update_layout(
        barmode="group",
        bargap=0.3,
        legend={"orientation": "h", "y": 1.08, "x": 0, "traceorder": "normal"},
        height=chart_px(420),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
    )
    return figure


def is_touch_device() -> bool:
    """Return whether the visitor uses a phone, according to the browser's User-Agent header."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def feature_figure(first: Side, second: Side) -> go.Figure:
    """Draw two clips next to each other, panel by panel on shared axes: zooming into one panel zooms into all.

    Parameters
    ----------
    first, second : Side
        The clips.

    Returns
    -------
    go.Figure
        Two columns. All time axes are linked, and the two y axes of each row have the same range.
    """
    inner_px = sum(panel.height_px + _TITLE_PX for panel in _PANELS)
    longest_s = max(first.audio.duration_s, second.audio.duration_s)
    traces: list[dict[str, Any]] = []
    # A plain dictionary, because Plotly takes a quarter of a second to create sixteen axes one after another.
    layout: dict[str, Any] = {
        "height": _TOP_PX + inner_px + _AXIS_PX,
        "margin": {"l": 52, "r": 8, "t": _TOP_PX, "b": _AXIS_PX},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False if is_touch_device() else "zoom",
        "annotations": [],
    }
    top_px = 0.0
    for row, panel in enumerate(_PANELS):
        drawings = [panel.draw(side.audio, side.features) for side in (first, second)]
        upper = 1.0 - (top_px + _TITLE_PX) / inner_px
        top_px += _TITLE_PX + panel.height_px
        lower = max(0.0, 1.0 - top_px / inner_px)
        for column, (side, drawing) in enumerate(zip((first, second), drawings, strict=True)):
            suffix = str(2 * row + column + 1) if row + column else ""
            trace = drawing.trace | {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
            if trace["type"] == "heatmap":
                trace["showscale"] = False
            traces.append(trace)
            layout[f"xaxis{suffix}"] = {
                "domain": _COLUMN_DOMAINS[column],
                "anchor": f"y{suffix}",
                "range": [0.0, longest_s],
                "minallowed": 0.0,
                "maxallowed": longest_s,
                "showticklabels": row == len(_PANELS) - 1,
                "title": {"text": "time (s)" if row == len(_PANELS) - 1 else "", "standoff": 6},
                "zeroline": False,
                **({"matches": "x"} if suffix else {}),
            }
            layout[f"yaxis{suffix}"] = {
                **drawing.y_axis,
                **_shared_range(drawings),
                "domain": [lower, upper],
                "anchor": f"x{suffix}",
                "fixedrange": True,
                "showticklabels": column == 0,
                "zeroline": False,
            }
            title = f"<b>{side.heading}</b> · {panel.title[:1].lower()}{panel.title[1:]}"
            place = {"x": _COLUMN_DOMAINS[column][0], "y": upper, "xanchor": "left", "yanchor": "bottom"}
            layout["annotations"].append({"text": title, "xref": "paper", "yref": "paper", "showarrow": False, **place})
    return go.Figure(data=traces, layout=layout)


def _shared_range(drawings: Sequence[Drawing]) -> dict[str, list[float]]:
    """Return the y range that contains both drawings; empty where the drawings have no range."""
    ranges = [drawing.y_axis["range"] for drawing in drawings if "range" in drawing.y_axis and not drawing.note]
    if not ranges:
        return {}
    return {"range": [min(low for low, _ in ranges), max(high for _, high in ranges)]}


def show_differences(
    headings: tuple[str, str], cues: tuple[Cues, Cues], remark: Callable[[str, float], str] | None = None
) -> None:
    """Show a table of the cues of both clips and their difference, in plain units.

    Parameters
    ----------
    headings : tuple of str
        The names of the two clips.
    cues : tuple of Cues
        The cues of the two clips.
    remark : callable, optional
        Returns the text after a cue's value, from the cue's name in ``Cues`` and the value.
    """
    first, second = cues

    def cell(name: str, value: float) -> str:
        value_text = WORDS[name].show(value)
        remark_text = remark(name, value) if remark else ""
        return f"{value_text} · {remark_text}" if remark_text else value_text

    rows = [
        {
            "": linked_name(words.name),
            headings[0]: cell(name, getattr(first, name)),
            headings[1]: cell(name, getattr(second, name)),
            "difference": words.compare(getattr(first, name), getattr(second, name)),
        }
        for name, words in WORDS.items()
    ]
    # The style sheet of all pages has a rule for this key: on a phone each row becomes two lines.
    with st.container(key="differences"):
        st.table(rows, border="horizontal", hide_index=True)
    with st.expander("What these words mean", icon=":material/help:"):
        st.markdown("\n".join(f"- **{words.name}**: {words.explanation}" for words in WORDS.values()))
