"""Short-time Fourier transform, mel filters and chroma filters.

The numbers equal librosa's to rounding (tested). librosa itself is not called: importing its STFT compiles code for
20 s on a new machine and takes 1.6 s in every later process, and a prediction needs only the functions below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.fft import rfft

from ser_core.audio.loading import SAMPLE_RATE_HZ

# The STFT is computed in blocks, so a ten-minute clip does not need all of it in memory. Blocks of 128 frames take
# twice as long, because the system allocates arrays of that size anew each time.
_FRAMES_PER_BLOCK = 64

# A Python float: a NumPy float64 would turn float32 arrays into float64.
_DB_PER_POWER_NEPER = 10.0 / math.log(10.0)

# Slaney's mel scale: linear up to 1 kHz with 3 mel per 200 Hz, then logarithmic with 27 mel per factor of 6.4.
_HZ_PER_MEL = 200.0 / 3.0
_LOG_FROM_HZ = 1000.0
_LOG_STEP = np.log(6.4) / 27.0


@dataclass(frozen=True)
class FrameSettings:
    """Frame length and hop length of the analysis.

    Parameters
    ----------
    n_fft : int
        Samples in a frame (Hann window); 1,024 at 16 kHz are 64 ms.
    hop_length : int
        Samples from one frame to the next; 256 at 16 kHz are 16 ms.
    """

    n_fft: int = 1024
    hop_length: int = 256

    @property
    def hop_s(self) -> float:
        """Seconds from one frame to the next."""
        return self.hop_length / SAMPLE_RATE_HZ


@lru_cache(maxsize=4)
def hann(n: int) -> npt.NDArray[np.float32]:
    """Return the periodic Hann window [shape=(n,)], float32, read-only."""
    window = (0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(n) / n)).astype(np.float32)
    window.setflags(write=False)
    return window


def frame_blocks(samples: np.ndarray, settings: FrameSettings) -> Iterator[np.ndarray]:
    """Yield a clip's frames block by block, without a window function.

    Frames are centred: the middle of the first frame is the first sample. Both ends are padded with zeros.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz.
    settings : FrameSettings
        Frame length and hop length.

    Yields
    ------
    np.ndarray [shape=(t_block, n_fft)]
        Read-only view. All blocks together have ``1 + n // hop_length`` frames.
    """
    half, hop = settings.n_fft // 2, settings.hop_length
    n_frames = 1 + len(samples) // hop
    for first in range(0, n_frames, _FRAMES_PER_BLOCK):
        start = first * hop - half
        stop = (min(first + _FRAMES_PER_BLOCK, n_frames) - 1) * hop + half
        # Only the ends are padded: a padded copy of a ten-minute clip would need 40 MB.
        stretch = samples[max(start, 0) : stop]
        if start < 0 or stop > len(samples):
            stretch = np.pad(stretch, (max(-start, 0), max(stop - len(samples), 0)))
        yield np.lib.stride_tricks.sliding_window_view(stretch, settings.n_fft)[::hop]


def power(frames: np.ndarray) -> npt.NDArray[np.float32]:
    """Return the power spectrum of frames under a Hann window.

    Parameters
    ----------
    frames : np.ndarray [shape=(t, n_fft)]
        Samples, float32.

    Returns
    -------
    np.ndarray [shape=(t, 1 + n_fft / 2)]
        Power of each frequency bin.
    """
    spectrum = rfft(frames * hann(frames.shape[1]), axis=1)
    # Real and imaginary parts alternate in one array, which is squared in place: two arrays took twice as long.
    parts = spectrum.view(spectrum.real.dtype)
    parts *= parts
    total: npt.NDArray[np.float32] = parts[:, ::2] + parts[:, 1::2]
    return total


def db_under_peak(power: npt.NDArray[np.float32], floor_db: float) -> npt.NDArray[np.float32]:
    """Return power in decibels relative to its maximum.

    Parameters
    ----------
    power : np.ndarray [shape=(...)]
        Power, not negative.
    floor_db : float
        Smallest value of the result, in decibels; negative.

    Returns
    -------
    np.ndarray [shape=(...)]
        Levels from ``floor_db`` to 0; all ``floor_db`` for silence.
    """
    peak = float(power.max(initial=0.0))
    if peak <= np.finfo(np.float32).tiny:
        return np.full_like(power, floor_db)
    # In place, because the levels of a long clip need much memory.
    levels_db = power / peak
    np.maximum(levels_db, 10.0 ** (floor_db / 10.0), out=levels_db)
    # The natural logarithm takes a third of the time of the decimal logarithm.
    np.log(levels_db, out=levels_db)
    levels_db *= _DB_PER_POWER_NEPER
    return levels_db


def from_db(levels_db: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return levels in decibels as power [same shape]."""
    power: npt.NDArray[np.float32] = np.exp(levels_db / _DB_PER_POWER_NEPER)
    return power


