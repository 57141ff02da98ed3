"""The arrows: how far each attempt took each cue, with the middle half of the actors behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ser_core.acting.direction import CueStep
from ser_core.features.cues import WORDS
from ui.common.charts import frame
from ui.common.plain_figure import PlainFigure
from ui.common.tokens import ACCENT, EMOTION_COLOURS, GREY

_ROW_PX = 64
_BAND_OPACITY = 0.22
_HALF_BAND = 0.38
# Arrows and bands that go further end at the edge of the chart.
_EDGES = (-1.1, 2.1)


def arrows(steps_of: Mapping[int, Sequence[CueStep]], emotion: str) -> PlainFigure:
    """Return a row for each cue with an arrow for each attempt.

    Parameters
    ----------
    steps_of : mapping of int to sequence of CueStep
        The steps of each attempt by its number, the newest last; all have the same cues.
    emotion : str
        The emotion that is acted, for the colour of the actors.
    """
    newest = max(steps_of)
    rows = [step.cue for step in steps_of[newest]]
    shapes: list[dict[str, Any]] = [_line(0.0, GREY, "solid"), _line(1.0, EMOTION_COLOURS[emotion], "dash")]
    for row, step in enumerate(steps_of[newest]):
        low, high = np.clip(step.actors, *_EDGES).tolist()
        shapes.append(
            {
                "type": "rect",
                "layer": "below",
                "x0": low,
                "x1": high,
                "y0": row - _HALF_BAND,
                "y1": row + _HALF_BAND,
                "fillcolor": EMOTION_COLOURS[emotion],
                "opacity": _BAND_OPACITY,
                "line": {"width": 0},
            }
        )
    annotations, traces = [], []
    for place, (number, steps) in enumerate(steps_of.items()):
        colour = ACCENT if number == newest else GREY
        # The attempts of a row are below each other, the newest at the bottom.
        offset = (place - (len(steps_of) - 1) / 2) * 0.22
        shares = np.array([step.share for step in steps], dtype=np.float64)
        ends = np.clip(shares, *_EDGES)
        annotations += [_arrow(end, row + offset, colour) for row, end in enumerate(ends.tolist()) if not np.isnan(end)]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"attempt {number}",
                "x": ends,
                "y": np.arange(len(shares)) + offset,
                "marker": {"color": colour, "size": 9},
                "customdata": shares,
                "hovertemplate": "%{customdata:.0%}",
            }
        )
    layout = {
        "xaxis": {
            "range": [-1.2, 2.2],
            "tickvals": [-1, 0, 1, 2],
            "ticktext": ["the other way", "plain voice", "actors", "twice as far"],
            "fixedrange": True,
            "zeroline": False,
        },
        "yaxis": {
            "tickvals": list(range(len(rows))),
            "ticktext": [WORDS[cue].name for cue in rows],
            "range": [len(rows) - 0.5, -0.5],
            "fixedrange": True,
            "zeroline": False,
            "showgrid": False,
        },
        "shapes": shapes,
        "annotations": annotations,
        "legend": {"orientation": "h", "y": -0.25},
    }
    return PlainFigure(traces, layout | frame(height_px=_ROW_PX * len(rows) + 110, n_traces=len(traces)))


def _line(x: float, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": colour, "width": 2, "dash": dash},
    }


def _arrow(share: float, y: float, colour: str) -> dict[str, Any]:
    return {
        "x": share,
        "y": y,
        "ax": 0.0,
        "ay": y,
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1.2,
        "arrowwidth": 3,
        "arrowcolor": colour,
    }
