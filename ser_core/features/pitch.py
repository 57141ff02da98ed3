"""Pitch of each frame, and the periodicity of the frame at that pitch.

The pitch equals that of ``librosa.yin`` to rounding (tested). It is computed only for the lags that a voice can have.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.spectrum import hann

# Search range for the pitch of a voice, and the corresponding periods in samples.
PITCH_MIN_HZ, PITCH_MAX_HZ = 60.0, 600.0
_SHORTEST_PERIOD, _LONGEST_PERIOD = int(SAMPLE_RATE_HZ / PITCH_MAX_HZ), int(np.ceil(SAMPLE_RATE_HZ / PITCH_MIN_HZ))

# Boersma's (1993) voicing threshold: a frame with at least this periodicity may be voiced.
VOICED_PERIODICITY = 0.45

# Absolute threshold of de Cheveigné and Kawahara (2002): the first dip below it is the period.
_DIP_THRESHOLD = 0.1


def yin_hz(frames: np.ndarray) -> npt.NDArray[np.float64]:
    """Return the most likely pitch of each frame, voiced or not.

    YIN: de Cheveigné and Kawahara (2002), "YIN, a fundamental frequency estimator for speech and music".

    Parameters
    ----------
    frames : np.ndarray [shape=(t, n_fft)]
        Mono samples at 16 kHz, float32, not windowed. ``n_fft`` exceeds the longest period, 267 samples.

    Returns
    -------
    np.ndarray [shape=(t,)]
        Pitch in hertz.
    """
    difference = _normalised_difference(frames)
    is_dip = np.empty(difference.shape, dtype=bool)
    is_dip[:, 0] = difference[:, 0] < difference[:, 1]
    is_dip[:, 1:-1] = (difference[:, 1:-1] < difference[:, :-2]) & (difference[:, 1:-1] <= difference[:, 2:])
    is_dip[:, -1] = difference[:, -1] < difference[:, -2]
    is_dip &= difference < _DIP_THRESHOLD
    column = np.where(is_dip.any(axis=1), is_dip.argmax(axis=1), difference.argmin(axis=1))
    pitch_hz: npt.NDArray[np.float64] = SAMPLE_RATE_HZ / (_SHORTEST_PERIOD + column + _vertex(difference, column))
    return pitch_hz


def _normalised_difference(frames: np.ndarray) -> npt.NDArray[np.float32]:
    """Return YIN's cumulative mean normalised difference function (equations 7 and 8 of the paper).

    Parameters
    ----------
    frames : np.ndarray [shape=(t, n_fft)]
        As in ``yin_hz``.

    Returns
    -------
    np.ndarray [shape=(t, n_periods)]
        One column for each period from ``_SHORTEST_PERIOD`` to ``_LONGEST_PERIOD`` samples.
    """
    # Long enough that the circular correlation does not wrap around at any of these lags.
    n_fft = next_fast_len(frames.shape[1] + _LONGEST_PERIOD, real=True)
    spectrum = rfft(frames, n_fft, axis=1)
    correlation = irfft(spectrum.real**2 + spectrum.imag**2, n_fft, axis=1)[:, : _LONGEST_PERIOD + 1]
    energy = np.cumsum(frames[:, :_LONGEST_PERIOD] ** 2, axis=1)
    difference = 2.0 * (correlation[:, :1] - correlation[:, 1:]) - energy
    mean = np.cumsum(difference, axis=1) / np.arange(1, _LONGEST_PERIOD + 1, dtype=np.float32)
    periods = slice(_SHORTEST_PERIOD - 1, None)
    normalised: npt.NDArray[np.float32] = difference[:, periods] / (mean[:, periods] + np.finfo(np.float32).tiny)
    return normalised


def _vertex(values: npt.NDArray[np.float32], column: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
    """Return the vertex of the parabola through a value and its two neighbours, in each row.

    Parameters
    ----------
    values : np.ndarray [shape=(t, n)]
        One curve per row.
    column : np.ndarray [shape=(t,)]
        Column of the middle value, in each row.

    Returns
    -------
    np.ndarray [shape=(t,)]
        Offset of the vertex from ``column``, between -1 and 1. It is 0 in the first and last column, and where the
        vertex is not between the neighbours.
    """
    rows = np.arange(len(values))
    inner = np.clip(column, 1, values.shape[1] - 2)
    before, middle, after = (values[rows, inner + step] for step in (-1, 0, 1))
    curvature, slope = before + after - 2.0 * middle, (after - before) / 2.0
    is_inside = (np.abs(slope) < np.abs(curvature)) & (inner == column)
    offset: npt.NDArray[np.float32] = np.divide(-slope, curvature, out=np.zeros_like(slope), where=is_inside)
    return offset


@lru_cache(maxsize=2)
def _autocorrelation_matrix(n_fft: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float64]]:
    """Return the matrix that turns power into autocorrelation, and the Hann window's own autocorrelation.

    Parameters
    ----------
    n_fft : int
        Samples in a frame.

    Returns
    -------
    cosines : np.ndarray [shape=(n_lags, 1 + n_fft / 2)]
        Inverse Fourier transform of a power spectrum, one row per lag.
    window : np.ndarray [shape=(n_lags,)]
        Autocorrelation of the window, 1 at lag 0.
    """
    lags = np.arange(_LONGEST_PERIOD + 1)
    bins = np.arange(1 + n_fft // 2)
    # Each bin except the first and the last represents a negative frequency too.
    weights = np.where((bins == 0) | (bins == n_fft // 2), 1.0, 2.0)
    cosines = weights / n_fft * np.cos(2.0 * np.pi / n_fft * np.outer(lags, bins))
    window = cosines @ np.abs(np.fft.rfft(hann(n_fft))) ** 2
    return cosines.astype(np.float32), window / window[0]


def periodicity(spectrum: npt.NDArray[np.float32], pitch_hz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the normalised autocorrelation of each frame at the period of its pitch.

    The autocorrelation (the inverse transform of power) divided by that of the window: Boersma (1993), "Accurate
    short-term analysis of the fundamental frequency", equation 9.

    Parameters
    ----------
    spectrum : np.ndarray [shape=(t, bins)]
        Power spectrum under a Hann window.
    pitch_hz : np.ndarray [shape=(t,)]
        Pitch of each frame, from ``PITCH_MIN_HZ`` to ``PITCH_MAX_HZ``.

    Returns
    -------
    np.ndarray [shape=(t,)]
        1 for a perfectly periodic frame, about 0 for noise and silence.
    """
    cosines, window = _autocorrelation_matrix(2 * (spectrum.shape[1] - 1))
    lag = np.rint(SAMPLE_RATE_HZ / pitch_hz).astype(int)
    # Only one lag per frame is needed: this sum is ten times as fast as an inverse transform for all lags.
    correlation = np.einsum("tf,tf->t", spectrum, cosines[lag])
    energy = np.maximum(spectrum @ cosines[0], np.finfo(np.float32).tiny)
    ratio: npt.NDArray[np.float64] = correlation / energy / window[lag]
    return ratio
