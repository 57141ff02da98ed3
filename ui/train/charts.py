"""The charts of a training: its curves, and the answers of two networks to one clip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ser_core.own_network.choices import BY_SPEAKER, RANDOM
from ser_core.own_network.progress import Epoch
from ui.common.charts import frame
from ui.common.plain_figure import PlainFigure
from ui.common.tokens import ACCENT, GREY, PEOPLE
from ui.train.words import SPLIT_NAMES

APP = "The app's network"
SPLIT_COLOURS = {RANDOM: PEOPLE, BY_SPEAKER: ACCENT}
_LEGEND = {"orientation": "h", "y": -0.3}


def curves(epochs: Sequence[Epoch], splits: Sequence[str], n_epochs: int, *, is_loss: bool) -> PlainFigure:
    """Return loss or accuracy by epoch: dashed on the training clips, solid on the test clips.

    Parameters
    ----------
    epochs : sequence of Epoch
        The epochs so far, of all splits. Without any, the axes and the legend are there already.
    splits : sequence of str
        The splits of the training.
    n_epochs : int
        Number of epochs of each training.
    is_loss : bool
        True for the loss, False for the accuracy.
    """
    name = "loss" if is_loss else "accuracy"
    traces = []
    for split in splits:
        own = [epoch for epoch in epochs if epoch.split == split]
        for part, dash, field in (("test", "solid", f"test_{name}"), ("training", "dash", name)):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "marker": {"size": 4},
                    "name": f"{SPLIT_NAMES[split]}, {part} clips",
                    "x": [epoch.number for epoch in own],
                    "y": [getattr(epoch, field) for epoch in own],
                    "line": {"color": SPLIT_COLOURS[split], "dash": dash},
                    "hovertemplate": "%{y:.2f}" if is_loss else "%{y:.0%}",
                }
            )
    y_axis: dict[str, Any] = {"title": {"text": name}, "fixedrange": True, "rangemode": "tozero"}
    if not is_loss:
        y_axis |= {"tickformat": ".0%", "range": [0, 1]}
    layout = {
        "xaxis": {"title": {"text": "epoch"}, "fixedrange": True, "range": [0.5, n_epochs + 0.5], "nticks": 8},
        "yaxis": y_axis,
        "hovermode": "x unified",
        "legend": _LEGEND,
    }
    return PlainFigure(traces, layout | frame(height_px=340, n_traces=len(traces)))


def answers(answers_of: Mapping[str, Mapping[str, float]], labels: Sequence[str]) -> PlainFigure:
    """Return the probabilities of several networks for one clip as bars beside each other.

    Parameters
    ----------
    answers_of : mapping of str to mapping of str to float
        Probability by label, by the name of the network: ``APP`` or a split.
    labels : sequence of str
        The labels in the order of the bars.
    """
    traces = [
        {
            "type": "bar",
            "name": SPLIT_NAMES.get(name, name),
            "x": list(labels),
            "y": [probabilities.get(label, 0.0) for label in labels],
            "marker": {"color": SPLIT_COLOURS.get(name, GREY)},
            "hovertemplate": "%{y:.0%}",
        }
        for name, probabilities in answers_of.items()
    ]
    layout = {
        "barmode": "group",
        "xaxis": {"fixedrange": True, "type": "category"},
        "yaxis": {"title": {"text": "probability"}, "tickformat": ".0%", "range": [0, 1], "fixedrange": True},
        "hovermode": "x unified",
        "legend": _LEGEND,
    }
    return PlainFigure(traces, layout | frame(height_px=340, n_traces=len(traces)))
