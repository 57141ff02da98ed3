"""The charts of the Model page, as Plotly figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ser_core.emotions import BY_LABEL
from ser_core.inference.architecture import Layer
from ui.common.charts import framed
from ui.common.plots import go

_OURS, _OTHER, _GREY, _WARN = "#6f52d9", "#c98a00", "#808a94", "#d9363e"
_LEGEND = {"orientation": "h", "y": -0.25}


def yardsticks(rows: Sequence[Mapping[str, Any]]) -> go.Figure:
    """Return one line a corpus: our network with its interval between its yardsticks.

    Parameters
    ----------
    rows : sequence of mapping
        ``name``, ``ours``, ``interval`` (two shares or None), and where known ``guessing``, ``original``, ``leaky`` and
        ``listeners``.
    """
    names = [row["name"] for row in rows]
    figure = go.Figure()
    for key, name, symbol, colour in (
        ("guessing", "guessing", "line-ns-open", _GREY),
        ("original", "the original's recipe", "square", _GREY),
        ("listeners", "people", "diamond", _OTHER),
        ("leaky", "ours on a random split", "circle-open", _WARN),
    ):
        known = [row for row in rows if row.get(key) is not None]
        if not known:
            continue
        figure.add_scatter(
            x=[row[key] for row in known],
            y=[row["name"] for row in known],
            name=name,
            mode="markers",
            marker={"symbol": symbol, "size": 12, "color": colour, "line": {"width": 2, "color": colour}},
            hovertemplate=f"%{{y}}, {name}: %{{x:.1%}}<extra></extra>",
        )
    ours = [row["ours"] for row in rows]
    figure.add_scatter(
        x=ours,
        y=names,
        name="ours, on new voices",
        mode="markers+text",
        marker={"size": 14, "color": _OURS},
        error_x=_whiskers(ours, [row["interval"] for row in rows], _OURS),
        text=[f"{uar:.1%}" for uar in ours],
        textposition="top center",
        hovertemplate="%{y}, ours on new voices: %{x:.1%}<extra></extra>",
    )
    figure.update_xaxes(range=[0, 1.03], tickformat=".0%", fixedrange=True, title="UAR")
    # In the order of the rows, whichever of them a yardstick knows.
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, type="category", categoryarray=names)
    return framed(figure, height_px=72 * len(names) + 150).update_layout(legend=_LEGEND, hovermode="closest")


def intervals(found: Mapping[str, Mapping[str, Any]]) -> go.Figure:
    """Return one bar a group, with its interval.

    Parameters
    ----------
    found : mapping
        By name: ``uar``, ``uar_interval`` and ``n``, as ``metrics.json`` has them.
    """
    names = list(found)
    uars = [each["uar"] for each in found.values()]
    figure = go.Figure(
        go.Bar(
            x=uars,
            y=names,
            orientation="h",
            marker_color=_OURS,
            error_x=_whiskers(uars, [each["uar_interval"] for each in found.values()], _GREY),
            text=[f"{uar:.1%}" for uar in uars],
            textposition="inside",
            insidetextanchor="start",
            hovertemplate="%{y}: %{x:.1%}<extra></extra>",
        )
    )
    figure.update_xaxes(range=[0, 1], tickformat=".0%", fixedrange=True)
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, type="category")
    return framed(figure, height_px=38 * len(names) + 60)


def _whiskers(uars: Sequence[float], bounds: Sequence[Sequence[float] | None], colour: str) -> dict[str, Any]:
    """Return error bars from the lower to the upper bound; none where there is no interval."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [of[1] - uar if of else None for uar, of in zip(uars, bounds, strict=True)],
        "arrayminus": [uar - of[0] if of else None for uar, of in zip(uars, bounds, strict=True)],
        "color": colour,
        "thickness": 3,
    }


def reliability(bins: Sequence[Mapping[str, float]]) -> go.Figure:
    """Return how often an answer is right against how sure it is."""
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1],
        y=[0, 1],
        mode="lines",
        name="as sure as right",
        line={"color": _GREY, "dash": "dash"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[each["probability"] for each in bins],
        y=[each["right"] for each in bins],
        customdata=[each["n"] for each in bins],
        mode="lines+markers",
        name="our network",
        line_color=_OURS,
        marker={"size": [8 + 18 * (each["n"] / max(b["n"] for b in bins)) ** 0.5 for each in bins]},
        hovertemplate="says %{x:.0%}, is right %{y:.0%} of %{customdata:,} times<extra></extra>",
    )
    return _square(figure, "how sure it says it is", "how often it is right")


