"""The pitch of each frame, and how well the frame repeats itself after one period of it.

The pitch is librosa's ``yin``, to rounding (tested), computed for the lags that a voice can have and no others.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.spectrum import hann

# The range searched for the pitch of a voice, and its periods in samples.
PITCH_MIN_HZ, PITCH_MAX_HZ = 60.0, 600.0
_SHORTEST, _LONGEST = int(SAMPLE_RATE_HZ / PITCH_MAX_HZ), int(np.ceil(SAMPLE_RATE_HZ / PITCH_MIN_HZ))

# A frame that repeats itself this well may be called voiced: Boersma's (1993) voicing threshold.
VOICED_PERIODICITY = 0.45

# De Cheveigné and Kawahara's absolute threshold: the first dip below it is the period.
_DIP = 0.1


def yin_hz(frames: np.ndarray) -> np.ndarray:
    """Return each frame's likeliest pitch, voiced or not.

    YIN: de Cheveigné and Kawahara (2002), "YIN, a fundamental frequency estimator for speech and music".

    Parameters
    ----------
    frames : np.ndarray [shape=(t, n_fft)]
        Mono samples at 16 kHz, float32, not windowed; more than the longest period, 267 samples.

    Returns
    -------
    np.ndarray [shape=(t,)]
        In hertz.
    """
    normalised = _normalised_difference(frames)
    is_dip = np.empty(normalised.shape, dtype=bool)
    is_dip[:, 0] = normalised[:, 0] < normalised[:, 1]
    is_dip[:, 1:-1] = (normalised[:, 1:-1] < normalised[:, :-2]) & (normalised[:, 1:-1] <= normalised[:, 2:])
    is_dip[:, -1] = normalised[:, -1] < normalised[:, -2]
    is_dip &= normalised < _DIP
    place = np.where(is_dip.any(axis=1), is_dip.argmax(axis=1), normalised.argmin(axis=1))
    return SAMPLE_RATE_HZ / (_SHORTEST + place + _vertex(normalised, place))


def _normalised_difference(frames: np.ndarray) -> np.ndarray:
    """Return how unlike itself each frame is after each period, over the mean up to it: equations 7 and 8.

    Returns
    -------
    np.ndarray [shape=(t, periods)]
        For ``_SHORTEST`` to ``_LONGEST`` samples.
    """
    # Long enough that no lag of interest wraps round.
    n_fft = next_fast_len(frames.shape[1] + _LONGEST, real=True)
    spectrum = rfft(frames, n_fft, axis=1)
    product = irfft(spectrum.real**2 + spectrum.imag**2, n_fft, axis=1)[:, : _LONGEST + 1]
    energy = np.cumsum(frames[:, :_LONGEST] ** 2, axis=1)
    difference = 2.0 * (product[:, :1] - product[:, 1:]) - energy
    mean = np.cumsum(difference, axis=1) / np.arange(1, _LONGEST + 1, dtype=np.float32)
    periods = slice(_SHORTEST - 1, None)
    return difference[:, periods] / (mean[:, periods] + np.finfo(np.float32).tiny)


def _vertex(values: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Return where the parabola through each row's place and its neighbours has its vertex, relative to the place.

    0 at both ends, and where the vertex lies beyond the neighbours.
    """
    rows = np.arange(len(values))
    inner = np.clip(place, 1, values.shape[1] - 2)
    before, at, after = (values[rows, inner + step] for step in (-1, 0, 1))
    curvature, slope = before + after - 2.0 * at, (after - before) / 2.0
    is_inside = (np.abs(slope) < np.abs(curvature)) & (inner == place)
    return np.divide(-slope, curvature, out=np.zeros_like(slope), where=is_inside)


@lru_cache(maxsize=2)
def _cosines(n_fft: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the inverse transform as a matrix [shape=(lags, 1 + n_fft / 2)], and the window's autocorrelation."""
    lags = np.arange(_LONGEST + 1)
    bins = np.arange(1 + n_fft // 2)
    twice = np.where((bins == 0) | (bins == n_fft // 2), 1.0, 2.0)
    at_lag = twice / n_fft * np.cos(2.0 * np.pi / n_fft * np.outer(lags, bins))
    of_window = at_lag @ np.abs(np.fft.rfft(hann(n_fft))) ** 2
    return at_lag.astype(np.float32), of_window / of_window[0]


def periodicity(spectrum: np.ndarray, pitch_hz: np.ndarray) -> np.ndarray:
    """Return how well each frame repeats itself after one period of its pitch.

    The autocorrelation (the inverse transform of power) divided by the window's own: Boersma (1993), "Accurate
    short-term analysis of the fundamental frequency", equation 9.

    Parameters
    ----------
    spectrum : np.ndarray [shape=(t, bins)]
        Power under a Hann window.
    pitch_hz : np.ndarray [shape=(t,)]
        The pitch of each frame, ``PITCH_MIN_HZ`` to ``PITCH_MAX_HZ``.

    Returns
    -------
    np.ndarray [shape=(t,)]
        1 for a perfectly periodic frame, about 0 for noise and silence.
    """
    at_lag, of_window = _cosines(2 * (spectrum.shape[1] - 1))
    lag = np.rint(SAMPLE_RATE_HZ / pitch_hz).astype(int)
    # One lag is wanted of each frame: summing for it is ten times as fast as transforming back for all.
    of_frame = np.einsum("tf,tf->t", spectrum, at_lag[lag])
    energy = np.maximum(spectrum @ at_lag[0], np.finfo(np.float32).tiny)
    return of_frame / energy / of_window[lag]
