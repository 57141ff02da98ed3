"""A figure of a page as a picture in black and white, for paper.

The pages draw with Plotly in the browser. Matplotlib draws the same traces here: lines and dots, bars, and pictures of
strength, in which dark is strong.
"""

from __future__ import annotations

import base64
import io
from typing import Any

import matplotlib as mpl
import numpy as np
import numpy.typing as npt

mpl.use("Agg")

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ui.common.plain_figure import PlainFigure

_WIDTH_INCHES, _DPI = 6.6, 150
_PX_PER_INCH, _MOST_INCHES = 120, 2.5
_DASHES = {"solid": "-", "dot": ":", "dash": "--"}
_GREYS = ("black", "0.45", "0.7")


def print_figure(figure: PlainFigure) -> bytes:
    """Return a figure as a grey PNG picture.

    Parameters
    ----------
    figure : PlainFigure
        A figure with lines, horizontal bars or one heat map.
    """
    content = figure.to_dict()
    layout = content["layout"]
    paper = Figure(
        figsize=(_WIDTH_INCHES, min(layout["height"] / _PX_PER_INCH, _MOST_INCHES)), dpi=_DPI, layout="constrained"
    )
    axes = paper.add_subplot()
    for number, trace in enumerate(content["data"]):
        if trace["type"] == "heatmap":
            _draw_strength(axes, trace)
        elif trace["type"] == "bar":
            _draw_bars(axes, trace, number, len(content["data"]))
        else:
            _draw_line(axes, trace, number)
    _set_axis(axes, layout, "x")
    _set_axis(axes, layout, "y")
    if len(content["data"]) > 1:
        axes.legend(fontsize=8, frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    picture = io.BytesIO()
    paper.savefig(picture, format="png", pil_kwargs={"optimize": True})
    return picture.getvalue()


def _values(value: Any) -> npt.NDArray[Any]:
    """Return the numbers of a trace, which are a list or bytes in Plotly's form."""
    if not isinstance(value, dict):
        return np.asarray(value)
    numbers = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
    return numbers.reshape([int(size) for size in value["shape"].split(",")]) if "shape" in value else numbers


def _draw_line(axes: Axes, trace: dict[str, Any], number: int) -> None:
    y = _values(trace["y"])
    x = _values(trace["x"]) if "x" in trace else trace["x0"] + trace["dx"] * np.arange(len(y))
    style = _DASHES[trace.get("line", {}).get("dash", "solid")]
    has_dots = "markers" in trace["mode"]
    axes.plot(
        x,
        y,
        linestyle=style,
        color=_GREYS[number],
        linewidth=0.7 if has_dots else 0.5,
        marker="o" if has_dots else "",
        markersize=3,
        label=trace.get("name", ""),
    )


def _draw_bars(axes: Axes, trace: dict[str, Any], number: int, n_traces: int) -> None:
    height = 0.8 / n_traces
    places = np.arange(len(trace["y"])) + (number - (n_traces - 1) / 2) * height
    bars = axes.barh(places, trace["x"], height, color=_GREYS[2 * number], label=trace["name"])
    axes.bar_label(bars, trace["text"], fontsize=8, padding=2)
    axes.set_yticks(range(len(trace["y"])), trace["y"])
    if number == 0:
        axes.invert_yaxis()


def _draw_strength(axes: Axes, trace: dict[str, Any]) -> None:
    strength = _values(trace["z"])
    n_columns = strength.shape[1]
    start = trace["x0"] - trace["dx"] / 2
    axes.imshow(
        strength,
        cmap="gray_r",
        vmin=trace["zmin"],
        vmax=trace["zmax"],
        origin="lower",
        aspect="auto",
        extent=(start, start + n_columns * trace["dx"], -0.5, len(strength) - 0.5),
    )


def _set_axis(axes: Axes, layout: dict[str, Any], name: str) -> None:
    axis = layout[f"{name}axis"]
    shown = axes.xaxis if name == "x" else axes.yaxis
    shown.set_label_text(axis.get("title", {}).get("text", ""), fontsize=8)
    if "tickvals" in axis:
        shown.set_ticks(axis["tickvals"], axis.get("ticktext", axis["tickvals"]))
    if "range" in axis:
        axes.set(**{f"{name}lim": axis["range"]})
    axes.tick_params(labelsize=8)
