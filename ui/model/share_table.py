"""A table of shares, shown as percentages."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st

from ui.common.chart_table import row_names


def share_table(table: pd.DataFrame, alt: str, points: Collection[str] = (), missing: str = "") -> None:
    """Show a table and write its shares, numbers from 0 to 1, as percentages.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns of floats hold shares. Other columns are shown unchanged.
    alt : str
        Description of the table for screen readers.
    points : collection of str
        Columns that hold differences of shares. They are shown as percentage points, without a per cent sign.
    missing : str
        What a cell without a number shows.
    """
    share_columns = [str(column) for column in table if table[column].dtype.kind == "f"]
    percentages = table.copy()
    percentages[share_columns] *= 100
    st.dataframe(
        percentages,
        column_config=row_names(table)
        | {
            column: st.column_config.NumberColumn(column, format="%.1f" if column in points else "%.1f%%")
            for column in share_columns
        },
        height="content",
        placeholder=missing,
        alt=alt,
    )
