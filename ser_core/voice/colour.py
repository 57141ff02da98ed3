"""Brightness and hoarseness: what changes the colour of a voice and leaves its pitch, timing and level alone."""

from __future__ import annotations

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft, rfftfreq

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.voice.level import at_level_of

# The bass ends and the treble begins here; between them the gain rises evenly per octave.
_BASS_HZ, _TREBLE_HZ = 500.0, 4_000.0

_FRAME, _HOP = 512, 128

# Wider than the distance of a high voice's overtones, so that they melt into the envelope that carries the vowels.
_ENVELOPE_HZ = 400.0


def tilt(samples: np.ndarray, brightness_db: float) -> np.ndarray:
    """Raise the treble and lower the bass, or the other way round, at the same level.

    Angry voices have a flatter spectrum than sad ones: more energy in high frequencies (Banse and Scherer 1996,
    "Acoustic profiles in vocal emotion expression").

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz.
    brightness_db : float
        How much the treble gains on the bass.

    Returns
    -------
    np.ndarray [shape=(n,)]
        float32, in phase with ``samples``.
    """
    # Room for the filter's tail, which would come back at the other end.
    n_fft = next_fast_len(len(samples) + _FRAME, real=True)
    hz = np.maximum(rfftfreq(n_fft, 1.0 / SAMPLE_RATE_HZ), 1.0)
    octaves = np.clip(np.log2(hz / _BASS_HZ) / np.log2(_TREBLE_HZ / _BASS_HZ), 0.0, 1.0)
    gain = 10.0 ** (brightness_db * octaves / 20.0)
    tilted = irfft(rfft(samples, n_fft) * gain, n_fft)[: len(samples)]
    return at_level_of(samples, tilted)


def roughen(samples: np.ndarray, hoarseness: float) -> np.ndarray:
    """Exchange a share of a voice for noise of the same spectrum and level, as a leaking glottis does.

    The noise is a whispered copy: white noise under the voice's own short-time spectral envelope, from which the
    overtones have been smoothed away. The same voice gets the same noise each time.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono samples at 16 kHz.
    hoarseness : float
        The noise's share of the power, 0 to 1.

    Returns
    -------
    np.ndarray [shape=(n,)]
        float32.
    """
    # Importing these takes a second, which no visitor's first page should wait for.
    from scipy.ndimage import uniform_filter1d
    from scipy.signal import istft, stft

    framing = {"fs": SAMPLE_RATE_HZ, "nperseg": _FRAME, "noverlap": _FRAME - _HOP}
    padded = np.pad(samples, (0, max(_FRAME - len(samples), 0)))
    _, _, voice = stft(padded, **framing)
    _, _, noise = stft(np.random.default_rng(0).standard_normal(len(padded)), **framing)
    bins = round(_ENVELOPE_HZ * _FRAME / SAMPLE_RATE_HZ)
    # The filter is a running sum, which rounding can take below zero.
    envelope = np.sqrt(np.maximum(uniform_filter1d(np.abs(voice) ** 2, bins, axis=0, mode="nearest"), 0.0))
    _, whisper = istft(noise * envelope, **framing)
    whisper = at_level_of(samples, whisper[: len(samples)])
    mixed = np.sqrt(1.0 - hoarseness) * samples + np.sqrt(hoarseness) * whisper
    return at_level_of(samples, mixed)
