"""Features of live sound, frame by frame, for the live charts: level, pitch, and a mel spectrogram.

Levels are decibels of full scale. Decibels under the loudest point, as elsewhere in the app, are not possible: the
loudest point of a stream is not known before its end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ser_core.features.extraction import DEFAULT_FRAMES
from ser_core.features.pitch import VOICED_PERIODICITY, periodicity, yin_hz
from ser_core.features.spectrum import hann, mel_filters, power

LIVE_MELS = 48

# The same frames as in feature extraction, so that both show the same.
_N_FFT, _HOP = DEFAULT_FRAMES.n_fft, DEFAULT_FRAMES.hop_length

# A frame under this level counts as silence and has no pitch.
_SILENT_DB = -60.0

# Added to power, because zero has no logarithm: silence becomes -120 dB.
_MIN_POWER = 1e-12

# The brightness scale of the spectrogram: from the noise in one band of a quiet room to one band of a loud voice.
_DARK_DB, _BRIGHT_DB = -70.0, -10.0


@dataclass(frozen=True, eq=False)
class LiveFrames:
    """Features of consecutive frames.

    Parameters
    ----------
    level_db : np.ndarray [shape=(t,)]
        Root mean square, decibels of full scale; at least -120.
    pitch_hz : np.ndarray [shape=(t,)]
        Fundamental frequency; NaN where the frame is not voiced.
    mel_db : np.ndarray [shape=(LIVE_MELS, t)]
        Power per mel band, decibels of full scale.
    """

    level_db: np.ndarray
    pitch_hz: np.ndarray
    mel_db: np.ndarray


def frames_in(n_samples: int) -> int:
    """Return the number of whole frames in a number of samples."""
    return max(0, 1 + (n_samples - _N_FFT) // _HOP)


def analyse(samples: np.ndarray) -> LiveFrames:
    """Compute the features of all whole frames.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        16 kHz mono, float32, at least one frame of 1,024 samples.

    Returns
    -------
    LiveFrames
        ``1 + (n - 1024) // 256`` frames; the first frame begins at the first sample.
    """
    frames = np.lib.stride_tricks.sliding_window_view(samples, _N_FFT)[::_HOP]
    level_db = 10.0 * np.log10(np.mean(np.square(frames), axis=1) + _MIN_POWER)
    spectrum = power(frames)
    mel_db = 10.0 * np.log10(_mel_filters() @ spectrum.T / _full_scale_power() + _MIN_POWER)
    pitch_hz = yin_hz(frames)
    is_voiced = (periodicity(spectrum, pitch_hz) >= VOICED_PERIODICITY) & (level_db > _SILENT_DB)
    return LiveFrames(level_db, np.where(is_voiced, pitch_hz, np.nan), mel_db)


def _mel_filters() -> np.ndarray:
    """Return mel filters with gain 1 at the centre of each band [shape=(LIVE_MELS, 1 + 512)]."""
    filters = mel_filters(_N_FFT, LIVE_MELS)
    normalised: np.ndarray = filters / filters.max(axis=1, keepdims=True)
    return normalised


def _full_scale_power() -> float:
    """Return the power of a full-scale sine in its frequency bin."""
    return float(hann(_N_FFT).sum() / 2.0) ** 2


def mel_loudness(mel_db: np.ndarray) -> np.ndarray:
    """Return a mel spectrogram in decibels as brightness, 0 to 255, dtype uint8, of the same shape."""
    share = (mel_db - _DARK_DB) / (_BRIGHT_DB - _DARK_DB)
    return np.round(255.0 * np.clip(share, 0.0, 1.0)).astype(np.uint8)
