"""What a live display shows of the sound, frame by frame: level, pitch, and a mel spectrogram.

Levels are absolute, in decibels of full scale: a live picture cannot wait for the clip's loudest moment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.fft import irfft, rfft

from ser_core.audio import SAMPLE_RATE_HZ
from ser_core.features import DEFAULT_FRAMES, PITCH_MAX_HZ, PITCH_MIN_HZ
from ser_core.spectrum import hann, mel_filters

LIVE_MELS = 48

# The same frames as the features', and a transform twice as long, whose autocorrelation does not wrap around.
_N_FFT, _HOP = DEFAULT_FRAMES.n_fft, DEFAULT_FRAMES.hop_length
_WINDOW = hann(_N_FFT)
_LAGS = np.arange(int(SAMPLE_RATE_HZ / PITCH_MAX_HZ), int(SAMPLE_RATE_HZ / PITCH_MIN_HZ) + 2)
_OF_WINDOW = irfft(np.abs(rfft(_WINDOW, 2 * _N_FFT)) ** 2)

# Boersma's defaults: a frame that repeats itself less is unvoiced; an octave lower must repeat itself this much better.
_VOICED_PERIODICITY = 0.45
_OCTAVE_COST = 0.01

# Below this a frame is taken for silence and has no pitch.
_SILENT_DB = -60.0

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
    level_db = 10.0 * np.log10(np.mean(np.square(frames), axis=1) + 1e-12)
    spectrum = rfft(frames * _WINDOW, 2 * _N_FFT, axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    # A sine of full scale has this power in its own bin.
    full_scale = (_WINDOW.sum() / 2.0) ** 2
    mel = mel_filters(_N_FFT, LIVE_MELS)
    mel = mel / mel.max(axis=1, keepdims=True)
    mel_db = 10.0 * np.log10(mel @ power[:, ::2].T / full_scale + 1e-12)
    return LiveFrames(level_db, _pitch_hz(power, level_db), mel_db)


def mel_loudness(mel_db: np.ndarray) -> np.ndarray:
    """Return a mel spectrogram in decibels as brightness, 0 to 255, dtype uint8, the same shape."""
    dark_db, bright_db = _PICTURE_DB
    return np.round(255.0 * np.clip((mel_db - dark_db) / (bright_db - dark_db), 0.0, 1.0)).astype(np.uint8)


def _pitch_hz(power: np.ndarray, level_db: np.ndarray) -> np.ndarray:
    """Return each frame's pitch [shape=(t,)], from power [shape=(t, 1 + 1024)].

    The highest peak of the autocorrelation divided by the window's own: Boersma (1993), "Accurate short-term analysis
    of the fundamental frequency", equation 9. The features' pitch is YIN's, which takes librosa and six times as long.
    """
    of_frame = irfft(power, axis=1)
    energy = np.maximum(of_frame[:, :1], np.finfo(np.float32).tiny)
    repeats = (of_frame[:, _LAGS] / energy) / (_OF_WINDOW[_LAGS] / _OF_WINDOW[0])
    is_peak = np.zeros(repeats.shape, dtype=bool)
    is_peak[:, 1:-1] = (repeats[:, 1:-1] >= repeats[:, :-2]) & (repeats[:, 1:-1] > repeats[:, 2:])
    strength = np.where(is_peak, repeats - _OCTAVE_COST * np.log2(_LAGS * PITCH_MIN_HZ / SAMPLE_RATE_HZ), -np.inf)
    best = np.clip(strength.argmax(axis=1), 1, len(_LAGS) - 2)
    rows = np.arange(len(best))
    before, at, after = (repeats[rows, best + step] for step in (-1, 0, 1))
    # A parabola through the three finds the peak between the samples.
    bend = before - 2.0 * at + after
    offset = np.divide(0.5 * (before - after), bend, out=np.zeros_like(bend), where=bend < 0.0)
    is_voiced = is_peak[rows, best] & (at >= _VOICED_PERIODICITY) & (level_db > _SILENT_DB)
    return np.where(is_voiced, SAMPLE_RATE_HZ / (_LAGS[best] + offset), np.nan)
