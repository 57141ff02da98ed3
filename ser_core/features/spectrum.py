"""The short-time Fourier transform and the mel filters that everything else starts from.

The numbers are librosa's, to rounding (tested), but librosa's code is not called: importing what computes its
STFT compiles for 20 s on a fresh machine and takes 1.6 s in every later process, and all that a prediction
needs of it is here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.fft import rfft

from ser_core.audio.loading import SAMPLE_RATE_HZ

# A ten-minute clip needs no ten-minute STFT in memory; and these blocks take half the time of ones twice as long, whose
# arrays the system hands out anew each time.
_FRAMES_PER_BLOCK = 64

# A plain float, or arrays of float32 would become float64.
_DB_PER_POWER_NEPER = 10.0 / math.log(10.0)

# Slaney's mel scale: linear up to 1 kHz, 3 mel every 200 Hz; then 27 mel for each factor of 6.4.
_HZ_PER_MEL = 200.0 / 3.0
_LOG_FROM_HZ = 1000.0
_LOG_STEP = np.log(6.4) / 27.0


@dataclass(frozen=True)
class FrameSettings:
    """How a clip is cut into frames.

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
def hann(n: int) -> np.ndarray:
    """Return the periodic Hann window [shape=(n,)], float32, read-only."""
    window = (0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(n) / n)).astype(np.float32)
    window.setflags(write=False)
    return window


def frame_blocks(samples: np.ndarray, settings: FrameSettings) -> Iterator[np.ndarray]:
    """Yield a clip's frames, block by block, not windowed.

    Frames are centred: the first one's middle is the first sample. Both ends are padded with zeros.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz.
    settings : FrameSettings
        Frame length and hop.

    Yields
    ------
    np.ndarray [shape=(t_block, n_fft)]
        A read-only view; ``1 + n // hop_length`` frames in all.
    """
    half, hop = settings.n_fft // 2, settings.hop_length
    n_frames = 1 + len(samples) // hop
    for first in range(0, n_frames, _FRAMES_PER_BLOCK):
        start = first * hop - half
        stop = (min(first + _FRAMES_PER_BLOCK, n_frames) - 1) * hop + half
        # Only the ends are padded: a padded copy of a ten-minute clip would be 40 MB.
        stretch = samples[max(start, 0) : stop]
        if start < 0 or stop > len(samples):
            stretch = np.pad(stretch, (max(-start, 0), max(stop - len(samples), 0)))
        yield np.lib.stride_tricks.sliding_window_view(stretch, settings.n_fft)[::hop]


def power(frames: np.ndarray) -> np.ndarray:
    """Return the power spectrum of frames [shape=(t, n_fft)] under a Hann window [shape=(t, 1 + n_fft / 2)]."""
    spectrum = rfft(frames * hann(frames.shape[1]), axis=1)
    # Real and imaginary parts side by side, squared in place: with an array for each it took twice as long.
    parts = spectrum.view(spectrum.real.dtype)
    parts *= parts
    return parts[:, ::2] + parts[:, 1::2]


def db_under_peak(power: np.ndarray, floor_db: float) -> np.ndarray:
    """Return power as decibels under its largest value, ``floor_db`` at the least; all ``floor_db`` for silence."""
    peak = float(power.max(initial=0.0))
    if peak <= np.finfo(np.float32).tiny:
        return np.full_like(power, floor_db)
    # In place, for a long clip's levels are large.
    levels = power / peak
    np.maximum(levels, 10.0 ** (floor_db / 10.0), out=levels)
    # The natural logarithm takes a third of the decimal one's time.
    np.log(levels, out=levels)
    levels *= _DB_PER_POWER_NEPER
    return levels


def from_db(levels_db: np.ndarray) -> np.ndarray:
    """Return decibels as power."""
    return np.exp(levels_db / _DB_PER_POWER_NEPER)


def hz_to_mel(hz: np.ndarray | float) -> np.ndarray:
    """Return frequencies on Slaney's mel scale."""
    hz = np.asarray(hz, dtype=np.float64)
    above = np.log(np.maximum(hz, _LOG_FROM_HZ) / _LOG_FROM_HZ) / _LOG_STEP
    return np.minimum(hz, _LOG_FROM_HZ) / _HZ_PER_MEL + above


def mel_to_hz(mel: np.ndarray | float) -> np.ndarray:
    """Return the frequencies of places on Slaney's mel scale."""
    mel = np.asarray(mel, dtype=np.float64)
    knee = _LOG_FROM_HZ / _HZ_PER_MEL
    return np.minimum(mel, knee) * _HZ_PER_MEL * np.exp(_LOG_STEP * np.maximum(mel - knee, 0.0))


