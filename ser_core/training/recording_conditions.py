"""Simulation of rooms, noises, microphones and codecs, so that training clips are like the recordings of visitors.

The corpora were recorded in studios. A frozen trunk cannot learn to ignore a room. The head can, if it is trained on
the trunk's output for clips with a room. All changes are made to samples, before the front end.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
from scipy.signal import butter, fftconvolve, firwin2, sosfilt

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples, load_audio

Samples = npt.NDArray[np.floating]

# Power falls with frequency as f to this power.
_NOISE_SLOPE = {"white": 0.0, "pink": -1.0, "brown": -2.0}

_TILT_EDGES_HZ = (0.0, 500.0, 1500.0, 4000.0, 8000.0)


@dataclass(frozen=True)
class ConditionSettings:
    """Probability and limits of each change of a simulated recording.

    Parameters
    ----------
    room_share : float
        Share of the recordings in a room.
    reverberation_s : tuple of float
        Shortest and longest time in which the echo falls by 60 dB.
    direct_to_echo_db : tuple of float
        Lowest and highest ratio of the direct sound to the echo.
    noise_share : float
        Share of the recordings with noise.
    noise_snr_db : tuple of float
        Lowest and highest signal-to-noise ratio.
    band_share : float
        Share of the recordings through a telephone or a small loudspeaker.
    lowest_hz, highest_hz : tuple of float
        Limits of the lower and of the upper edge of such a band.
    codec_share : float
        Share of the recordings that were encoded as MP3.
    codec_kbps : tuple of float
        Lowest and highest bit rate.
    clip_share : float
        Share of the recordings that are too loud, so that their peaks are cut off.
    clip_level : tuple of float
        Limits of the level at which they are cut, relative to the peak.
    tilt_db : float
        The microphone's gain at five frequencies is between minus and plus this.
    """

    room_share: float = 0.4
    reverberation_s: tuple[float, float] = (0.15, 0.8)
    direct_to_echo_db: tuple[float, float] = (-3.0, 12.0)
    noise_share: float = 0.5
    noise_snr_db: tuple[float, float] = (5.0, 30.0)
    band_share: float = 0.3
    lowest_hz: tuple[float, float] = (80.0, 350.0)
    highest_hz: tuple[float, float] = (3000.0, 5500.0)
    codec_share: float = 0.3
    codec_kbps: tuple[float, float] = (16.0, 64.0)
    clip_share: float = 0.1
    clip_level: tuple[float, float] = (0.2, 0.7)
    tilt_db: float = 5.0


def record_again(audio: Audio, settings: ConditionSettings, rng: np.random.Generator) -> Audio:
    """Simulate another recording of a clip: room, noise, microphone, overload, telephone, codec, in this order.

    Parameters
    ----------
    audio : Audio
        The clip.
    settings : ConditionSettings
        Probabilities and limits.
    rng : np.random.Generator
        Source of the randomness.

    Returns
    -------
    Audio
        The changed clip, with a peak of 0.9.
    """
    samples: Samples = audio.samples.astype(np.float64)
    if rng.random() < settings.room_share:
        samples = add_room(
            samples, rng.uniform(*settings.reverberation_s), rng.uniform(*settings.direct_to_echo_db), rng
        )
    if rng.random() < settings.noise_share:
        colour = rng.choice(sorted(_NOISE_SLOPE))
        samples = add_noise(samples, str(colour), rng.uniform(*settings.noise_snr_db), rng)
    gains_db = rng.uniform(-settings.tilt_db, settings.tilt_db, len(_TILT_EDGES_HZ))
    samples = fftconvolve(samples, _microphone(gains_db), mode="same")
    if rng.random() < settings.clip_share:
        limit = rng.uniform(*settings.clip_level) * np.abs(samples).max()
        samples = np.clip(samples, -limit, limit)
    if rng.random() < settings.band_share:
        band_hz = (rng.uniform(*settings.lowest_hz), rng.uniform(*settings.highest_hz))
        samples = sosfilt(butter(4, band_hz, btype="bandpass", fs=SAMPLE_RATE_HZ, output="sos"), samples)
    samples = 0.9 * samples / max(float(np.abs(samples).max()), 1e-9)
    changed = from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)
    if rng.random() < settings.codec_share:
        changed = encode_mp3(changed, rng.uniform(*settings.codec_kbps))
    return changed


def add_room(samples: Samples, reverberation_s: float, direct_to_echo_db: float, rng: np.random.Generator) -> Samples:
    """Add a diffuse echo: noise that falls exponentially (Polack's model, 1988).

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        A clip at 16 kHz.
    reverberation_s : float
        Time in which the echo falls by 60 dB.
    direct_to_echo_db : float
        Energy of the direct sound relative to that of the echo.
    rng : np.random.Generator
        Source of the randomness.

    Returns
    -------
    np.ndarray [shape=(n + m,)]
        Longer than the clip by half of the reverberation time.
    """
    n_echo = round(reverberation_s * SAMPLE_RATE_HZ)
    echo = rng.standard_normal(n_echo) * 10.0 ** (-3.0 * np.arange(n_echo) / n_echo)
    echo *= 10.0 ** (-direct_to_echo_db / 20.0) / np.sqrt(np.sum(echo**2))
    reverberant: Samples = fftconvolve(samples, np.concatenate([[1.0], echo]))[: len(samples) + n_echo // 2]
    return reverberant


def add_noise(samples: Samples, colour: str, snr_db: float, rng: np.random.Generator) -> Samples:
    """Add steady noise.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        A clip.
    colour : str
        ``"white"``, ``"pink"`` or ``"brown"``.
    snr_db : float
        Signal-to-noise ratio.
    rng : np.random.Generator
        Source of the randomness.

    Returns
    -------
    np.ndarray [shape=(n,)]
    """
    spectrum = np.fft.rfft(rng.standard_normal(len(samples)))
    bins = np.maximum(np.arange(len(spectrum)), 1.0)
    noise = np.fft.irfft(spectrum * bins ** (_NOISE_SLOPE[colour] / 2.0), len(samples))
    gain = np.sqrt(np.mean(samples**2) / max(float(np.mean(noise**2)), 1e-20) / 10.0 ** (snr_db / 10.0))
    noisy: Samples = samples + gain * noise
    return noisy


def encode_mp3(audio: Audio, kbps: float) -> Audio:
    """Encode a clip as MP3 with a constant bit rate, and decode it.

    Parameters
    ----------
    audio : Audio
        A clip.
    kbps : float
        Bit rate in kbit/s, 8 to 160.

    Returns
    -------
    Audio
        The decoded clip.
    """
    encoded = io.BytesIO()
    # libsndfile maps 0 to the highest bit rate of the format and 1 to the lowest: 160 and 8 kbit/s at 16 kHz.
    options: dict[str, Any] = {"bitrate_mode": "CONSTANT", "compression_level": (160.0 - kbps) / (160.0 - 8.0)}
    soundfile.write(encoded, audio.samples, SAMPLE_RATE_HZ, format="MP3", **options)
    return load_audio(encoded.getvalue())


def _microphone(gains_db: npt.NDArray[np.floating]) -> Samples:
    """Return the impulse response of a microphone with the given gains at ``_TILT_EDGES_HZ``."""
    response: Samples = firwin2(129, _TILT_EDGES_HZ, 10.0 ** (gains_db / 20.0), fs=SAMPLE_RATE_HZ)
    return response
