"""The charts that only the lessons show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.cues import CueDisplay
from ser_core.features.extraction import Features
from ser_core.lessons.convolution import apply_filter
from ui.common.charts import frame
from ui.common.panels import FLOOR_DB, Drawing
from ui.common.plain_figure import PlainFigure
from ui.common.tokens import ACCENT, EMOTION_COLOURS, GREY, PEOPLE, WARNING

_LEGEND = {"orientation": "h", "y": -0.3}
_DOT_PX = 12
# The MFCCs that are drawn: the first is the loudness, and those after the thirteenth are fine detail.
_FIRST_MFCC, _LAST_MFCC = 2, 13
_MOST_COLOURS = 2


def sample_dots(samples: npt.NDArray[np.float32], first_s: float) -> PlainFigure:
    """Return single samples as dots, joined by a thin line.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        The samples.
    first_s : float
        The time of the first one, in seconds.
    """
    trace = {
        "type": "scatter",
        "x0": 1000 * first_s,
        "dx": 1000 / SAMPLE_RATE_HZ,
        "y": samples.astype(np.float32),
        "mode": "lines+markers",
        "marker": {"size": 8, "color": ACCENT},
        "line": {"width": 1, "color": GREY},
        "hovertemplate": "%{x:.2f} ms: %{y:.4f}<extra></extra>",
    }
    layout = {
        "xaxis": {"title": {"text": "time (ms)"}, "fixedrange": True},
        "yaxis": {"title": {"text": "value"}, "fixedrange": True, "nticks": 6},
    }
    return PlainFigure([trace], layout | frame(height_px=280, n_traces=1))


def emotion_dots(spans: Mapping[str, Sequence[float]], words: CueDisplay) -> PlainFigure:
    """Return a dot for each emotion, the largest on top, on a line that shows a range.

    Parameters
    ----------
    spans : mapping of str to sequence of float
        By emotion: the low end, the value, and the high end, in the cue's unit.
    words : CueDisplay
        The cue's name and unit.
    """
    labels = sorted(spans, key=lambda label: spans[label][1])
    middle = np.array([spans[label][1] for label in labels])
    trace = {
        "type": "scatter",
        "x": middle.tolist(),
        "y": labels,
        "mode": "markers+text",
        "marker": {"size": _DOT_PX, "color": [EMOTION_COLOURS[label] for label in labels]},
        "text": [words.show(value) for value in middle],
        "textposition": "top center",
        "cliponaxis": False,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [spans[label][2] - spans[label][1] for label in labels],
            "arrayminus": [spans[label][1] - spans[label][0] for label in labels],
            "color": GREY,
            "width": 0,
        },
        "hovertemplate": "%{y}: %{x:.1f}<extra></extra>",
    }
    low, high = min(span[0] for span in spans.values()), max(span[2] for span in spans.values())
    margin = 0.12 * (high - low)
    layout = {
        "xaxis": {
            "title": {"text": f"{words.name} ({words.unit})" if words.unit else words.name},
            "range": [low - margin, high + margin],
            "fixedrange": True,
            "zeroline": False,
            "nticks": 7,
        },
        "yaxis": {"fixedrange": True, "automargin": True, "type": "category", "range": [-0.5, len(labels) - 0.2]},
    }
    return PlainFigure([trace], layout | frame(height_px=46 * len(labels) + 70, n_traces=1))


def mfcc_averages(averages: Mapping[str, npt.NDArray[np.floating]]) -> PlainFigure:
    """Return the averages of the MFCCs 2 to 13, a line for each sound.

    Parameters
    ----------
    averages : mapping of str to np.ndarray [shape=(20,)]
        By the name of the sound.
    """
    # Of three sounds, the first two have one colour.
    second = (ACCENT, "dot") if len(averages) > _MOST_COLOURS else (PEOPLE, "dash")
    styles = ((ACCENT, "solid"), second, (PEOPLE, "solid"))
    traces = [
        {
            "type": "scatter",
            "x": list(range(_FIRST_MFCC, _LAST_MFCC + 1)),
            "y": values[_FIRST_MFCC - 1 : _LAST_MFCC].astype(np.float32),
            "name": name,
            "mode": "lines+markers",
            "line": {"color": colour, "dash": dash, "width": 2},
            "hovertemplate": "MFCC %{x}: %{y:.0f}<extra></extra>",
        }
        for (name, values), (colour, dash) in zip(averages.items(), styles, strict=False)
    ]
    layout = {
        "xaxis": {"title": {"text": "MFCC"}, "dtick": 1, "fixedrange": True},
        "yaxis": {"title": {"text": "average"}, "fixedrange": True, "nticks": 6},
        "legend": _LEGEND,
    }
    return PlainFigure(traces, layout | frame(height_px=340, n_traces=len(traces)))


def filtered_drawing(drawing: Drawing, features: Features, name: str) -> Drawing:
    """Return the drawing of a mel spectrogram after a filter.

    Parameters
    ----------
    drawing : Drawing
        The mel panel of a clip that is short enough to have a column for each frame.
    features : Features
        The features of the clip.
    name : str
        A key of ``convolution.FILTERS``.
    """
    filtered = apply_filter(features.mel_db(FLOOR_DB), name)
    limits = {"z": filtered, "zmin": 0.0, "zmax": float(np.percentile(filtered, 99.5)), "hoverinfo": "skip"}
    trace = {key: value for key, value in drawing.trace.items() if key != "hovertemplate"}
    return replace(drawing, trace=trace | limits)


def mean_loss(rows: Sequence[Mapping[str, Any]]) -> PlainFigure:
    """Return the loss by epoch, as the mean of the trainings.

    Parameters
    ----------
    rows : sequence of mapping
        ``fold``, ``epoch`` and ``loss``, as in ``metrics.json``.
    """
    epochs = sorted({row["epoch"] for row in rows})
    trace = {
        "type": "scatter",
        "x": epochs,
        "y": [float(np.mean([row["loss"] for row in rows if row["epoch"] == epoch])) for epoch in epochs],
        "mode": "lines+markers",
        "line": {"color": ACCENT, "width": 2},
        "hovertemplate": "epoch %{x}: %{y:.2f}<extra></extra>",
    }
    layout = {
        "xaxis": {"title": {"text": "epoch: once through all training clips"}, "fixedrange": True, "nticks": 8},
        "yaxis": {"title": {"text": "loss: how wrong"}, "fixedrange": True, "rangemode": "tozero", "nticks": 6},
    }
    return PlainFigure([trace], layout | frame(height_px=300, n_traces=1))


def split_bars(scores: Mapping[str, tuple[float, float]]) -> PlainFigure:
    """Return two bars for each corpus: the score on a random split, and on new speakers.

    Parameters
    ----------
    scores : mapping of str to tuple of float
        By corpus: both scores, 0 to 1.
    """
    corpora = list(scores)
    traces = [
        {
            "type": "bar",
            "name": name,
            "orientation": "h",
            "y": corpora,
            "x": [scores[corpus][position] for corpus in corpora],
            "marker": {"color": colour},
            "text": [f"{scores[corpus][position]:.0%}" for corpus in corpora],
            "textposition": "outside",
            "cliponaxis": False,
            "hovertemplate": f"%{{y}}, {name}: %{{x:.1%}}<extra></extra>",
        }
        for position, (name, colour) in enumerate((("random split", WARNING), ("new speakers", ACCENT)))
    ]
    layout = {
        "xaxis": {
            "range": [0, 1.1],
            "tickformat": ".0%",
            "dtick": 0.25,
            "fixedrange": True,
            "title": {"text": "score"},
        },
        "yaxis": {"fixedrange": True, "automargin": True, "type": "category", "autorange": "reversed"},
        "barmode": "group",
        "legend": _LEGEND,
    }
    return PlainFigure(traces, layout | frame(height_px=80 * len(corpora) + 120, n_traces=2))
