"""What a live display shows of the sound, frame by frame: level, pitch, and a mel spectrogram.

Levels are absolute, in decibels of full scale: a live picture cannot wait for the clip's loudest moment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ser_core.features.extraction import DEFAULT_FRAMES
from ser_core.features.pitch import VOICED_PERIODICITY, periodicity, yin_hz
from ser_core.features.spectrum import hann, mel_filters, power

LIVE_MELS = 48

# The same frames as the features', so that both see the same things.
_N_FFT, _HOP = DEFAULT_FRAMES.n_fft, DEFAULT_FRAMES.hop_length

# Below this a frame is taken for silence and has no pitch.
_SILENT_DB = -60.0

# What silence is given, since it has no logarithm: -120 dB.
_LEAST_POWER = 1e-12

# What the picture runs from and to: a band of a room's noise, a band of a loud voice.
_PICTURE_DB = (-70.0, -10.0)


@dataclass(frozen=True, eq=False)
class LiveFrames:
    """Some frames of a live sound.

    Parameters
    ----------
    level_db : np.ndarray [shape=(t,)]
        Root mean square, decibels of full scale; -120 at the least.
    pitch_hz : np.ndarray [shape=(t,)]
        Fundamental frequency; NaN where the frame is not voiced.
    mel_db : np.ndarray [shape=(LIVE_MELS, t)]
        Power by mel band, decibels of full scale.
    """

    level_db: np.ndarray
    pitch_hz: np.ndarray
    mel_db: np.ndarray


def frames_in(n_samples: int) -> int:
    """Return how many whole frames there are in so many samples."""
    return max(0, 1 + (n_samples - _N_FFT) // _HOP)


def analyse(samples: np.ndarray) -> LiveFrames:
    """Analyse all whole frames of a piece of sound.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        16 kHz mono, float32, at least one frame of 1,024.

    Returns
    -------
    LiveFrames
        ``1 + (n - 1024) // 256`` frames; the first begins with the first sample.
    """
    frames = np.lib.stride_tricks.sliding_window_view(samples, _N_FFT)[::_HOP]
    level_db = 10.0 * np.log10(np.mean(np.square(frames), axis=1) + _LEAST_POWER)
    spectrum = power(frames)
    mel_db = 10.0 * np.log10(_bands() @ spectrum.T / _full_scale() + _LEAST_POWER)
    pitch_hz = yin_hz(frames)
    is_voiced = (periodicity(spectrum, pitch_hz) >= VOICED_PERIODICITY) & (level_db > _SILENT_DB)
    return LiveFrames(level_db, np.where(is_voiced, pitch_hz, np.nan), mel_db)


def _bands() -> np.ndarray:
    """Return mel filters that pass a tone in their middle as it is [shape=(LIVE_MELS, 1 + 512)]."""
    filters = mel_filters(_N_FFT, LIVE_MELS)
    return filters / filters.max(axis=1, keepdims=True)


def _full_scale() -> float:
    """Return the power that a sine of full scale has in its bin."""
    return float(hann(_N_FFT).sum() / 2.0) ** 2


def mel_loudness(mel_db: np.ndarray) -> np.ndarray:
    """Return a mel spectrogram in decibels as brightness, 0 to 255, dtype uint8, the same shape."""
    dark_db, bright_db = _PICTURE_DB
    return np.round(255.0 * np.clip((mel_db - dark_db) / (bright_db - dark_db), 0.0, 1.0)).astype(np.uint8)