def mel_centres_hz(n_mels: int, min_hz: float = 0.0, max_hz: float = SAMPLE_RATE_HZ / 2) -> np.ndarray:
    """Return the centre of each mel band [shape=(n_mels,)]."""
    return _edges_hz(n_mels, min_hz, max_hz)[1:-1]


def _edges_hz(n_mels: int, min_hz: float, max_hz: float) -> np.ndarray:
    return mel_to_hz(np.linspace(hz_to_mel(min_hz), hz_to_mel(max_hz), n_mels + 2))


def _htk_edges_hz(n_mels: int, min_hz: float, max_hz: float) -> np.ndarray:
    """Return band edges evenly spaced on O'Shaughnessy's mel scale, as the HTK toolkit has it [shape=(n_mels + 2,)]."""
    edges_mel = np.linspace(*(2595.0 * np.log10(1.0 + np.array([min_hz, max_hz]) / 700.0)), n_mels + 2)
    return 700.0 * (10.0 ** (edges_mel / 2595.0) - 1.0)


@lru_cache(maxsize=8)
def htk_mel_filters(n_fft: int, n_mels: int, min_hz: float, max_hz: float) -> np.ndarray:
    """Return triangular mel filters of unit height on the HTK scale, librosa's ``htk=True, norm=None``.

    Parameters and shape as in ``mel_filters``.
    """
    return _triangles(n_fft, _htk_edges_hz(n_mels, min_hz, max_hz)[:, None])


@lru_cache(maxsize=8)
def mel_filters(n_fft: int, n_mels: int, min_hz: float = 0.0, max_hz: float = SAMPLE_RATE_HZ / 2) -> np.ndarray:
    """Return triangular mel filters of unit area, after Slaney's Auditory Toolbox (1998).

    Parameters
    ----------
    n_fft : int
        Samples in a frame.
    n_mels : int
        Bands.
    min_hz, max_hz : float
        The lowest and the highest band's outer edge.

    Returns
    -------
    np.ndarray [shape=(n_mels, 1 + n_fft / 2)]
        float32, read-only; times power gives mel power.
    """
    edges_hz = _edges_hz(n_mels, min_hz, max_hz)[:, None]
    return _triangles(n_fft, edges_hz, height=2.0 / (edges_hz[2:] - edges_hz[:-2]))


def _triangles(n_fft: int, edges_hz: np.ndarray, height: np.ndarray | float = 1.0) -> np.ndarray:
    bins_hz = np.arange(1 + n_fft // 2) * SAMPLE_RATE_HZ / n_fft
    widths_hz = np.diff(edges_hz, axis=0)
    rising = (bins_hz - edges_hz[:-2]) / widths_hz[:-1]
    falling = (edges_hz[2:] - bins_hz) / widths_hz[1:]
    filters = (np.maximum(0.0, np.minimum(rising, falling)) * height).astype(np.float32)
    filters.setflags(write=False)
    return filters


@lru_cache(maxsize=2)
def chroma_filters(n_fft: int) -> np.ndarray:
    """Return what gathers power by pitch class, after Ellis (2007), "Chroma feature analysis and synthesis".

    Each bin counts for the classes around its own by a Gaussian, and bins around 520 Hz count most.

    Parameters
    ----------
    n_fft : int
        Samples in a frame.

    Returns
    -------
    np.ndarray [shape=(12, 1 + n_fft / 2)]
        C first; float32, read-only. Tuned to A = 440 Hz.
    """
    bins_hz = np.arange(1, n_fft) * SAMPLE_RATE_HZ / n_fft
    semitones = 12.0 * np.log2(bins_hz / (440.0 / 16.0))
    # The bin of 0 Hz has no pitch: it is put half an octave and one away from the next, as wide as can be.
    semitones = np.concatenate([[semitones[0] - 18.0], semitones])
    widths = np.concatenate([np.maximum(np.diff(semitones), 1.0), [1.0]])
    away = np.remainder(semitones - np.arange(12.0)[:, None] + 6.0, 12.0) - 6.0
    filters = np.exp(-0.5 * (2.0 * away / widths) ** 2)
    filters /= np.linalg.norm(filters, axis=0)
    filters *= np.exp(-0.5 * ((semitones / 12.0 - 5.0) / 2.0) ** 2)
    # The reckoning began at A.
    filters = np.roll(filters, -3, axis=0)[:, : 1 + n_fft // 2].astype(np.float32)
    filters.setflags(write=False)
    return filters
