"""Corruptions of a recording, for the robustness figures: distance, noise, telephone, codec, room."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, sosfiltfilt

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.training.recording_conditions import add_room, encode_mp3

_NOISE_SNR_DB = 20.0
_TELEPHONE_HZ = (300.0, 3400.0)
_MP3_KBPS = 64.0
_ROOM_RT60_S = 0.4
_ROOM_DIRECT_TO_ECHO_DB = 6.0


def quieter(audio: Audio) -> Audio:
    """Make a clip 20 dB quieter.

    Parameters
    ----------
    audio : Audio
        A clip.

    Returns
    -------
    Audio
        The corrupted clip.
    """
    return _clip(0.1 * audio.samples)


def white_noise(audio: Audio) -> Audio:
    """Add white noise at a signal-to-noise ratio of 20 dB.

    Parameters
    ----------
    audio : Audio
        A clip.

    Returns
    -------
    Audio
        The corrupted clip.
    """
    noise = _generator(audio).standard_normal(len(audio.samples))
    gain = np.sqrt(np.mean(audio.samples**2) / 10.0 ** (_NOISE_SNR_DB / 10.0))
    return _clip(audio.samples + gain * noise)


def telephone(audio: Audio) -> Audio:
    """Limit a clip to the band of a telephone, 300 to 3,400 Hz, with eighth-order Butterworth slopes.

    Parameters
    ----------
    audio : Audio
        A clip.

    Returns
    -------
    Audio
        The corrupted clip.
    """
    band = butter(4, _TELEPHONE_HZ, btype="bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    return _clip(sosfiltfilt(band, audio.samples))


def mp3(audio: Audio) -> Audio:
    """Encode a clip as MP3 at 64 kbit/s, and decode it.

    Parameters
    ----------
    audio : Audio
        A clip.

    Returns
    -------
    Audio
        The decoded clip.
    """
    return encode_mp3(audio, _MP3_KBPS)


def small_room(audio: Audio) -> Audio:
    """Add the echo of a small room, 6 dB below the voice: noise that falls by 60 dB in 0.4 s (Polack's model, 1988).

    Parameters
    ----------
    audio : Audio
        A clip.

    Returns
    -------
    Audio
        The corrupted clip; longer than the original by half of the reverberation time.
    """
    return _clip(add_room(audio.samples, _ROOM_RT60_S, _ROOM_DIRECT_TO_ECHO_DB, _generator(audio)))


# Name of the corruption, as people read it -> function; the first is the uncorrupted reference.
CORRUPTIONS: dict[str, Callable[[Audio], Audio]] = {
    "none": lambda audio: audio,
    "20 dB quieter": quieter,
    "white noise, 20 dB SNR": white_noise,
    "telephone band": telephone,
    "MP3, 64 kbit/s": mp3,
    "small room": small_room,
}


def _generator(audio: Audio) -> np.random.Generator:
    # Seeded with the clip's samples, so that one clip always gets the same noise.
    return np.random.default_rng(zlib.crc32(audio.samples.tobytes()))


def _clip(samples: npt.NDArray[np.floating]) -> Audio:
    return from_samples(samples.astype(np.float32), SAMPLE_RATE_HZ)
