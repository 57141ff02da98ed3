"""What happens to a voice on its way to a recogniser: distance, noise, telephones, codecs, rooms."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import numpy as np
import soundfile
from scipy.signal import butter, fftconvolve, sosfiltfilt

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples, load_audio

_NOISE_SNR_DB = 20.0
_TELEPHONE_HZ = (300.0, 3400.0)
_ROOM_RT60_S = 0.4
_ROOM_DIRECT_TO_ECHO_DB = 6.0


def quieter(audio: Audio) -> Audio:
    """Return the clip 20 dB quieter."""
    return _clip(0.1 * audio.samples)


def white_noise(audio: Audio) -> Audio:
    """Return the clip in white noise, its power 20 dB over the noise's."""
    noise = _generator(audio).standard_normal(len(audio.samples))
    gain = np.sqrt(np.mean(audio.samples**2) / 10.0 ** (_NOISE_SNR_DB / 10.0))
    return _clip(audio.samples + gain * noise)


def telephone(audio: Audio) -> Audio:
    """Return the clip in a telephone's band, 300 to 3,400 Hz, eighth-order Butterworth slopes."""
    band = butter(4, _TELEPHONE_HZ, btype="bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    return _clip(sosfiltfilt(band, audio.samples))


def mp3(audio: Audio) -> Audio:
    """Return the clip after MP3 at 64 kbit/s."""
    encoded = io.BytesIO()
    # libsndfile maps 0 to the format's highest rate and 1 to its lowest: 160 and 8 kbit/s at 16 kHz.
    level = (160.0 - 64.0) / (160.0 - 8.0)
    soundfile.write(
        encoded, audio.samples, SAMPLE_RATE_HZ, format="MP3", bitrate_mode="CONSTANT", compression_level=level
    )
    return load_audio(encoded.getvalue())


def small_room(audio: Audio) -> Audio:
    """Return the clip in a small room, its echo 6 dB under the voice.

    The echo is noise that falls by 60 dB in 0.4 s (Polack's model, 1988).
    """
    rng = _generator(audio)
    n = round(_ROOM_RT60_S * SAMPLE_RATE_HZ)
    echo = rng.standard_normal(n) * 10.0 ** (-3.0 * np.arange(n) / n)
    echo *= 10.0 ** (-_ROOM_DIRECT_TO_ECHO_DB / 20.0) / np.sqrt(np.sum(echo**2))
    response = np.concatenate([[1.0], echo])
    return _clip(fftconvolve(audio.samples, response)[: len(audio.samples) + n // 2])


CORRUPTIONS: dict[str, Callable[[Audio], Audio]] = {
    "none": lambda audio: audio,
    "20 dB quieter": quieter,
    "white noise, 20 dB SNR": white_noise,
    "telephone band": telephone,
    "MP3, 64 kbit/s": mp3,
    "small room": small_room,
}


def _generator(audio: Audio) -> np.random.Generator:
    # From the clip itself, so that the same clip is always corrupted alike.
    return np.random.default_rng(zlib.crc32(audio.samples.tobytes()))


def _clip(samples: np.ndarray) -> Audio:
    return from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)
