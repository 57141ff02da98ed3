"""Changes to a training clip's log-mel levels that a listener would hear as the same emotion.

All work on decibels [shape=(t, bands)], in NumPy, and take their randomness from one generator, so that a
resumed training sees what an uninterrupted one would have seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import uniform_filter1d
from scipy.signal import lfilter

_DB_TO_NATURAL = np.log(10.0) / 10.0


@dataclass(frozen=True)
class Augmentation:
    """How far each change may go.

    Parameters
    ----------
    tempo : float
        Time is stretched by a factor of 1 - tempo to 1 + tempo.
    vocal_tract : float
        The frequency axis is stretched by 1 - vocal_tract to 1 + vocal_tract: a longer or shorter throat.
    colour_db : float
        Spectral tilt from the lowest to the highest band, plus or minus: another microphone.
    noise_share : float
        Share of clips that get a noise floor.
    noise_db : tuple of float
        Its level under the clip's peak, from and to.
    blur_share : float
        Share of clips whose time detail is smeared as the reconstructed CREMA-D's is, so that smear says nothing about
        the corpus, and so nothing about the labels that the corpus lacks.
    blur_frames : int
        Over how many frames: nine of 10 ms are the 93 ms of the mel frames CREMA-D was reconstructed from.
    echo_share : float
        Share of clips that get a room's reverberation.
    echo_s : tuple of float
        How long it takes to fall by 60 dB, from and to.
    echo_db : tuple of float
        Its power against the direct sound's, from and to.
    band_limit_share : float
        Share of clips that lose what lies outside a telephone's band.
    band_limit_db : float
        How much quieter that gets.
    time_masks, time_mask_frames, band_masks, band_mask_bands : int
        How many stretches of time and of bands are hidden, and the widest (SpecAugment, Park et al. 2019).
    """

    tempo: float = 0.12
    vocal_tract: float = 0.08
    colour_db: float = 4.0
    noise_share: float = 0.3
    noise_db: tuple[float, float] = (-50.0, -18.0)
    blur_share: float = 0.2
    blur_frames: int = 9
    echo_share: float = 0.2
    echo_s: tuple[float, float] = (0.15, 0.6)
    echo_db: tuple[float, float] = (-12.0, 0.0)
    band_limit_share: float = 0.2
    band_limit_db: float = -60.0
    time_masks: int = 1
    time_mask_frames: int = 25
    band_masks: int = 1
    band_mask_bands: int = 6


# For a network whose lower part is frozen as it was published. That part was not made for stretched or blurred voices:
# learning from them cost four points on clean speech, and the front end already takes noise away. What it does not undo
# are rooms and telephones.
ROOMS_AND_TELEPHONES = Augmentation(
    tempo=0.0,
    vocal_tract=0.0,
    noise_share=0.0,
    blur_share=0.0,
    echo_share=0.4,
    band_limit_share=0.6,
    time_masks=0,
    band_masks=0,
)


def warp(mel_db: np.ndarray, settings: Augmentation, rng: np.random.Generator) -> np.ndarray:
    """Stretch time and frequency, by linear interpolation.

    Returns
    -------
    np.ndarray [shape=(t * factor, bands)]
    """
    n_frames, n_bands = mel_db.shape
    tempo = rng.uniform(1.0 - settings.tempo, 1.0 + settings.tempo)
    tract = rng.uniform(1.0 - settings.vocal_tract, 1.0 + settings.vocal_tract)
    frames = np.linspace(0.0, n_frames - 1.0, max(round(n_frames * tempo), 2))
    bands = np.minimum(np.arange(n_bands) * tract, n_bands - 1.0)
    return _interpolate(_interpolate(mel_db, frames).T, bands).T


def _interpolate(rows: np.ndarray, at: np.ndarray) -> np.ndarray:
    before = np.minimum(at.astype(int), len(rows) - 2)
    share = (at - before).astype(np.float32)[:, None]
    return rows[before] * (1.0 - share) + rows[before + 1] * share


def blur(mel_db: np.ndarray, settings: Augmentation) -> np.ndarray:
    """Smear power over ``blur_frames`` frames."""
    power = np.exp(mel_db * _DB_TO_NATURAL)
    return np.log(uniform_filter1d(power, settings.blur_frames, axis=0, mode="nearest")) / _DB_TO_NATURAL


def colour(mel_db: np.ndarray, settings: Augmentation, rng: np.random.Generator) -> np.ndarray:
    """Tilt the spectrum and bend it once, as another microphone and room would."""
    position = np.linspace(-0.5, 0.5, mel_db.shape[1], dtype=np.float32)
    tilt, bend = rng.uniform(-settings.colour_db, settings.colour_db, size=2)
    return mel_db + tilt * position + 0.5 * bend * np.cos(2.0 * np.pi * position)


def add_noise(mel_db: np.ndarray, settings: Augmentation, rng: np.random.Generator) -> np.ndarray:
    """Add the power of a steady noise of random level and tilt."""
    n_frames, n_bands = mel_db.shape
    level = rng.uniform(*settings.noise_db) + rng.uniform(-10.0, 10.0) * np.linspace(-1.0, 1.0, n_bands)
    # A mel band averages several bins of exponentially distributed power: about 2.5 dB of scatter.
    noise_db = level + rng.normal(0.0, 2.5, size=(n_frames, n_bands))
    return np.logaddexp(mel_db * _DB_TO_NATURAL, noise_db * _DB_TO_NATURAL) / _DB_TO_NATURAL


def add_echo(mel_db: np.ndarray, settings: Augmentation, hop_s: float, rng: np.random.Generator) -> np.ndarray:
    """Add a diffuse reverberation: power that falls exponentially after each frame (Polack's model, 1988)."""
    echo_s = rng.uniform(*settings.echo_s)
    gain = 10.0 ** (rng.uniform(*settings.echo_db) / 10.0)
    left = 10.0 ** (-6.0 * hop_s / echo_s)
    power = np.exp(mel_db * _DB_TO_NATURAL)
    # The frame itself is the direct sound; its echo's energy, summed over time, is ``gain`` times its own.
    tail = lfilter([0.0, gain * (1.0 - left)], [1.0, -left], power, axis=0)
    return np.log(power + tail) / _DB_TO_NATURAL


def limit_band(mel_db: np.ndarray, settings: Augmentation, rng: np.random.Generator) -> np.ndarray:
    """Take away the lowest and the highest bands, as a telephone or a small loudspeaker does."""
    n_bands = mel_db.shape[1]
    # Of 64 HTK bands from 60 to 7,800 Hz, 300 Hz is in the seventh and 3,400 Hz in the 45th.
    lowest = rng.uniform(0.0, 0.14) * n_bands
    highest = rng.uniform(0.62, 0.92) * n_bands
    outside = np.maximum(lowest - np.arange(n_bands), np.arange(n_bands) - highest)
    return mel_db + settings.band_limit_db * np.clip(outside / 2.0, 0.0, 1.0)


def mask(window: np.ndarray, settings: Augmentation, rng: np.random.Generator) -> np.ndarray:
    """Hide stretches of time and of bands of a standardised window by its mean, 0."""
    window = window.copy()
    for _ in range(settings.time_masks):
        width = rng.integers(0, settings.time_mask_frames + 1)
        start = rng.integers(0, window.shape[0] - width + 1)
        window[start : start + width] = 0.0
    for _ in range(settings.band_masks):
        width = rng.integers(0, settings.band_mask_bands + 1)
        start = rng.integers(0, window.shape[1] - width + 1)
        window[:, start : start + width] = 0.0
    return window


def vary(mel_db: np.ndarray, *, settings: Augmentation, hop_s: float, rng: np.random.Generator) -> np.ndarray:
    """Apply every change but ``mask`` to a clip's levels.

    Parameters
    ----------
    mel_db : np.ndarray [shape=(t, bands)]
        Decibels under the clip's peak, at least two frames.
    settings : Augmentation
        How far each change may go.
    hop_s : float
        Seconds from one frame to the next.
    rng : np.random.Generator
        Where the randomness comes from.

    Returns
    -------
    np.ndarray [shape=(t', bands)]
        Decibels, float32.
    """
    varied = warp(mel_db, settings, rng)
    if rng.random() < settings.blur_share:
        varied = blur(varied, settings)
    if rng.random() < settings.echo_share:
        varied = add_echo(varied, settings, hop_s, rng)
    varied = colour(varied, settings, rng)
    if rng.random() < settings.noise_share:
        varied = add_noise(varied, settings, rng)
    if rng.random() < settings.band_limit_share:
        varied = limit_band(varied, settings, rng)
    # Decibels under the peak, as an untouched clip's are.
    varied -= varied.max()
    return varied.astype(np.float32)
