"""The charts of the Data page, as Plotly figures."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.dataset.effect_sizes import Distribution, Measure
from ser_core.dataset.tables import INVENTORY_ONLY, MEASURED, RECONSTRUCTED
from ui.common.charts import framed
from ui.common.plots import go
from ui.common.tokens import ACCENT, EMOTION_COLOURS, GREY, INK, PEOPLE, STAR

# Sources differ in colour and in pattern.
_SOURCE_COLOUR = {MEASURED: ACCENT, RECONSTRUCTED: PEOPLE, INVENTORY_ONLY: GREY}
_SOURCE_PATTERN = {MEASURED: "", RECONSTRUCTED: "/", INVENTORY_ONLY: "."}

_ROW_PX, _TWO_LINE_ROW_PX = 28, 36
_MAX_LABEL_CHARACTERS = 26


class PointGroup(NamedTuple):
    """Points of the sound map that share a name and a colour.

    Parameters
    ----------
    name : str
        Name in the legend.
    colour : str
        ``#rrggbb``.
    rows : np.ndarray [shape=(n,), dtype=int]
        Row numbers of the points.
    """

    name: str
    colour: str
    rows: npt.NDArray[np.intp]


def count_bars(table: pd.DataFrame, *, with_legend: bool = False) -> go.Figure:
    """Return counts as horizontal bars, one per kind, with the sources stacked.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts as ``ser_core.dataset.filters.count_clips`` returns them.
    with_legend : bool
        Whether a legend names the sources.
    """
    kinds = ["<br>".join(textwrap.wrap(str(kind), _MAX_LABEL_CHARACTERS)) for kind in table.index]
    row_px = _TWO_LINE_ROW_PX if any("<br>" in kind for kind in kinds) else _ROW_PX
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
    framed(figure, height_px=row_px * len(kinds) + (70 if with_legend else 20))
    return figure.update_layout(showlegend=with_legend, legend={"orientation": "h", "y": -0.15, "traceorder": "normal"})


def count_columns(table: pd.DataFrame) -> go.Figure:
    """Return counts as vertical bars without names, for kinds that are too many to be labelled.

    Parameters
    ----------
    table : pandas.DataFrame
        Counts as ``ser_core.dataset.filters.count_clips`` returns them.
    """
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
    figure.update_yaxes(title="clips", fixedrange=True, tickformat=",", nticks=8)
    figure.update_layout(barmode="stack", bargap=0.15)
    return framed(figure, height_px=240).update_layout(showlegend=False)


def ridges(distributions: Sequence[Distribution], measure: Measure, *, is_relative: bool) -> go.Figure:
    """Return one density curve per emotion, one above the other. A curve is high where there are many clips.

    Parameters
    ----------
    distributions : sequence of Distribution
        One per emotion.
    measure : Measure
        The measured property.
    is_relative : bool
        Whether the values are differences from the speaker's own average.
    """
    figure = go.Figure()
    scale, unit = (100.0, "%") if measure.is_share else (1.0, measure.unit)
    decimals = 0 if measure.is_share else measure.decimals
    suffix = f" {unit}" if unit else ""
    from_bottom = list(reversed(distributions))
    for row, distribution in enumerate(from_bottom):
        colour = EMOTION_COLOURS[distribution.emotion]
        quartiles = scale * np.array([distribution.low, distribution.median, distribution.high])
        low, median, high = (f"{value:,.{decimals}f}{suffix}" for value in quartiles)
        x = np.round(scale * distribution.x, 3)
        # An invisible base line: the next trace fills the area down to it.
        figure.add_scatter(x=x, y=np.full(len(x), row), mode="lines", line_width=0, hoverinfo="skip")
        figure.add_scatter(
            x=x,
            y=np.round(row + 0.85 * distribution.density, 3),
            mode="lines",
            line={"color": colour, "width": 2},
            fill="tonexty",
            fillcolor=f"{colour}55",
            hoverinfo="skip",
        )
        hover_text = (
            f"{distribution.emotion}: half of {distribution.n:,} clips lie between {low} and {high}, "
            f"the middle is {median}"
        )
        figure.add_scatter(
            x=quartiles,
            y=[row + 0.07] * 3,
            mode="lines+markers",
            line={"color": colour, "width": 4},
            marker={"color": colour, "size": [1, 11, 1], "symbol": "diamond"},
            text=[hover_text] * 3,
            hovertemplate="%{text}<extra></extra>",
        )
    names = [distribution.emotion for distribution in from_bottom]
    figure.update_yaxes(tickvals=[row + 0.2 for row in range(len(names))], ticktext=names, fixedrange=True)
    title = measure.name + (f" ({unit})" if unit else "") + (", compared with the own average" if is_relative else "")
    figure.update_xaxes(title=title, fixedrange=True, zeroline=is_relative)
    return framed(figure, height_px=56 * len(names) + 90).update_layout(showlegend=False, hovermode="closest")


def sound_map(
    points: pd.DataFrame,
    hover_texts: pd.Series[str],
    groups: Sequence[PointGroup],
    own_position: tuple[float, float] | None,
) -> go.Figure:
    """Return each clip as a point, drawn by the graphics card (WebGL).

    Parameters
    ----------
    points : pandas.DataFrame
        ``map_x`` and ``map_y``. A click on a point returns its index.
    hover_texts : pandas.Series
        Text that is shown over each point.
    groups : sequence of PointGroup
        The points by colour.
    own_position : (float, float) or None
        Position of the visitor's clip.
    """
    figure = go.Figure()
    x, y = (points[column].to_numpy(np.float32) for column in ("map_x", "map_y"))
    texts, index = hover_texts.to_numpy(dtype=object), points.index.to_numpy(np.int32)
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
    if own_position is not None:
        # WebGL like the points, and after them: an SVG trace would be drawn below all WebGL traces.
        figure.add_scattergl(
            x=[own_position[0]],
            y=[own_position[1]],
            name="your clip",
            mode="markers+text",
            marker={"symbol": "star", "size": 20, "color": STAR, "line": {"color": INK, "width": 2}},
            text=["your clip"],
            textposition="top center",
            hovertemplate="your clip<extra></extra>",
        )
    figure.update_xaxes(showticklabels=False, title="first principal component", zeroline=False)
    figure.update_yaxes(showticklabels=False, title="second principal component", zeroline=False)
    framed(figure, height_px=560)
    return figure.update_layout(
        hovermode="closest",
        clickmode="event+select",
        legend={"orientation": "h", "y": -0.12, "itemsizing": "constant"},
        uirevision="map",
    )


def agreement_bars(listeners: pd.DataFrame, network: pd.DataFrame, groups: Sequence[str]) -> go.Figure:
    """Return how often the answer is the intended emotion, for people and for the network.

    Parameters
    ----------
    listeners, network : pandas.DataFrame
        Shares as ``ser_core.dataset.listeners.agreement`` returns them.
    groups : sequence of str
        Names of the groups, in the order of the chart.
    """
    figure = go.Figure()
    for name, colour, pattern, table in (
        ("listeners", PEOPLE, "", listeners),
        ("network", ACCENT, "/", network),
    ):
        rows = table.reindex(list(groups))
        figure.add_bar(
            x=list(groups),
            y=rows["share"].to_numpy(),
            name=name,
            marker={"color": colour, "pattern": {"shape": pattern, "size": 5}},
            text=["" if np.isnan(share) else f"{share:.0%}" for share in rows["share"]],
            textposition="outside",
            cliponaxis=False,
            customdata=rows["clips"].fillna(0).to_numpy(),
            hovertemplate="%{x}, " + name + ": %{y:.0%} of %{customdata:,} clips<extra></extra>",
        )
    figure.update_xaxes(fixedrange=True, type="category")
    figure.update_yaxes(range=[0, 1.05], tickformat=".0%", fixedrange=True, title="as intended")
    figure.update_layout(barmode="group", legend={"orientation": "h", "y": -0.2})
    return framed(figure, height_px=300)
