"""The charts of the Recognise page, as Plotly figures. Streamlit applies its light or dark theme to them."""

from __future__ import annotations

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction
from ui.common.charts import frame
from ui.common.plain_figure import PlainFigure
from ui.common.tokens import EMOTION_COLOURS
from ui.common.words import percent


def probability_bars(prediction: Prediction) -> PlainFigure:
    """Return the eight probabilities as horizontal bars, the highest on top."""
    labels = sorted(LABELS, key=prediction.probabilities.__getitem__, reverse=True)
    probabilities = [prediction.probabilities[label] for label in labels]
    bars = {
        "type": "bar",
        "x": probabilities,
        "y": labels,
        "orientation": "h",
        "marker": {"color": [EMOTION_COLOURS[label] for label in labels]},
        "text": [percent(probability) for probability in probabilities],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{x:.1%}<extra></extra>",
    }
    layout = {
        # The title and the format are those of the table below the chart.
        "xaxis": {
            "range": [0, 1.12],
            "visible": False,
            "fixedrange": True,
            "title": {"text": "probability"},
            "tickformat": ".0%",
        },
        "yaxis": {"autorange": "reversed", "fixedrange": True, "automargin": True, "tickfont": {"size": 14}},
    }
    return PlainFigure([bars], layout | frame(height_px=300, n_traces=1))
