"""The explanation as a chart: the mel spectrogram, the weights of moments above it, those of bands to its right."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from ser_core.features.extraction import Features
from ser_core.inference.explain import Explanation
from ui.common.plots import go, make_subplots
from ui.common.presenting import chart_px
from ui.common.tokens import EMOTION_COLOURS, SEQUENTIAL, TRANSPARENT, WHITE
from ui.common.words import percent

_MAX_COLUMNS = 800
# Bars that speak against the answer are striped; a colour of their own could be the colour of an emotion.
_AGAINST_PATTERN = "/"
_TICKS_HZ = (100, 250, 500, 1000, 2000, 4000, 7500)


def importance_chart(explanation: Explanation, features: Features) -> go.Figure:
    """Return the mel spectrogram of the explained part with the weights of its moments and of its bands.

    Parameters
    ----------
    explanation : Explanation
        The weights of the moments and of the bands.
    features : Features
        The features of the same clip.
    """
    figure = make_subplots(
        rows=2,
        cols=2,
        shared_xaxes=True,
        shared_yaxes=True,
        row_heights=[0.25, 0.75],
        column_widths=[0.8, 0.2],
        horizontal_spacing=0.02,
        vertical_spacing=0.04,
        specs=[[{}, None], [{}, {}]],
    )
    start_s, end_s = explanation.part_s
    frames = np.flatnonzero((features.time_s >= start_s) & (features.time_s <= end_s))
    frames = frames[:: int(np.ceil(len(frames) / _MAX_COLUMNS))]
    rows = np.arange(len(features.mel_centres_hz))
    figure.add_heatmap(
        x=features.time_s[frames],
        y=rows,
        z=np.round(features.mel_db()[:, frames], 1).astype(np.float32),
        colorscale=SEQUENTIAL,
        showscale=False,
        hovertemplate="%{x:.2f} s: %{z:.0f} dB<extra></extra>",
        row=2,
        col=1,
    )
    edges_s = explanation.moment_edges_s
    figure.add_bar(
        x=(edges_s[:-1] + edges_s[1:]) / 2,
        width=np.diff(edges_s),
        y=explanation.moment_weight,
        marker=_marker(explanation, explanation.moment_weight),
        customdata=_probability_texts(explanation, explanation.moment_weight),
        hovertemplate="%{x:.2f} s: %{customdata}<extra></extra>",
        row=1,
        col=1,
    )
    # The bands are evenly spaced in mel, not in hertz: the axis counts rows of the spectrogram; its ticks are in hertz.
    edges = np.interp(explanation.band_edges_hz, features.mel_centres_hz, rows)
    figure.add_bar(
        y=(edges[:-1] + edges[1:]) / 2,
        width=np.diff(edges),
        x=explanation.band_weight,
        orientation="h",
        marker=_marker(explanation, explanation.band_weight),
        customdata=[
            f"{low:,.0f} to {high:,.0f} Hz: {text}"
            for low, high, text in zip(
                explanation.band_edges_hz[:-1],
                explanation.band_edges_hz[1:],
                _probability_texts(explanation, explanation.band_weight),
                strict=True,
            )
        ],
        hovertemplate="%{customdata}<extra></extra>",
        row=2,
        col=2,
    )
    for moment_start_s, moment_end_s in explanation.moments_s:
        figure.add_vrect(
            x0=moment_start_s,
            x1=moment_end_s,
            line={"color": WHITE, "width": 2},
            fillcolor=TRANSPARENT,
            row=2,
            col=1,
        )
    figure.update_xaxes(fixedrange=True)
    figure.update_xaxes(range=explanation.part_s, col=1)
    figure.update_xaxes(title="time (s)", row=2, col=1)
    figure.update_xaxes(showticklabels=False, title="bands", row=2, col=2)
    figure.update_yaxes(fixedrange=True)
    figure.update_yaxes(showticklabels=False, title="moments", row=1, col=1)
    figure.update_yaxes(
        title="frequency (Hz)",
        range=[-0.5, rows[-1] + 0.5],
        tickvals=np.interp(_TICKS_HZ, features.mel_centres_hz, rows),
        ticktext=[f"{hz:,}" for hz in _TICKS_HZ],
        row=2,
        col=1,
    )
    figure.update_layout(
        height=chart_px(420), margin={"l": 8, "r": 8, "t": 8, "b": 8}, showlegend=False, dragmode=False, bargap=0.0
    )
    return figure


def _marker(explanation: Explanation, weights: npt.NDArray[np.floating]) -> dict[str, Any]:
    """Return Plotly's style of the bars: the emotion's colour, striped where a part speaks against the answer."""
    return {
        "color": EMOTION_COLOURS[explanation.emotion],
        "line_width": 0,
        "pattern": {
            "shape": ["" if weight > 0 else _AGAINST_PATTERN for weight in weights],
            "size": 6,
            "solidity": 0.4,
        },
    }


def _probability_texts(explanation: Explanation, weights: npt.NDArray[np.floating]) -> list[str]:
    """Return the probability of the emotion, and about what it is with each part hidden, as text."""
    # The log-odds of 0 and of 1 are infinite.
    before = np.clip(explanation.probability, 1e-9, 1.0 - 1e-9)
    after = expit(logit(before) - weights)
    return [f"{percent(float(before))}, if hidden about {percent(float(probability))}" for probability in after]
