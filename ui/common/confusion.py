"""The confusion matrix as a chart, for listeners (Data page) and networks (Model page)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ui.common.charts import framed
from ui.common.plots import go
from ui.common.tokens import SHARES, TRANSPARENT

_CELL_PX = 42


def confusion(
    shares: npt.NDArray[np.floating], labels: Sequence[str], texts: Sequence[Sequence[str]], *, answer: str
) -> go.Figure:
    """Return a confusion matrix with a row per intended emotion and a column per answer; cells can be clicked.

    Parameters
    ----------
    shares : np.ndarray [shape=(n, n)]
        Share of each row's clips, 0 to 1, which sets the colour; NaN in a row without clips.
    labels : sequence of str [length=n]
        Labels of the rows and of the columns.
    texts : sequence of sequence of str [shape=(n, n)]
        The text in each cell.
    answer : str
        The title of the columns: ``"heard"``.
    """
    names = list(labels)
    figure = go.Figure(
        go.Heatmap(
            x=names,
            y=names,
            z=np.round(shares, 3),
            zmin=0,
            zmax=1,
            colorscale=SHARES,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    # Streamlit reports clicks on points only, so each cell has an invisible point.
    rows, columns = np.divmod(np.arange(len(labels) ** 2), len(labels))
    figure.add_scatter(
        x=[names[column] for column in columns],
        y=[names[row] for row in rows],
        mode="markers",
        marker={"symbol": "square", "size": _CELL_PX - 4, "color": TRANSPARENT},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[[labels[row], labels[column]] for row, column in zip(rows, columns, strict=True)],
        hovertemplate="meant: %{customdata[0]}<br>" + answer + ": %{customdata[1]}<extra></extra>",
    )
    # The text of an annotation follows a change of the theme. Plotly chooses the colour of a heatmap's own text as if
    # the page were white.
    figure.update_layout(
        annotations=[
            {"x": column, "y": row, "text": text, "showarrow": False}
            for row, row_texts in zip(names, texts, strict=True)
            for column, text in zip(names, row_texts, strict=True)
        ]
    )
    # The range that Plotly would choose leaves room for the whole markers, and so narrow cells on a phone.
    last = len(names) - 0.5
    figure.update_xaxes(
        title=answer, showgrid=False, range=[-0.5, last], fixedrange=True, tickangle=-45, type="category"
    )
    figure.update_yaxes(
        title="meant", showgrid=False, range=[last, -0.5], fixedrange=True, automargin=True, type="category"
    )
    figure = framed(figure, height_px=_CELL_PX * len(labels) + 150)
    return figure.update_layout(showlegend=False, hovermode="closest", clickmode="event+select")


def in_percent(shares: npt.NDArray[np.floating]) -> list[list[str]]:
    """Return the text of each cell: the share in per cent, an empty string for NaN."""
    return [["" if np.isnan(share) else f"{share:.0%}" for share in row] for row in shares]
