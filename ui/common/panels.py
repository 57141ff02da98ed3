"""The seven panels in which a clip is drawn: content, unit and height of each.

The panels are independent of each other. The Recognise page shows single panels, ``ui.explore.stacked_figure`` stacks
any of them over one time axis. Values are sent as small integers or float32 arrays, times as a first time and a step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio
from ser_core.features.extraction import Features
from ser_core.features.octave_jumps import without_octave_jumps
from ser_core.features.spectrum import db_under_peak
from ui.common.plain_figure import colour_scale
from ui.common.thinning import column_max, column_mean, frames_per_column, waveform_outline
from ui.common.tokens import ACCENT, DIVERGING, SEQUENTIAL

PITCH_CLASSES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")

# The lowest level that is drawn.
FLOOR_DB = -80.0

# About twice as many columns as a wide screen shows, so that there is detail to zoom into.
MAX_COLUMNS = 1600
_MAX_POINTS = 4000

# Plotly would choose only two ticks on a low panel.
_MAX_TICKS = 6
_MEL_TICKS_HZ = (100, 250, 500, 1000, 2000, 4000, 7500)


@dataclass(frozen=True)
class Drawing:
    """A panel drawn for one clip.

    Parameters
    ----------
    trace : dict
        The data over time in seconds, in the form of Plotly's traces. Values are NumPy arrays.
    y_axis : dict
        The y axis, in the form of Plotly's layout.
    note : str
        The text to show when the clip has nothing to draw; otherwise empty.
    """

    trace: dict[str, Any]
    y_axis: dict[str, Any]
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """One view of a clip.

    Parameters
    ----------
    key : str
        The panel's name in an address and in ``ui.explore.explainers``.
    title : str
        The panel's name on a page.
    unit : str
        The meaning of the y axis or of the colours, with the unit.
    height_px : int
        The height of the panel in pixels.
    draw : callable
        Draws the panel for a clip.
    """

    key: str
    title: str
    unit: str
    height_px: int
    draw: Callable[[Audio, Features], Drawing]


def _waveform(audio: Audio, _features: Features) -> Drawing:
    points = waveform_outline(audio.samples, _MAX_POINTS)
    peak = max(float(np.abs(points).max()), 0.01)
    trace = _line(points, step_s=audio.duration_s / len(points), hover="%{y:.3f}")
    return Drawing(trace, {"range": [-1.05 * peak, 1.05 * peak], "nticks": _MAX_TICKS})


def _mel(_audio: Audio, features: Features) -> Drawing:
    frames = frames_per_column(len(features.time_s), MAX_COLUMNS)
    trace = _heatmap(
        np.rint(db_under_peak(column_max(features.mel_power, frames), FLOOR_DB)).astype(np.int8),
        features,
        frames,
        # The bands are evenly spaced in mel, not in hertz: each band is a category, named by its centre.
        rows=[f"{hz:,.0f} Hz" for hz in features.mel_centres_hz],
        colours=colour_scale(SEQUENTIAL),
        bounds=(FLOOR_DB, 0.0),
        colour_unit="dB",
        hover="%{y}: %{z} dB",
    )
    bands = np.arange(len(features.mel_centres_hz))
    ticks = np.interp(_MEL_TICKS_HZ, features.mel_centres_hz, bands)
    axis = {"type": "category", "tickvals": ticks.tolist(), "ticktext": [f"{hz:,}" for hz in _MEL_TICKS_HZ]}
    return Drawing(trace, axis)


def _mfcc(_audio: Audio, features: Features) -> Drawing:
    frames = frames_per_column(len(features.time_s), MAX_COLUMNS)
    coefficients = column_mean(features.mfcc, frames)
    # The first coefficient is a hundred times as large as the last. Each one is drawn in its own standard deviations,
    # so that all of them are visible.
    mean, deviation = coefficients.mean(axis=1, keepdims=True), coefficients.std(axis=1, keepdims=True)
    standardised = (coefficients - mean) / (deviation + 1e-6)
    trace = _heatmap(
        np.clip(np.round(standardised, 1), -3.0, 3.0).astype(np.float32),
        features,
        frames,
        rows=list(range(1, len(coefficients) + 1)),
        colours=[list(stop) for stop in DIVERGING],
        bounds=(-3.0, 3.0),
        colour_unit="",
        hover="MFCC %{y}: %{z:+.1f} deviations",
    )
    trace["colorbar"] |= {"tickvals": [-3.0, 0.0, 3.0], "ticktext": ["low", "average", "high"]}
    return Drawing(trace, {"tickvals": [1, 5, 10, 15, 20]})


def _chroma(_audio: Audio, features: Features) -> Drawing:
    frames = frames_per_column(len(features.time_s), MAX_COLUMNS)
    trace = _heatmap(
        np.rint(100.0 * column_mean(features.chroma, frames)).astype(np.int8),
        features,
        frames,
        rows=PITCH_CLASSES,
        colours=colour_scale(SEQUENTIAL),
        bounds=(0.0, 100.0),
        colour_unit="%",
        hover="%{y}: %{z}% of the strongest",
    )
    return Drawing(trace, {"type": "category", "dtick": 1, "tickfont": {"size": 9}})


def _zero_crossings(_audio: Audio, features: Features) -> Drawing:
    frames = frames_per_column(len(features.time_s), _MAX_POINTS)
    crossings_per_s = SAMPLE_RATE_HZ * column_mean(features.zero_crossing_rate, frames)
    trace = _frame_line(crossings_per_s, features, frames, hover="%{y:,.0f} per second")
    return Drawing(trace, {"rangemode": "tozero", "nticks": _MAX_TICKS})


def _level(_audio: Audio, features: Features) -> Drawing:
    frames = frames_per_column(len(features.time_s), _MAX_POINTS)
    level_db = 20.0 * np.log10(np.maximum(column_max(features.rms, frames), 10.0 ** (FLOOR_DB / 20.0)))
    return Drawing(
        _frame_line(level_db, features, frames, hover="%{y:.1f} dB"), {"range": [FLOOR_DB, 3.0], "nticks": _MAX_TICKS}
    )


def _pitch(_audio: Audio, features: Features) -> Drawing:
    frames = frames_per_column(len(features.time_s), _MAX_POINTS)
    pitch_hz = column_mean(without_octave_jumps(features.pitch_hz), frames)
    trace = _frame_line(pitch_hz, features, frames, hover="%{y:.0f} Hz") | {
        "mode": "lines+markers",
        "marker": {"size": 4, "color": ACCENT},
        "line": {"color": ACCENT, "width": 2},
    }
    if np.isnan(pitch_hz).all():
        return Drawing(trace, {"range": [60.0, 400.0]}, "no pitched sound found")
    # The middle 98 %: single frames with an error of the pitch tracker would stretch the axis.
    low_hz, high_hz = np.nanpercentile(pitch_hz, [1.0, 99.0])
    return Drawing(trace, {"range": [0.9 * float(low_hz), 1.1 * float(high_hz)], "nticks": _MAX_TICKS})


def _line(values: npt.NDArray[np.floating], *, step_s: float, hover: str, first_s: float = 0.0) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x0": first_s,
        "dx": step_s,
        "y": values.astype(np.float32),
        "mode": "lines",
        "line": {"color": ACCENT, "width": 1},
        "hovertemplate": f"%{{x:.2f}} s<br>{hover}<extra></extra>",
    }


def _frame_line(values: npt.NDArray[np.floating], features: Features, frames: int, *, hover: str) -> dict[str, Any]:
    first_s, step_s = _column_times(features, frames)
    return _line(values, first_s=first_s, step_s=step_s, hover=hover)


def _heatmap(
    values: npt.NDArray[np.int8] | npt.NDArray[np.float32],
    features: Features,
    frames: int,
    *,
    rows: Sequence[str] | Sequence[int],
    colours: list[list[float | str]],
    bounds: tuple[float, float],
    colour_unit: str,
    hover: str,
) -> dict[str, Any]:
    first_s, step_s = _column_times(features, frames)
    return {
        "type": "heatmap",
        "x0": first_s,
        "dx": step_s,
        "y": list(rows),
        "z": values,
        "zmin": bounds[0],
        "zmax": bounds[1],
        "colorscale": colours,
        "colorbar": {"title": {"text": colour_unit}, "thickness": 10},
        "hovertemplate": f"%{{x:.2f}} s<br>{hover}<extra></extra>",
    }


def _column_times(features: Features, frames: int) -> tuple[float, float]:
    """Return the middle of the first column and the step to the next column, in seconds."""
    hop_s = float(features.time_s[1]) if len(features.time_s) > 1 else 1.0
    return (frames - 1) / 2.0 * hop_s, frames * hop_s


PANELS = (
    Panel("waveform", "Waveform", "amplitude, full scale is 1", 110, _waveform),
    Panel("mel", "Mel spectrogram", "frequency in Hz; colour in dB under the loudest point", 220, _mel),
    Panel("mfcc", "MFCC", "coefficient; colour in deviations from this clip's average", 150, _mfcc),
    Panel("chroma", "Chroma", "pitch class; colour in % of the moment's strongest", 160, _chroma),
    Panel("zcr", "Zero-crossing rate", "crossings per second", 100, _zero_crossings),
    Panel("rms", "Level (RMS)", "dB under full scale", 100, _level),
    Panel("pitch", "Pitch", "Hz, where the voice has one", 130, _pitch),
)
BY_KEY = {panel.key: panel for panel in PANELS}
