"""One panel of a clip as a figure of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.common.charts import frame
from ui.common.panels import Drawing, Panel
from ui.common.plain_figure import PlainFigure

# For the time axis and its title.
_AXIS_PX = 70


def panel_figure(
    panel: Panel,
    drawing: Drawing,
    span_s: tuple[float, float],
    *,
    shapes: Sequence[dict[str, Any]] = (),
    has_colour_bar: bool = True,
) -> PlainFigure:
    """Return a panel with its own time axis, drawn as in the stacked figure of "See the sound".

    Parameters
    ----------
    panel : Panel
        The panel.
    drawing : Drawing
        What ``panel.draw`` returned for a clip.
    span_s : tuple of float
        The start and the end of the time axis, in seconds.
    shapes : sequence of dict
        Marks over the panel, in the form of Plotly's layout.
    has_colour_bar : bool
        Whether a panel of colours has a bar that explains them.
    """
    is_coloured = drawing.trace["type"] == "heatmap"
    trace = drawing.trace | ({"showscale": False} if is_coloured and not has_colour_bar else {})
    layout: dict[str, Any] = {
        "xaxis": {"title": {"text": "time (s)"}, "fixedrange": True, "range": list(span_s)},
        "yaxis": {**drawing.y_axis, "fixedrange": True, "zeroline": False},
    }
    if shapes:
        layout["shapes"] = list(shapes)
    return PlainFigure([trace], layout | frame(height_px=panel.height_px + _AXIS_PX, n_traces=1))