def coverage(curves: Mapping[str, Sequence[Sequence[float]]]) -> go.Figure:
    """Return how right the surest answers are, by how many of them are given."""
    figure = go.Figure()
    for (name, curve), dash in zip(curves.items(), ("solid", "dot", "dash", "dashdot", "longdash") * 2, strict=False):
        shares, accuracies = zip(*curve, strict=True)
        figure.add_scatter(
            x=shares,
            y=accuracies,
            mode="lines",
            name=name,
            line_dash=dash,
            hovertemplate=name + ": the surest %{x:.0%} are right %{y:.0%} of the time<extra></extra>",
        )
    return _square(figure, "share of clips answered", "right among these")


def roc(curves: Mapping[str, Mapping[str, Any]]) -> go.Figure:
    """Return each emotion's hits against its false alarms."""
    figure = go.Figure()
    for label, curve in curves.items():
        figure.add_scatter(
            x=curve["false_alarms"],
            y=curve["hits"],
            mode="lines",
            name=f"{BY_LABEL[label].icon} {label} {curve['area']:.2f}",
            line_color=BY_LABEL[label].colour,
            hovertemplate=label + ": %{y:.0%} found at %{x:.0%} false alarms<extra></extra>",
        )
    return _square(figure, "false alarms", "found")


def curves_over_epochs(rows: Sequence[Mapping[str, Any]], column: str) -> go.Figure:
    """Return a column of the training log over epochs, one line a fold."""
    figure = go.Figure()
    for fold in dict.fromkeys(row["fold"] for row in rows):
        of_fold = [row for row in rows if row["fold"] == fold]
        figure.add_scatter(
            x=[row["epoch"] for row in of_fold],
            y=[row[column] for row in of_fold],
            mode="lines",
            name=str(fold),
            hovertemplate=f"{fold}, epoch %{{x}}: %{{y:.3f}}<extra></extra>",
        )
    figure.update_xaxes(title="epoch", fixedrange=True)
    figure.update_yaxes(title=column.replace("_", " "), fixedrange=True)
    return framed(figure, height_px=320).update_layout(legend=_LEGEND)


def layers(drawn: Sequence[Layer]) -> go.Figure:
    """Return a network from its input down to its answer, a bar a layer, as wide as it has parameters."""
    names = [f"{number}. {layer.kind}" for number, layer in enumerate(drawn, start=1)]
    figure = go.Figure(
        go.Bar(
            x=[layer.n_parameters for layer in drawn],
            y=names,
            orientation="h",
            marker_color=_OURS,
            text=[f"{' x '.join(map(str, layer.shape))} · {layer.n_parameters:,}" for layer in drawn],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:,} parameters<extra></extra>",
        )
    )
    most = max(layer.n_parameters for layer in drawn)
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, 1.9 * most])
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, type="category")
    return framed(figure, height_px=26 * len(names) + 40)


def filters(weights: np.ndarray) -> go.Figure:
    """Return the first filters side by side: time across, frequency up.

    Parameters
    ----------
    weights : np.ndarray [shape=(time, frequency, 1, filters)]
        Of the first convolution.
    """
    n_time, n_bands, _, n_filters = weights.shape
    n_columns = 16
    n_rows = -(-n_filters // n_columns)
    grid = np.full((n_rows * (n_bands + 1), n_columns * (n_time + 1)), np.nan)
    for number in range(n_filters):
        row, column = divmod(number, n_columns)
        one = weights[:, :, 0, number].T
        grid[row * (n_bands + 1) :, column * (n_time + 1) :][:n_bands, :n_time] = one / np.abs(one).max()
    figure = go.Figure(go.Heatmap(z=np.round(grid, 2), colorscale="RdBu", zmid=0, showscale=False, hoverinfo="skip"))
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True, scaleanchor="x")
    return framed(figure, height_px=260)


def _square(figure: go.Figure, x_title: str, y_title: str) -> go.Figure:
    figure.update_xaxes(range=[0, 1], tickformat=".0%", title=x_title, fixedrange=True)
    figure.update_yaxes(range=[0, 1.02], tickformat=".0%", title=y_title, fixedrange=True)
    return framed(figure, height_px=420).update_layout(legend=_LEGEND)