def hz_to_mel(frequency_hz: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    """Return frequencies in hertz on Slaney's mel scale [same shape]."""
    hz = np.asarray(frequency_hz, dtype=np.float64)
    logarithmic_mel = np.log(np.maximum(hz, _LOG_FROM_HZ) / _LOG_FROM_HZ) / _LOG_STEP
    mel: npt.NDArray[np.float64] = np.minimum(hz, _LOG_FROM_HZ) / _HZ_PER_MEL + logarithmic_mel
    return mel


def mel_to_hz(mel: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    """Return values on Slaney's mel scale as frequencies in hertz [same shape]."""
    mel = np.asarray(mel, dtype=np.float64)
    log_from_mel = _LOG_FROM_HZ / _HZ_PER_MEL
    hz: npt.NDArray[np.float64] = (
        np.minimum(mel, log_from_mel) * _HZ_PER_MEL * np.exp(_LOG_STEP * np.maximum(mel - log_from_mel, 0.0))
    )
    return hz


def mel_centres_hz(n_mels: int, min_hz: float = 0.0, max_hz: float = SAMPLE_RATE_HZ / 2) -> npt.NDArray[np.float64]:
    """Return the centre frequency of each mel band, in hertz [shape=(n_mels,)]."""
    return _edges_hz(n_mels, min_hz, max_hz)[1:-1]


def _edges_hz(n_mels: int, min_hz: float, max_hz: float) -> npt.NDArray[np.float64]:
    """Return band edges evenly spaced on Slaney's mel scale, in hertz [shape=(n_mels + 2,)]."""
    return mel_to_hz(np.linspace(float(hz_to_mel(min_hz)), float(hz_to_mel(max_hz)), n_mels + 2))


def _htk_edges_hz(n_mels: int, min_hz: float, max_hz: float) -> npt.NDArray[np.float64]:
    """Return band edges evenly spaced on O'Shaughnessy's mel scale, as in HTK, in hertz [shape=(n_mels + 2,)]."""
    low_mel, high_mel = (2595.0 * float(np.log10(1.0 + hz / 700.0)) for hz in (min_hz, max_hz))
    edges_hz: npt.NDArray[np.float64] = 700.0 * (10.0 ** (np.linspace(low_mel, high_mel, n_mels + 2) / 2595.0) - 1.0)
    return edges_hz


@lru_cache(maxsize=8)
def htk_mel_filters(n_fft: int, n_mels: int, min_hz: float, max_hz: float) -> npt.NDArray[np.float32]:
    """Return triangular mel filters of unit height on the HTK scale: librosa's ``htk=True, norm=None``.

    Parameters and shape as in ``mel_filters``.
    """
    return _triangles(n_fft, _htk_edges_hz(n_mels, min_hz, max_hz)[:, None])


@lru_cache(maxsize=8)
def mel_filters(
    n_fft: int, n_mels: int, min_hz: float = 0.0, max_hz: float = SAMPLE_RATE_HZ / 2
) -> npt.NDArray[np.float32]:
    """Return triangular mel filters of unit area, after Slaney's Auditory Toolbox (1998).

    Parameters
    ----------
    n_fft : int
        Samples in a frame.
    n_mels : int
        Number of bands.
    min_hz, max_hz : float
        Outer edges of the lowest and the highest band, in hertz.

    Returns
    -------
    np.ndarray [shape=(n_mels, 1 + n_fft / 2)]
        float32, read-only. Multiplied by a power spectrum it gives the mel power spectrum.
    """
    edges_hz = _edges_hz(n_mels, min_hz, max_hz)[:, None]
    return _triangles(n_fft, edges_hz, height=2.0 / (edges_hz[2:] - edges_hz[:-2]))


def _triangles(
    n_fft: int, edges_hz: npt.NDArray[np.float64], height: npt.NDArray[np.float64] | float = 1.0
) -> npt.NDArray[np.float32]:
    """Return triangular filters between every three neighbouring edges.

    Parameters
    ----------
    n_fft : int
        Samples in a frame.
    edges_hz : np.ndarray [shape=(n_bands + 2, 1)]
        Band edges, in hertz.
    height : np.ndarray [shape=(n_bands, 1)] or float
        Height of each triangle.

    Returns
    -------
    np.ndarray [shape=(n_bands, 1 + n_fft / 2)]
        float32, read-only.
    """
    bins_hz = np.arange(1 + n_fft // 2) * SAMPLE_RATE_HZ / n_fft
    widths_hz = np.diff(edges_hz, axis=0)
    rising = (bins_hz - edges_hz[:-2]) / widths_hz[:-1]
    falling = (edges_hz[2:] - bins_hz) / widths_hz[1:]
    filters = (np.maximum(0.0, np.minimum(rising, falling)) * height).astype(np.float32)
    filters.setflags(write=False)
    return filters


@lru_cache(maxsize=2)
def chroma_filters(n_fft: int) -> npt.NDArray[np.float32]:
    """Return filters that sum power by pitch class, after Ellis (2007), "Chroma feature analysis and synthesis".

    Each bin contributes to the pitch classes around its own with Gaussian weights. A second Gaussian, over octaves,
    gives the largest weight to bins near 520 Hz.

    Parameters
    ----------
    n_fft : int
        Samples in a frame.

    Returns
    -------
    np.ndarray [shape=(12, 1 + n_fft / 2)]
        float32, read-only. The first row is C. Tuned to A = 440 Hz.
    """
    bins_hz = np.arange(1, n_fft) * SAMPLE_RATE_HZ / n_fft
    semitones = 12.0 * np.log2(bins_hz / (440.0 / 16.0))
    # The bin of 0 Hz has no pitch: as in librosa it is placed one and a half octaves below the next bin.
    semitones = np.concatenate([[semitones[0] - 18.0], semitones])
    widths = np.concatenate([np.maximum(np.diff(semitones), 1.0), [1.0]])
    distances = np.remainder(semitones - np.arange(12.0)[:, None] + 6.0, 12.0) - 6.0
    weights = np.exp(-0.5 * (2.0 * distances / widths) ** 2)
    weights /= np.linalg.norm(weights, axis=0)
    weights *= np.exp(-0.5 * ((semitones / 12.0 - 5.0) / 2.0) ** 2)
    # Row 0 is A so far.
    filters: npt.NDArray[np.float32] = np.roll(weights, -3, axis=0)[:, : 1 + n_fft // 2].astype(np.float32)
    filters.setflags(write=False)
    return filters
