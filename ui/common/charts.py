"""Charts that several pages show, and the layout that all charts share.

All are Plotly figures; Streamlit applies its light or dark theme to them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Timeline
from ui.common import presenting
from ui.common.plain_figure import PlainFigure
from ui.common.plots import go
from ui.common.tokens import EMOTION_COLOURS

# No dragging and no zooming by scrolling: on a touch screen, a visitor could not scroll the page over such a chart.
CONFIG = {"displayModeBar": False, "scrollZoom": False}

# With more windows than this, markers on the lines would overlap.
_MOST_MARKERS = 40
_SHOWN_EMOTIONS = 3


def timeline_chart(timeline: Timeline) -> PlainFigure:
    """Return the probability of each emotion over time, one point per window.

    Only the emotions with the highest mean probability are shown at the start: eight lines would cover each other. A
    click on the name of another emotion shows it.
    """
    mean = np.nan_to_num(timeline.probabilities).mean(axis=0)
    strongest = set(np.argsort(-mean, kind="stable")[:_SHOWN_EMOTIONS])
    middle_s = (timeline.start_s + timeline.end_s) / 2
    traces = [
        {
            "type": "scatter",
            "x": middle_s,
            "y": timeline.probabilities[:, index],
            "name": label,
            "mode": "lines+markers" if len(middle_s) < _MOST_MARKERS else "lines",
            "line": {"color": EMOTION_COLOURS[label]},
            "visible": True if index in strongest else "legendonly",
            "hovertemplate": "%{y:.0%}",
        }
        for index, label in enumerate(LABELS)
    ]
    layout = {
        "xaxis": {"title": {"text": "time (s)"}, "fixedrange": True},
        "yaxis": {"range": [0, 1], "tickformat": ".0%", "fixedrange": True, "title": {"text": "probability"}},
        "hovermode": "x unified",
        "legend": {"orientation": "h", "y": -0.3},
    }
    return PlainFigure(traces, layout | frame(height_px=340, n_traces=len(traces)))


def frame(*, height_px: int, n_traces: int) -> dict[str, Any]:
    """Return the layout that all charts share: narrow margins, and a legend only for several traces.

    Parameters
    ----------
    height_px : int
        Height of the chart in pixels; on a projector it is larger.
    n_traces : int
        Number of traces in the chart.
    """
    return {
        "height": presenting.chart_px(height_px),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": n_traces > 1,
        "dragmode": False,
    }


def framed(figure: go.Figure, *, height_px: int) -> go.Figure:
    """Give a figure the layout that all charts share.

    Parameters
    ----------
    figure : go.Figure
        The figure, which is changed.
    height_px : int
        Its height in pixels.

    Returns
    -------
    go.Figure
        The same figure.
    """
    figure.update_layout(frame(height_px=height_px, n_traces=len(figure.data)))
    return figure
