"""The numbers behind a chart."""

from __future__ import annotations

import ast

import numpy as np
import pandas as pd
import pytest

from tests.harness.paths import ROOT
from ui.common.chart_table import numbers_behind, row_names
from ui.common.plain_figure import PlainFigure
from ui.common.plots import go


def test_bars_give_one_row_per_category_with_shares_in_per_cent() -> None:
    figure = go.Figure(go.Bar(x=[0.25, 0.5], y=["angry", "calm"], orientation="h", name="network"))
    figure.update_xaxes(tickformat=".0%", title="UAR")
    table = numbers_behind(figure)
    assert table.columns.tolist() == ["network (UAR, %)"]
    assert table["network (UAR, %)"].to_dict() == {"angry": 25.0, "calm": 50.0}


def test_traces_become_columns_in_the_order_of_their_first_categories() -> None:
    figure = go.Figure([go.Bar(x=["b", "a"], y=[1, 2], name="one"), go.Bar(x=["c", "a"], y=[3, 4], name="two")])
    table = numbers_behind(figure)
    assert table.index.tolist() == ["b", "a", "c"]
    assert table["two"].dropna().to_dict() == {"a": 4.0, "c": 3.0}


def test_a_label_of_two_lines_is_one_line_in_the_table() -> None:
    table = numbers_behind(go.Figure(go.Bar(x=[7], y=["Don't forget<br>a jacket"], orientation="h")))
    assert table.index.tolist() == ["Don't forget a jacket"]


def test_encoded_arrays_of_a_plain_figure_are_read() -> None:
    line = {"type": "scatter", "x": np.array([0.5, 1.5]), "y": np.array([0.1, 0.9]), "name": "sad"}
    figure = PlainFigure([line], {"xaxis": {"title": {"text": "time (s)"}}, "yaxis": {"tickformat": ".0%"}})
    table = numbers_behind(figure)
    assert table.index.name == "time (s)"
    assert table.iloc[:, 0].to_dict() == {0.5: 10.0, 1.5: 90.0}


def test_a_matrix_with_names_keeps_them() -> None:
    table = numbers_behind(go.Figure(go.Heatmap(z=[[0.5, 0.25]], x=["angry", "sad"], y=["angry"])))
    assert table.loc["angry", "sad"] == pytest.approx(0.25)


@pytest.mark.parametrize(
    "figure",
    [go.Figure(go.Scatter(x=list(range(1000)), y=list(range(1000)))), go.Figure(go.Violin(y=[1.0, 2.0])), go.Figure()],
    ids=["too many points", "no bars or lines", "empty"],
)
def test_other_charts_have_no_table(figure: go.Figure) -> None:
    assert numbers_behind(figure).empty


def test_long_names_of_rows_scroll_so_that_the_numbers_can_be_reached_on_a_phone() -> None:
    numbers = pd.DataFrame({"clips": [546, 7442]}, index=["CREMA-D: I think I have a doctor's appointment", "CREMA-D"])
    assert row_names(numbers)["_index"]["pinned"] is False
    assert row_names(numbers[1:])["_index"]["pinned"] is True


def test_no_table_shows_the_word_none_where_it_has_no_value() -> None:
    tables = [
        (path.name, {keyword.arg for keyword in node.keywords})
        for folder in ("pages", "ui")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.dataframe"
    ]
    assert tables
    assert [name for name, arguments in tables if "placeholder" not in arguments] == []
