"""The charts of a whole batch, as Plotly figures in plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ser_core.batch.figures import explained_verdicts
from ui.common.charts import frame
from ui.common.plain_figure import PlainFigure
from ui.common.tokens import ACCENT, EMOTION_COLOURS, GREY

_BAR_PX = 34
_WITH_ANSWER = ("sure", "leaning", "open")


def verdict_bars(counts: Mapping[str, int]) -> PlainFigure:
    """Return how many files have each verdict.

    Parameters
    ----------
    counts : mapping of str to int
        As ``ser_core.batch.figures.verdict_counts`` returns them.
    """
    names = list(explained_verdicts(counts))
    return _bars(names, list(counts.values()), [ACCENT if kind in _WITH_ANSWER else GREY for kind in counts])


def emotion_bars(counts: Mapping[str, int]) -> PlainFigure:
    """Return for how many files each emotion is the likeliest.

    Parameters
    ----------
    counts : mapping of str to int
        As ``ser_core.batch.figures.emotion_counts`` returns them.
    """
    return _bars(list(counts), list(counts.values()), [EMOTION_COLOURS[label] for label in counts])


def _bars(names: Sequence[str], counts: Sequence[int], colours: Sequence[str]) -> PlainFigure:
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": np.asarray(counts, dtype=np.float64),
        "y": list(names),
        "marker": {"color": list(colours)},
        "text": [f"{count:,}" for count in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    layout = {
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, 1.15 * max([*counts, 1])]},
        "yaxis": {"autorange": "reversed", "fixedrange": True, "automargin": True, "type": "category"},
        "bargap": 0.3,
    }
    return PlainFigure([trace], layout | frame(height_px=_BAR_PX * len(names) + 20, n_traces=1))
