"""The charts of the Data page, as Plotly figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ser_core.dataset.effects import Distribution, Measure
from ser_core.dataset.tables import INVENTORY_ONLY, MEASURED, RECONSTRUCTED
from ser_core.emotions import BY_LABEL
from ui.common.charts import framed
from ui.common.plots import go

# Told apart by colour and by pattern.
_SOURCE_COLOUR = {MEASURED: "#6f52d9", RECONSTRUCTED: "#c98a00", INVENTORY_ONLY: "#808a94"}
_SOURCE_PATTERN = {MEASURED: "", RECONSTRUCTED: "/", INVENTORY_ONLY: "."}

_LISTENERS_COLOUR, _NETWORK_COLOUR = "#c98a00", "#6f52d9"

_ROW_PX = 28


def count_bars(table: pd.DataFrame, *, with_legend: bool = False) -> go.Figure:
    """Return counts as lying bars, one a kind, its sources stacked.

    Parameters
    ----------
    table : pandas.DataFrame
        As ``ser_core.dataset.selection.counts`` gives it.
    with_legend : bool
        Whether to say which pattern is which source.
    """
    kinds = [str(kind) for kind in table.index]
    figure = go.Figure()
    for source in table.columns:
        figure.add_bar(
            x=table[source].to_numpy(),
            y=kinds,
            orientation="h",
            name=source,
            marker={"color": _SOURCE_COLOUR[source], "pattern": {"shape": _SOURCE_PATTERN[source], "size": 5}},
            hovertemplate="%{y}, " + source + ": %{x:,}<extra></extra>",
        )
    totals = table.sum(axis=1).to_numpy()
    figure.add_scatter(
        x=totals,
        y=kinds,
        mode="text",
        text=[f" {total:,}" for total in totals],
        textposition="middle right",
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, max(1.22 * float(totals.max()), 1.0)])
    figure.update_yaxes(autorange="reversed", fixedrange=True, automargin=True, type="category")
    figure.update_layout(barmode="stack", bargap=0.25)
    framed(figure, height_px=_ROW_PX * len(kinds) + (70 if with_legend else 20))
    return figure.update_layout(showlegend=with_legend, legend={"orientation": "h", "y": -0.15, "traceorder": "normal"})


def count_columns(table: pd.DataFrame) -> go.Figure:
    """Return counts as standing bars without names, for more kinds than names could be read."""
    figure = go.Figure()
    for source in table.columns:
        figure.add_bar(
            x=[str(kind) for kind in table.index],
            y=table[source].to_numpy(),
            name=source,
            marker={"color": _SOURCE_COLOUR[source], "line_width": 0},
            hovertemplate="%{x}, " + source + ": %{y:,}<extra></extra>",
        )
    figure.update_xaxes(showticklabels=False, fixedrange=True, type="category")
    figure.update_yaxes(title="clips", fixedrange=True, tickformat=",")
    figure.update_layout(barmode="stack", bargap=0.15)
    return framed(figure, height_px=240).update_layout(showlegend=False)


def ridges(found: Sequence[Distribution], measure: Measure, *, is_own_average: bool) -> go.Figure:
    """Return one hill an emotion: where it is high, many clips lie.

    Parameters
    ----------
    found : sequence of Distribution
        One an emotion.
    measure : Measure
        What was measured.
    is_own_average : bool
        Whether numbers are differences from the speaker's own average.
    """
    figure = go.Figure()
    scale, unit = (100.0, "%") if measure.is_share else (1.0, measure.unit)
    decimals = 0 if measure.is_share else measure.decimals
    suffix = f" {unit}" if unit else ""
    for row, each in enumerate(reversed(found)):
        colour = BY_LABEL[each.emotion].colour
        low, median, high = (f"{scale * value:,.{decimals}f}{suffix}" for value in (each.low, each.median, each.high))
        figure.add_scatter(
            x=np.round(scale * each.x, 3),
            y=np.full(len(each.x), row),
            mode="lines",
            line_width=0,
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=np.round(scale * each.x, 3),
            y=np.round(row + 0.85 * each.density, 3),
            mode="lines",
            line={"color": colour, "width": 2},
            fill="tonexty",
            fillcolor=f"{colour}55",
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=scale * np.array([each.low, each.median, each.high]),
            y=[row + 0.07] * 3,
            mode="lines+markers",
            line={"color": colour, "width": 4},
            marker={"color": colour, "size": [1, 11, 1], "symbol": "diamond"},
            text=[f"{each.emotion}: half of {each.n:,} clips lie between {low} and {high}, the middle is {median}"] * 3,
            hovertemplate="%{text}<extra></extra>",
        )
    names = [f"{each.emotion} {BY_LABEL[each.emotion].icon}" for each in reversed(found)]
    figure.update_yaxes(tickvals=[row + 0.2 for row in range(len(found))], ticktext=names, fixedrange=True)
    title = measure.name + (f" ({unit})" if unit else "") + (", over the own average" if is_own_average else "")
    figure.update_xaxes(title=title, fixedrange=True, zeroline=is_own_average)
    return framed(figure, height_px=56 * len(found) + 90).update_layout(showlegend=False, hovermode="closest")


def sound_map(
    points: pd.DataFrame,
    told: pd.Series,
    groups: Sequence[tuple[str, str, np.ndarray]],
    own: tuple[float, float] | None,
) -> go.Figure:
    """Return every clip as a point, drawn by the graphics card.

    Parameters
    ----------
    points : pandas.DataFrame
        ``map_x`` and ``map_y``. A point that is clicked gives its index back.
    told : pandas.Series
        What each point says of itself.
    groups : sequence of (str, str, np.ndarray)
        Name, colour and positions of each group.
    own : (float, float) or None
        Where the visitor's clip lies.
    """
    figure = go.Figure()
    x, y = (points[column].to_numpy(np.float32) for column in ("map_x", "map_y"))
    texts, index = told.to_numpy(dtype=object), points.index.to_numpy(np.int32)
    for name, colour, rows in groups:
        figure.add_scattergl(
            x=x[rows],
            y=y[rows],
            name=name,
            mode="markers",
            marker={"color": colour, "size": 5, "opacity": 0.55},
            text=texts[rows],
            customdata=index[rows],
            hovertemplate="%{text}<extra></extra>",
        )
    if own is not None:
        figure.add_scatter(
            x=[own[0]],
            y=[own[1]],
            name="your clip",
            mode="markers+text",
            marker={"symbol": "star", "size": 20, "color": "#f0b400", "line": {"color": "#121018", "width": 2}},
            text=["your clip"],
            textposition="top center",
            hovertemplate="your clip<extra></extra>",
        )
    figure.update_xaxes(showticklabels=False, title="first direction", zeroline=False)
    figure.update_yaxes(showticklabels=False, title="second direction", zeroline=False)
    framed(figure, height_px=560)
    return figure.update_layout(
        hovermode="closest",
        clickmode="event+select",
        legend={"orientation": "h", "y": -0.12, "itemsizing": "constant"},
        uirevision="map",
    )


def agreement_bars(listeners: pd.DataFrame, network: pd.DataFrame, kinds: Sequence[str]) -> go.Figure:
    """Return how often the intended emotion was heard, people beside the network.

    Parameters
    ----------
    listeners, network : pandas.DataFrame
        As ``ser_core.dataset.listeners.agreement`` gives them.
    kinds : sequence of str
        The groups, in their order.
    """
    figure = go.Figure()
    for name, colour, pattern, table in (
        ("listeners", _LISTENERS_COLOUR, "", listeners),
        ("network", _NETWORK_COLOUR, "/", network),
    ):
        shares = table.reindex(list(kinds))
        figure.add_bar(
            x=list(kinds),
            y=shares["share"].to_numpy(),
            name=name,
            marker={"color": colour, "pattern": {"shape": pattern, "size": 5}},
            text=["" if np.isnan(share) else f"{share:.0%}" for share in shares["share"]],
            textposition="outside",
            cliponaxis=False,
            customdata=shares["clips"].fillna(0).to_numpy(),
            hovertemplate="%{x}, " + name + ": %{y:.0%} of %{customdata:,} clips<extra></extra>",
        )
    figure.update_xaxes(fixedrange=True, type="category")
    figure.update_yaxes(range=[0, 1.05], tickformat=".0%", fixedrange=True, title="as meant")
    figure.update_layout(barmode="group", legend={"orientation": "h", "y": -0.2})
    return framed(figure, height_px=300)
