"""A table of shares, each shown as a percentage."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
import streamlit as st


def share_table(table: pd.DataFrame, alt: str, points: Collection[str] = ()) -> None:
    """Show a table whose numbers between 0 and 1 read as percentages.

    Parameters
    ----------
    table : DataFrame
        Columns of floats hold shares; others are shown as they are.
    alt : str
        What the table holds, for those who do not see it.
    points : collection of str
        Columns that hold differences of shares: percentage points, shown without a per cent sign.
    """
    shares = [name for name in table if table[name].dtype.kind == "f"]
    formats = {name: "%.1f" if name in points else "%.1f%%" for name in shares}
    st.dataframe(
        table.assign(**{name: 100 * table[name] for name in shares}),
        column_config={name: st.column_config.NumberColumn(name, format=found) for name, found in formats.items()},
        height="content",
        alt=alt,
    )
