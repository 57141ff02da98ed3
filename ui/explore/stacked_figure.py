"""The chosen panels of a clip, one below the other over one time axis: zooming into one zooms into all."""

from __future__ import annotations

from collections.abc import Sequence

from ser_core.audio.loading import Audio
from ser_core.features.extraction import Features
from ui.common.panels import Panel
from ui.common.plots import go
from ui.common.presenting import chart_px

# Height of the title above each panel, and of the time axis below the last panel.
_TITLE_PX = 36
_AXIS_PX = 44


def stacked_figure(audio: Audio, features: Features, panels: Sequence[Panel]) -> go.Figure:
    """Draw a clip.

    Parameters
    ----------
    audio : Audio
        The clip.
    features : Features
        The features of the clip.
    panels : sequence of Panel
        The panels to draw, from top to bottom; at least one.

    Returns
    -------
    go.Figure
        One x axis, in seconds, and a y axis per panel. Only the data has colours; the player adds those of the theme.
    """
    title_px, axis_px = chart_px(_TITLE_PX), chart_px(_AXIS_PX)
    inner_px = sum(chart_px(panel.height_px) + title_px for panel in panels)
    figure = go.Figure()
    figure.update_layout(
        template="none",
        height=inner_px + axis_px,
        margin={"l": chart_px(52), "r": 12, "t": 0, "b": axis_px},
        showlegend=False,
        hovermode="closest",
    )
    top_px = 0.0
    for number, panel in enumerate(panels, start=1):
        suffix = "" if number == 1 else str(number)
        drawing = panel.draw(audio, features)
        upper = 1.0 - (top_px + title_px) / inner_px
        top_px += title_px + chart_px(panel.height_px)
        lower = max(0.0, 1.0 - top_px / inner_px)
        trace = drawing.trace | {"xaxis": "x", "yaxis": f"y{suffix}"}
        if trace["type"] == "heatmap":
            trace["colorbar"] |= {"y": (upper + lower) / 2.0, "len": upper - lower, "ypad": 0}
        figure.add_trace(trace)
        figure.layout[f"yaxis{suffix}"] = {
            **drawing.y_axis,
            "domain": [lower, upper],
            "anchor": "x",
            "fixedrange": True,
            "zeroline": False,
        }
        _add_text(figure, f"<b>{panel.title}</b> · {panel.unit}", x=0.0, y=upper, xanchor="left", yanchor="bottom")
        if drawing.note:
            _add_text(figure, drawing.note, x=0.5, y=(upper + lower) / 2.0, xanchor="center", yanchor="middle")
    figure.update_xaxes(
        title={"text": "time (s)", "standoff": 6},
        range=[0.0, audio.duration_s],
        minallowed=0.0,
        maxallowed=audio.duration_s,
        anchor="y" if len(panels) == 1 else f"y{len(panels)}",
        zeroline=False,
    )
    return figure


def _add_text(figure: go.Figure, text: str, **place: float | str) -> None:
    figure.add_annotation(text=text, xref="paper", yref="paper", showarrow=False, **place)
