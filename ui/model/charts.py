"""The charts of the Model page, as Plotly figures."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_core.inference.architecture import Layer
from ui.common.charts import framed
from ui.common.plots import go
from ui.common.tokens import ACCENT, CATEGORIES, DIVERGING, EMOTION_COLOURS, GREY
from ui.model.speaker_groups import group_name

_LEGEND = {"orientation": "h", "y": -0.25}
_FILTER_COLUMNS = 16

# Distance of ticks, so that a narrow chart has enough of them: Plotly's own choice is two.
_SHARE_TICKS = 0.25
# A tick at each epoch of a short training, at every fifth of a long one.
_MOST_EPOCH_TICKS, _EPOCH_TICKS = 10, 5


@dataclass(frozen=True)
class Marker:
    """A kind of point in ``uar_by_corpus``.

    Parameters
    ----------
    key : str
        The entry of a row that holds the value.
    name : str
        The name in the legend.
    symbol : str
        Plotly's name of the symbol.
    colour : str
        As ``#rrggbb``.
    """

    key: str
    name: str
    symbol: str
    colour: str


def uar_by_corpus(rows: Sequence[Mapping[str, Any]], main_name: str, markers: Sequence[Marker]) -> go.Figure:
    """Return one line per corpus: the main UAR with its interval, next to other values.

    Parameters
    ----------
    rows : sequence of mapping
        ``name``, ``uar``, ``interval`` (lower and upper bound, or None), and the entries of the markers where known.
    main_name : str
        The name of the main UAR in the legend.
    markers : sequence of Marker
        The other values.
    """
    names = [row["name"] for row in rows]
    figure = go.Figure()
    for marker in markers:
        rows_with_value = [row for row in rows if row.get(marker.key) is not None]
        if not rows_with_value:
            continue
        figure.add_scatter(
            x=[row[marker.key] for row in rows_with_value],
            y=[row["name"] for row in rows_with_value],
            name=marker.name,
            mode="markers",
            marker={
                "symbol": marker.symbol,
                "size": 12,
                "color": marker.colour,
                "line": {"width": 2, "color": marker.colour},
            },
            hovertemplate=f"%{{y}}, {marker.name}: %{{x:.1%}}<extra></extra>",
        )
    uars = [row["uar"] for row in rows]
    figure.add_scatter(
        x=uars,
        y=names,
        name=main_name,
        mode="markers+text",
        marker={"size": 14, "color": ACCENT},
        error_x=_error_bars(uars, [row["interval"] for row in rows], ACCENT),
        text=[f"{uar:.1%}" for uar in uars],
        textposition="top center",
        hovertemplate=f"%{{y}}, {main_name}: %{{x:.1%}}<extra></extra>",
    )
    figure.update_xaxes(range=[0, 1.03], tickformat=".0%", dtick=_SHARE_TICKS, fixedrange=True, title="UAR")
    # The order of the rows is set here: otherwise it would depend on which baselines are known.
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, type="category", categoryarray=names)
    return framed(figure, height_px=72 * len(names) + 150).update_layout(legend=_LEGEND, hovermode="closest")


def uar_bars(results: Mapping[str, Mapping[str, Any]]) -> go.Figure:
    """Return one bar per group, with its confidence interval.

    Parameters
    ----------
    results : mapping
        By name of the group: ``uar`` and ``uar_interval``, as in ``metrics.json``.
    """
    names = list(results)
    uars = [group["uar"] for group in results.values()]
    figure = go.Figure(
        go.Bar(
            x=uars,
            y=names,
            orientation="h",
            marker_color=ACCENT,
            error_x=_error_bars(uars, [group["uar_interval"] for group in results.values()], GREY),
            text=[f"{uar:.1%}" for uar in uars],
            textposition="inside",
            insidetextanchor="start",
            hovertemplate="%{y}: %{x:.1%}<extra></extra>",
        )
    )
    figure.update_xaxes(range=[0, 1.03], tickformat=".0%", dtick=_SHARE_TICKS, fixedrange=True)
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, type="category")
    return framed(figure, height_px=38 * len(names) + 60)


def _error_bars(uars: Sequence[float], intervals: Sequence[Sequence[float] | None], colour: str) -> dict[str, Any]:
    """Return Plotly error bars from the lower to the upper bound, and none where there is no interval."""
    pairs = list(zip(uars, intervals, strict=True))
    return {
        "type": "data",
        "symmetric": False,
        "array": [interval[1] - uar if interval else None for uar, interval in pairs],
        "arrayminus": [uar - interval[0] if interval else None for uar, interval in pairs],
        "color": colour,
        "thickness": 3,
    }


def reliability(bins: Sequence[Mapping[str, float]]) -> go.Figure:
    """Return the reliability diagram: the share of right answers against the predicted probability.

    Parameters
    ----------
    bins : sequence of mapping
        ``probability`` (mean of the bin), ``right`` (share of right answers) and ``n`` (clips).
    """
    n_clips = [interval["n"] for interval in bins]
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name="both are equal",
        line={"color": GREY, "dash": "dash"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[interval["probability"] for interval in bins],
        y=[interval["right"] for interval in bins],
        customdata=n_clips,
        mode="lines+markers",
        name="the network",
        line_color=ACCENT,
        # The area of a marker grows with the number of clips in its bin.
        marker={"size": [8 + 18 * (n / max(n_clips)) ** 0.5 for n in n_clips]},
        hovertemplate="probability %{x:.0%}, right %{y:.0%} of %{customdata:,} times<extra></extra>",
    )
    return _share_axes(figure, "probability of the answer", "share of right answers")


def coverage(curves: Mapping[str, Sequence[Sequence[float]]]) -> go.Figure:
    """Return accuracy by coverage: how often the surest answers are right, by the share of clips answered.

    Parameters
    ----------
    curves : mapping
        By name: pairs of coverage and accuracy, each 0 to 1.
    """
    figure = go.Figure()
    dashes = itertools.cycle(("solid", "dot", "dash", "dashdot", "longdash"))
    for (name, curve), dash, colour in zip(curves.items(), dashes, itertools.cycle(CATEGORIES), strict=False):
        coverages, accuracies = zip(*curve, strict=True)
        figure.add_scatter(
            x=coverages,
            y=accuracies,
            mode="lines",
            name=name,
            line={"dash": dash, "color": colour},
            hovertemplate=name + ": the surest %{x:.0%} are right %{y:.0%} of the time<extra></extra>",
        )
    return _share_axes(figure, "share of clips answered", "right among these")


def roc(curves: Mapping[str, Mapping[str, Any]]) -> go.Figure:
    """Return the ROC curve of each emotion against all others.

    Parameters
    ----------
    curves : mapping
        By label: ``false_alarms`` and ``hits`` (sequences of rates, 0 to 1), and ``area`` under the curve.
    """
    figure = go.Figure()
    for label, curve in curves.items():
        figure.add_scatter(
            x=curve["false_alarms"],
            y=curve["hits"],
            mode="lines",
            name=f"{label} {curve['area']:.2f}",
            line_color=EMOTION_COLOURS[label],
            hovertemplate=label + ": %{y:.0%} found at %{x:.0%} false alarms<extra></extra>",
        )
    return _share_axes(figure, "false alarms", "found")


def curves_over_epochs(rows: Sequence[Mapping[str, Any]], column: str, y_title: str, *, is_share: bool) -> go.Figure:
    """Return one column of the training log over the epochs, one line per group of speakers that was left out.

    Parameters
    ----------
    rows : sequence of mapping
        ``fold``, ``epoch`` and the logged columns.
    column : str
        The column to draw.
    y_title : str
        Title of the vertical axis.
    is_share : bool
        Whether the values are shares, to be written in per cent.
    """
    figure = go.Figure()
    for fold, colour in zip(dict.fromkeys(row["fold"] for row in rows), itertools.cycle(CATEGORIES), strict=False):
        fold_rows = [row for row in rows if row["fold"] == fold]
        figure.add_scatter(
            x=[row["epoch"] for row in fold_rows],
            y=[row[column] for row in fold_rows],
            mode="lines",
            name=group_name(fold),
            line_color=colour,
            hovertemplate=f"{group_name(fold)}, epoch %{{x}}: %{{y:.3f}}<extra></extra>",
        )
    n_epochs = max((row["epoch"] for row in rows), default=1)
    figure.update_xaxes(title="epoch", dtick=1 if n_epochs <= _MOST_EPOCH_TICKS else _EPOCH_TICKS, fixedrange=True)
    figure.update_yaxes(title=y_title, tickformat=".0%" if is_share else "", nticks=7, fixedrange=True)
    return framed(figure, height_px=320).update_layout(legend=_LEGEND)


def layers(network_layers: Sequence[Layer]) -> go.Figure:
    """Return the layers of a network from input to output, one bar each; its length is the number of parameters."""
    names = [f"{number}. {layer.kind}" for number, layer in enumerate(network_layers, start=1)]
    n_parameters = [layer.n_parameters for layer in network_layers]
    figure = go.Figure(
        go.Bar(
            x=n_parameters,
            y=names,
            orientation="h",
            marker_color=ACCENT,
            text=[f"{' x '.join(map(str, layer.shape))} · {layer.n_parameters:,}" for layer in network_layers],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:,} parameters<extra></extra>",
        )
    )
    # The range leaves room for the text to the right of the longest bar.
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, 2.5 * max(n_parameters)])
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, type="category")
    return framed(figure, height_px=26 * len(names) + 40)


def filters(weights: npt.NDArray[np.float32]) -> go.Figure:
    """Return the filters of the first convolution in a grid, each with time to the right and frequency upwards.

    Parameters
    ----------
    weights : np.ndarray [shape=(time, frequency, 1, filters)]
        Weights of the first convolution.
    """
    n_times, n_bands, _, n_filters = weights.shape
    n_rows = -(-n_filters // _FILTER_COLUMNS)
    # One empty row and column separate neighbouring filters.
    grid = np.full((n_rows * (n_bands + 1), _FILTER_COLUMNS * (n_times + 1)), np.nan)
    for number in range(n_filters):
        row, column = divmod(number, _FILTER_COLUMNS)
        kernel = weights[:, :, 0, number].T
        top, left = row * (n_bands + 1), column * (n_times + 1)
        grid[top : top + n_bands, left : left + n_times] = kernel / np.abs(kernel).max()
    figure = go.Figure(go.Heatmap(z=np.round(grid, 2), colorscale=DIVERGING, zmid=0, showscale=False, hoverinfo="skip"))
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True, scaleanchor="x")
    return framed(figure, height_px=260)


def _share_axes(figure: go.Figure, x_title: str, y_title: str) -> go.Figure:
    """Give both axes the range 0 to 1 in per cent."""
    figure.update_xaxes(range=[0, 1.03], tickformat=".0%", dtick=_SHARE_TICKS, title=x_title, fixedrange=True)
    figure.update_yaxes(range=[0, 1.03], tickformat=".0%", dtick=_SHARE_TICKS, title=y_title, fixedrange=True)
    return framed(figure, height_px=420).update_layout(legend=_LEGEND)
