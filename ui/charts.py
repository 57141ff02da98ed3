"""Every chart, as a Plotly figure. Streamlit lays its light or dark theme over them.

Long clips are thinned out before they travel: a browser needs no more columns than a screen has.
"""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from ser_core.audio import SAMPLE_RATE_HZ
from ser_core.emotions import BY_LABEL, LABELS
from ser_core.features import Features
from ser_core.recognizer import Prediction, Timeline
from ui.words import percent

# On a touch screen a chart that can be dragged holds the page fast.
CONFIG = {"displayModeBar": False, "scrollZoom": False}

_MAX_COLUMNS = 800
_WAVE_COLOUR = "#7b5fd6"


def probabilities(prediction: Prediction) -> go.Figure:
    """Return the eight probabilities as bars, the likeliest on top."""
    ranked = sorted(LABELS, key=prediction.probabilities.__getitem__)
    values = [prediction.probabilities[label] for label in ranked]
    figure = go.Figure(
        go.Bar(
            x=values,
            y=[f"{label} {BY_LABEL[label].icon}" for label in ranked],
            orientation="h",
            marker_color=[BY_LABEL[label].colour for label in ranked],
            text=[percent(value) for value in values],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x:.1%}<extra></extra>",
        )
    )
    figure.update_xaxes(range=[0, 1.12], visible=False, fixedrange=True)
    figure.update_yaxes(fixedrange=True, automargin=True, tickfont_size=14)
    return _framed(figure, height_px=300)


def timeline(line: Timeline) -> go.Figure:
    """Return each emotion's probability over time, one point a window."""
    middle_s = (line.start_s + line.end_s) / 2
    figure = go.Figure()
    for index, label in enumerate(LABELS):
        figure.add_scatter(
            x=middle_s,
            y=line.probabilities[:, index],
            name=f"{BY_LABEL[label].icon} {label}",
            mode="lines+markers" if len(middle_s) < 40 else "lines",
            line_color=BY_LABEL[label].colour,
            hovertemplate="%{y:.0%}",
        )
    figure.update_xaxes(title="time (s)", fixedrange=True)
    figure.update_yaxes(range=[0, 1], tickformat=".0%", fixedrange=True, title="probability")
    figure.update_layout(hovermode="x unified", legend={"orientation": "h", "y": -0.3})
    return _framed(figure, height_px=340)


def waveform(samples: np.ndarray) -> go.Figure:
    """Return a waveform's outline: the least and the most sample of each column of the screen."""
    n_columns = min(_MAX_COLUMNS, len(samples))
    edges = np.linspace(0, len(samples), n_columns, endpoint=False).astype(int)
    low, high = np.minimum.reduceat(samples, edges), np.maximum.reduceat(samples, edges)
    time_s = edges / SAMPLE_RATE_HZ
    figure = go.Figure(
        go.Scatter(
            x=np.repeat(time_s, 2),
            y=np.stack([low, high], axis=1).ravel(),
            mode="lines",
            line={"color": _WAVE_COLOUR, "width": 1},
            hoverinfo="skip",
        )
    )
    figure.update_xaxes(title="time (s)", fixedrange=True, range=[0, len(samples) / SAMPLE_RATE_HZ])
    figure.update_yaxes(title="amplitude", fixedrange=True)
    return _framed(figure, height_px=200)


def mel_spectrogram(features: Features) -> go.Figure:
    """Return the mel spectrogram in decibels under the loudest point, over hertz."""
    bands = np.arange(len(features.mel_centres_hz))
    # Viridis, for Magma and Inferno begin with one of the colours that Streamlit's theme replaces by its own.
    figure = _heatmap(
        features.mel_db(),
        features,
        rows=bands,
        colour_title="dB",
        colours="Viridis",
        hover="%{x:.2f} s, band %{y}: %{z:.0f} dB<extra></extra>",
    )
    # Bands are evenly spaced in mel, not in hertz: the axis is the bands', its ticks say hertz.
    ticks_hz = [100, 250, 500, 1000, 2000, 4000, 7500]
    positions = np.interp(ticks_hz, features.mel_centres_hz, bands)
    figure.update_yaxes(title="frequency (Hz)", tickvals=positions, ticktext=[f"{hz:,}" for hz in ticks_hz])
    return figure


def mfcc(features: Features) -> go.Figure:
    """Return the MFCC, each coefficient scaled to its own deviation so that all can be seen."""
    spread = features.mfcc.std(axis=1, keepdims=True) + 1e-6
    scaled = (features.mfcc - features.mfcc.mean(axis=1, keepdims=True)) / spread
    figure = _heatmap(
        np.clip(scaled, -3.0, 3.0),
        features,
        rows=np.arange(1, len(scaled) + 1),
        colour_title="dev.",
        colours="RdBu_r",
        hover="%{x:.2f} s, MFCC %{y}: %{z:.1f} deviations<extra></extra>",
    )
    figure.update_yaxes(title="coefficient")
    return figure


def _heatmap(
    values: np.ndarray, features: Features, *, rows: np.ndarray, colour_title: str, colours: str, hover: str
) -> go.Figure:
    step = int(np.ceil(values.shape[1] / _MAX_COLUMNS))
    figure = go.Figure(
        go.Heatmap(
            x=features.time_s[::step],
            y=rows,
            # One decimal is all that a colour can tell, and travels in a quarter of the bytes.
            z=np.round(values[:, ::step], 1).astype(np.float32),
            colorscale=colours,
            colorbar={"title": colour_title, "thickness": 10, "len": 1.0},
            hovertemplate=hover,
        )
    )
    figure.update_xaxes(title="time (s)", fixedrange=True)
    figure.update_yaxes(fixedrange=True)
    return _framed(figure, height_px=280)


def _framed(figure: go.Figure, *, height_px: int) -> go.Figure:
    figure.update_layout(
        height=height_px, margin={"l": 8, "r": 8, "t": 8, "b": 8}, showlegend=len(figure.data) > 1, dragmode=False
    )
    return figure
