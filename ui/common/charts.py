"""Every chart, as a Plotly figure. Streamlit lays its light or dark theme over them."""

from __future__ import annotations

from ser_core.audio.loading import Audio
from ser_core.emotions import BY_LABEL, LABELS
from ser_core.features.extraction import Features
from ser_core.inference.recognizer import Prediction, Timeline
from ui.common.panels import Panel
from ui.common.plots import go
from ui.common.words import percent

# On a touch screen a chart that can be dragged holds the page fast.
CONFIG = {"displayModeBar": False, "scrollZoom": False}


def probabilities(prediction: Prediction) -> go.Figure:
    """Return the eight probabilities as bars, the likeliest on top."""
    ranked = sorted(LABELS, key=prediction.probabilities.__getitem__)
    values = [prediction.probabilities[label] for label in ranked]
    figure = go.Figure(
        go.Bar(
            x=values,
            y=[f"{label} {BY_LABEL[label].icon}" for label in ranked],
            orientation="h",
            marker_color=[BY_LABEL[label].colour for label in ranked],
            text=[percent(value) for value in values],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.1%}<extra></extra>",
        )
    )
    figure.update_xaxes(range=[0, 1.12], visible=False, fixedrange=True)
    figure.update_yaxes(fixedrange=True, automargin=True, tickfont_size=14)
    return framed(figure, height_px=300)


def timeline(line: Timeline) -> go.Figure:
    """Return each emotion's probability over time, one point a window."""
    middle_s = (line.start_s + line.end_s) / 2
    figure = go.Figure()
    for index, label in enumerate(LABELS):
        figure.add_scatter(
            x=middle_s,
            y=line.probabilities[:, index],
            name=f"{BY_LABEL[label].icon} {label}",
            mode="lines+markers" if len(middle_s) < 40 else "lines",
            line_color=BY_LABEL[label].colour,
            hovertemplate="%{y:.0%}",
        )
    figure.update_xaxes(title="time (s)", fixedrange=True)
    figure.update_yaxes(range=[0, 1], tickformat=".0%", fixedrange=True, title="probability")
    figure.update_layout(hovermode="x unified", legend={"orientation": "h", "y": -0.3})
    return framed(figure, height_px=340)


def drawing(panel: Panel, audio: Audio, features: Features) -> go.Figure:
    """Return one panel by itself, as it is in the stacked figure of the Explore page."""
    drawn = panel.draw(audio, features)
    figure = go.Figure(drawn.trace, layout_yaxis=drawn.y_axis)
    figure.update_xaxes(title="time (s)", fixedrange=True, range=[0, audio.duration_s])
    figure.update_yaxes(fixedrange=True, zeroline=False)
    return framed(figure, height_px=panel.height_px + 70)


def framed(figure: go.Figure, *, height_px: int) -> go.Figure:
    """Give a figure its height, no margins to speak of, and a legend only where there is something to tell apart."""
    figure.update_layout(
        height=height_px, margin={"l": 8, "r": 8, "t": 8, "b": 8}, showlegend=len(figure.data) > 1, dragmode=False
    )
    return figure
