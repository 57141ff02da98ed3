"""Charts that several pages show, and the frame of every chart.

All are Plotly figures; Streamlit applies its light or dark theme to them.
"""

from __future__ import annotations

import numpy as np

from ser_core.emotions import BY_LABEL, LABELS
from ser_core.inference.recognizer import Timeline
from ui.common.plots import go

# No dragging and no zooming by scrolling: on a touch screen a chart that can be dragged blocks scrolling the page.
CONFIG = {"displayModeBar": False, "scrollZoom": False}

# With more windows than this, markers on the lines would overlap.
_MOST_MARKERS = 40
_SHOWN_EMOTIONS = 3


def timeline_chart(timeline: Timeline) -> go.Figure:
    """Return the probability of each emotion over time, one point per window.

    Only the emotions with the highest mean probability are shown at the start: eight lines would cover each other. A
    click on the name of another emotion shows it.
    """
    mean = np.nan_to_num(timeline.probabilities).mean(axis=0)
    strongest = set(np.argsort(-mean, kind="stable")[:_SHOWN_EMOTIONS])
    middle_s = (timeline.start_s + timeline.end_s) / 2
    figure = go.Figure()
    for index, label in enumerate(LABELS):
        figure.add_scatter(
            x=middle_s,
            y=timeline.probabilities[:, index],
            name=f"{BY_LABEL[label].icon} {label}",
            mode="lines+markers" if len(middle_s) < _MOST_MARKERS else "lines",
            line_color=BY_LABEL[label].colour,
            visible=True if index in strongest else "legendonly",
            hovertemplate="%{y:.0%}",
        )
    figure.update_xaxes(title="time (s)", fixedrange=True)
    figure.update_yaxes(range=[0, 1], tickformat=".0%", fixedrange=True, title="probability")
    figure.update_layout(hovermode="x unified", legend={"orientation": "h", "y": -0.3})
    return framed(figure, height_px=340)


def framed(figure: go.Figure, *, height_px: int) -> go.Figure:
    """Set a figure's height and narrow margins; show the legend only when there are several traces.

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
    figure.update_layout(
        height=height_px, margin={"l": 8, "r": 8, "t": 8, "b": 8}, showlegend=len(figure.data) > 1, dragmode=False
    )
    return figure
