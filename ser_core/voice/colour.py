"""Brightness and hoarseness: changes of timbre that keep pitch, timing and level."""

from __future__ import annotations

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft, rfftfreq

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.voice.level import at_level_of

# Upper edge of the bass and lower edge of the treble; between them the gain rises evenly per octave.
_BASS_HZ, _TREBLE_HZ = 500.0, 4_000.0

_FRAME, _HOP = 512, 128

# Wider than the distance between the overtones of a high voice: the envelope keeps the formants, not the overtones.
_ENVELOPE_HZ = 400.0


def tilt(samples: np.ndarray, brightness_db: float) -> np.ndarray:
    """Change the balance of treble and bass at the same level.

    Angry voices have a flatter spectrum than sad ones: more energy in high frequencies (Banse and Scherer 1996,
    "Acoustic profiles in vocal emotion expression").

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz.
    brightness_db : float
        Gain of the treble relative to the bass, in decibels.

    Returns
    -------
    np.ndarray [shape=(n,)]
        float32, in phase with ``samples``.
    """
    # Padding for the filter's tail, which would wrap around to the start.
    n_fft = next_fast_len(len(samples) + _FRAME, real=True)
    hz = np.maximum(rfftfreq(n_fft, 1.0 / SAMPLE_RATE_HZ), 1.0)
    octaves = np.clip(np.log2(hz / _BASS_HZ) / np.log2(_TREBLE_HZ / _BASS_HZ), 0.0, 1.0)
    gain = 10.0 ** (brightness_db * octaves / 20.0)
    tilted = irfft(rfft(samples, n_fft) * gain, n_fft)[: len(samples)]
    return at_level_of(samples, tilted)


def roughen(samples: np.ndarray, hoarseness: float) -> np.ndarray:
    """Replace a share of a voice by noise of the same spectrum and level, as breath through an open glottis does.

    The noise is a whispered copy of the voice: white noise with the voice's own short-time spectral envelope, in which
    the overtones are smoothed away. The same voice gets the same noise each time.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz.
    hoarseness : float
        Share of the power that becomes noise, 0 to 1.

    Returns
    -------
    np.ndarray [shape=(n,)]
        float32.
    """
    # Imported here because it takes a second: the first page of a visitor does not need it.
    from scipy.ndimage import uniform_filter1d
    from scipy.signal import istft, stft

    n_overlap = _FRAME - _HOP
    padded = np.pad(samples, (0, max(_FRAME - len(samples), 0)))
    white_noise = np.random.default_rng(0).standard_normal(len(padded))
    _, _, voice = stft(padded, fs=SAMPLE_RATE_HZ, nperseg=_FRAME, noverlap=n_overlap)
    _, _, noise = stft(white_noise, fs=SAMPLE_RATE_HZ, nperseg=_FRAME, noverlap=n_overlap)
    n_bins = round(_ENVELOPE_HZ * _FRAME / SAMPLE_RATE_HZ)
    # The filter is a running sum; rounding can make it slightly negative.
    envelope = np.sqrt(np.maximum(uniform_filter1d(np.abs(voice) ** 2, n_bins, axis=0, mode="nearest"), 0.0))
    _, whisper = istft(noise * envelope, fs=SAMPLE_RATE_HZ, nperseg=_FRAME, noverlap=n_overlap)
    whisper = at_level_of(samples, whisper[: len(samples)])
    mixed = np.sqrt(1.0 - hoarseness) * samples + np.sqrt(hoarseness) * whisper
    return at_level_of(samples, mixed)
