"""The numbers behind a chart as a table, for people who cannot see the chart or want its exact values."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ui.common.charts import CONFIG
from ui.common.plots import go

# A longer table is not read. The pages offer long series, such as the features of a clip, as files.
_MOST_ROWS = 200
# Longer names in a column that does not scroll would fill a phone, and the numbers beside them could not be reached.
_LONGEST_PINNED_NAME = 25
_CHARACTER_PX, _CELL_PADDING_PX = 7, 20


def show_chart(figure: go.Figure, key: str, alt: str) -> None:
    """Show a chart with the table of its numbers below it.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        The chart.
    key : str
        The key of the chart on its page.
    alt : str
        Description of the chart for screen readers.
    """
    st.plotly_chart(figure, config=CONFIG, key=key, alt=alt)
    # The table is made only when it is opened.
    with st.expander("The same as a table", icon=":material/table:", key=f"{key}_table", on_change="rerun") as table:
        if table.open:
            _show(numbers_behind(figure), alt)


def numbers_behind(figure: go.Figure) -> pd.DataFrame:
    """Return the numbers that a chart shows.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        A chart of bars, lines or points, or a heat map with named rows and columns.

    Returns
    -------
    pandas.DataFrame
        One row per category or point of the horizontal axis, one column per trace. Empty if the chart has other traces
        only, or more than 200 rows.
    """
    content = figure.to_dict()
    columns: dict[str, pd.Series] = {}
    for trace in content["data"]:
        if trace.get("type") == "heatmap":
            return _named_cells(trace)
        if trace.get("type", "scatter") not in {"bar", "scatter"} or trace.get("hoverinfo") == "skip":
            continue
        values = _series(trace, content["layout"])
        name = str(values.name)
        while name in columns:
            name += " "
        columns[name] = values
    table = pd.concat(columns, axis=1, sort=False) if columns else pd.DataFrame()
    return table if len(table) <= _MOST_ROWS else pd.DataFrame()


def _show(table: pd.DataFrame, alt: str) -> None:
    if table.empty:
        st.caption("This chart has too many points for a table.")
        return
    # Where a chart has a gap, the cell is empty; Streamlit would write "None".
    st.dataframe(
        table,
        height="content",
        placeholder="",
        alt=f"{alt}, as a table",
        column_config=row_names(table),
    )


def row_names(table: pd.DataFrame) -> dict[str, Any]:
    """Return the configuration of the column with the names of the rows, for ``st.dataframe``.

    Streamlit measures a table in an expander before it is open, and then cuts the names.

    Parameters
    ----------
    table : pandas.DataFrame
        A table with at least one row.
    """
    longest = max(len(str(name)) for name in (*table.index, table.index.name or ""))
    width_px = _CHARACTER_PX * longest + _CELL_PADDING_PX
    return {"_index": st.column_config.Column(width=width_px, pinned=longest <= _LONGEST_PINNED_NAME)}


def _series(trace: Mapping[str, Any], layout: Mapping[str, Any]) -> pd.Series:
    """Return the values of a trace by category; shares as percentages with one decimal."""
    x, y = _array(trace.get("x")), _array(trace.get("y"))
    is_horizontal = trace.get("orientation") == "h" or (y.dtype.kind in "OU" and x.dtype.kind not in "OU")
    categories, values = (y, x) if is_horizontal else (x, y)
    axis = _axis(trace, layout, "x" if is_horizontal else "y")
    title = _title(axis)
    if "%" in str(axis.get("tickformat", "")):
        values, title = np.round(100.0 * values.astype(float), 1), f"{title}, %" if title else "%"
    name = trace.get("name")
    series = pd.Series(
        values, index=pd.Index(_one_line(categories), name=_title(_axis(trace, layout, "y" if is_horizontal else "x")))
    )
    unit = f" ({title})" if title else ""
    return series[~series.index.duplicated()].rename(f"{name}{unit}" if name else title or "value")


def _one_line(categories: np.ndarray) -> np.ndarray:
    """Return the categories without the line breaks of a chart's labels."""
    if categories.dtype.kind not in "OU":
        return categories
    return np.array([str(category).replace("<br>", " ") for category in categories], dtype=object)


def _named_cells(trace: Mapping[str, Any]) -> pd.DataFrame:
    x, y = _array(trace.get("x")), _array(trace.get("y"))
    if x.dtype.kind not in "OU" or y.dtype.kind not in "OU":
        return pd.DataFrame()
    return pd.DataFrame(np.round(_array(trace["z"]), 3), index=pd.Index(y), columns=pd.Index(x))


def _axis(trace: Mapping[str, Any], layout: Mapping[str, Any], letter: str) -> Mapping[str, Any]:
    # The axis "x2" of a trace is "xaxis2" of the layout.
    number = str(trace.get(f"{letter}axis", letter))[1:]
    axis: Mapping[str, Any] = layout.get(f"{letter}axis{number}", {})
    return axis


def _title(axis: Mapping[str, Any]) -> str:
    title = axis.get("title", "")
    return str(title.get("text", "") if isinstance(title, Mapping) else title)


def _array(values: Any) -> np.ndarray:
    """Return the values of a figure, which Plotly stores as a list, an array or encoded bytes."""
    if isinstance(values, Mapping):
        array = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
        return array.reshape([int(size) for size in values["shape"].split(",")]) if "shape" in values else array
    return np.asarray(values if values is not None else [])
