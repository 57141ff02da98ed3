"""Loading of recordings: a path, bytes or a file object becomes 16 kHz mono float32, within limits.

All later modules work on this one kind of array, so the file format does not change what the recogniser receives.
:mod:`ser_core.audio.sources` reads the bytes, :mod:`ser_core.audio.decoding` decodes them, and
:mod:`ser_core.audio.mixdown` averages the channels and resamples.
"""

from __future__ import annotations

import hashlib
import io
import math
import os
import wave
from dataclasses import dataclass, replace
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from ser_core.audio.decoding import open_decoding
from ser_core.audio.level import SILENT_DB, loud_level_db
from ser_core.audio.limits import DEFAULT_LIMITS, AudioLimits
from ser_core.audio.mixdown import SAMPLE_RATE_HZ, Mixdown
from ser_core.audio.scaling import to_float32
from ser_core.audio.sources import read_bytes
from ser_core.errors import AudioError, AudioTypeError, EmptyAudioError, UnreadableAudioError

__all__ = [
    "SAMPLE_RATE_HZ",
    "Audio",
    "AudioSource",
    "from_samples",
    "load_audio",
    "require_audio",
    "to_wav_bytes",
]

# More channels than libsndfile reads: in an array this means that its axes are swapped.
_MAX_CHANNELS = 1_024


@dataclass(frozen=True)
class AudioSource:
    """Properties of a recording before it was converted to 16 kHz mono.

    Parameters
    ----------
    format : str
        ``"WAV"``, ``"FLAC"``, ``"OGG Vorbis"``, ``"Opus"``, ``"MP3"``, ``"AIFF"``, ``"M4A/MP4"``, ``"AAC"``,
        ``"WebM"``, ``"Matroska"``, or ``"samples"`` for an array.
    sample_rate_hz, channels : int
        Sample rate in hertz and number of channels, as found in the file.
    duration_s : float
        Duration before any cut, in seconds: counted if the whole recording was decoded, otherwise the header's value.
    track : int
        Number of the sound track that was used, counted from 1: the first that can be decoded and is not silent.
    channel : int or None
        Number of the only channel that was used, counted from 1, because the channels cancel each other; None if all
        channels were averaged.
    track_is_chosen : bool
        Whether the caller has named the sound track.
    """

    format: str
    sample_rate_hz: int
    channels: int
    duration_s: float
    track: int = 1
    channel: int | None = None
    track_is_chosen: bool = False


@dataclass(frozen=True, eq=False)
class Audio:
    """A recording in the form that features are computed from.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        float32, mono, 16 kHz, finite, at least one sample. Full scale is 1.0; float recordings may exceed it.
    source : AudioSource
        Properties of the original recording.
    was_cut : bool
        True if the recording continues after ``samples``.
    sha256 : str
        SHA-256 of the recording's bytes, in hexadecimal; of ``samples`` if there was no file.
    """

    samples: npt.NDArray[np.float32]
    source: AudioSource
    was_cut: bool
    sha256: str

    @property
    def duration_s(self) -> float:
        """Duration of ``samples`` in seconds."""
        return len(self.samples) / SAMPLE_RATE_HZ


def load_audio(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    *,
    limits: AudioLimits = DEFAULT_LIMITS,
    channel: int | None = None,
    track: int | None = None,
) -> Audio:
    """Read a recording in any format that :mod:`ser_core.audio.decoding` supports.

    Parameters
    ----------
    source : str, os.PathLike, bytes or binary file object
        A path, the file's content, or an open file. A seekable file object is read from its start, and its position
        is restored afterwards; another file object is read from its current position.
    limits : AudioLimits
        Largest size and duration.
    channel : int, optional
        Number of the only channel to use, counted from 1; by default, the channels are averaged.
    track : int, optional
        Number of the only sound track to use, counted from 1; by default, the first with sound.

    Returns
    -------
    Audio
        Channels are averaged, unless they cancel each other. Of a damaged recording, the part before the damage is
        returned. Of several sound tracks, the first with sound is used.

    Raises
    ------
    AudioTooLargeError
        The file has more than ``limits.max_bytes`` bytes.
    EmptyAudioError
        The file has no bytes, no sound track (or not the one with this number) or no samples.
    UnreadableAudioError
        There is no such file; or the file is not audio or is damaged; or its sample rate is outside 4-192 kHz, or its
        samples are not finite numbers.
    """
    data = read_bytes(source, limits.max_bytes)
    if track is not None:
        return _load_chosen_track(data, limits, track, channel)
    used = _load_track(data, limits, channel=channel)
    audio = used.audio
    # All tracks together may not cost more work than one.
    while used.number < used.n_tracks and _is_silent(used.audio):
        try:
            used = _load_track(data, limits, first_track=used.number + 1, values_used=used.values_used, channel=channel)
        except AudioError:
            break
        if not _is_silent(used.audio):
            audio = used.audio
    return audio


def _load_chosen_track(data: bytes, limits: AudioLimits, track: int, channel: int | None) -> Audio:
    with open_decoding(data) as decoding:
        first, n_tracks = decoding.track, decoding.n_tracks
    if first <= track <= n_tracks:
        chosen = _load_track(data, limits, first_track=track, channel=channel)
        if chosen.number == track:
            return replace(chosen.audio, source=replace(chosen.audio.source, track_is_chosen=True))
    raise EmptyAudioError(
        f"The file has no sound track {track} that can be read; it has {n_tracks}",
        expected="the number of one of its sound tracks, counted from 1",
        advice="Choose another number, or none for the first track with sound",
    )


@dataclass(frozen=True, eq=False)
class _Track:
    """One sound track of a file.

    Parameters
    ----------
    audio : Audio
        The track's recording.
    number, n_tracks : int
        Number of the track, counted from 1, and number of tracks in the file.
    values_used : float
        Numbers that were decoded from the file so far.
    """

    audio: Audio
    number: int
    n_tracks: int
    values_used: float


def count_channels(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    *,
    limits: AudioLimits = DEFAULT_LIMITS,
    track: int | None = None,
) -> int:
    """Return how many channels a recording has, without decoding all of it.

    Parameters
    ----------
    source, limits, track
        As for ``load_audio``.

    Raises
    ------
    AudioError
        As ``load_audio`` does.
    """
    with open_decoding(read_bytes(source, limits.max_bytes), track or 1) as decoding:
        return decoding.channels


def _load_track(
    data: bytes, limits: AudioLimits, first_track: int = 1, values_used: float = 0.0, channel: int | None = None
) -> _Track:
    with open_decoding(data, first_track) as decoding:
        mixdown = Mixdown(limits.max_duration_s, values_used, channel)
        samples = mixdown.collect(decoding.blocks)
        duration_s = mixdown.used_s
        if mixdown.was_cut:
            duration_s = max(duration_s, decoding.claimed_duration_s or 0.0)
        audio_source = AudioSource(
            decoding.format,
            decoding.sample_rate_hz,
            decoding.channels,
            duration_s,
            decoding.track,
            mixdown.channel,
        )
    audio = Audio(samples, audio_source, mixdown.was_cut, hashlib.sha256(data).hexdigest())
    return _Track(audio, decoding.track, decoding.n_tracks, mixdown.values_used)


def _is_silent(audio: Audio) -> bool:
    return loud_level_db(audio.samples) < SILENT_DB


def from_samples(samples: np.ndarray, sample_rate_hz: float) -> Audio:
    """Convert an array to an :class:`Audio`.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,) or (n, channels)]
        Floats with full scale at 1.0, or integers, which are divided by the largest value of their type.
    sample_rate_hz : float
        Sample rate, 4,000 to 192,000 Hz.

    Returns
    -------
    Audio
        Channels are averaged, unless they cancel each other. Nothing is cut.

    Raises
    ------
    EmptyAudioError
        The array has no samples.
    UnreadableAudioError
        The shape, type or sample rate is not accepted, or the samples are not finite numbers.
    """
    samples = np.asarray(samples)
    if samples.ndim == 1:
        samples = samples[:, np.newaxis]
    if samples.ndim != 2 or not 0 < samples.shape[1] <= _MAX_CHANNELS:
        raise UnreadableAudioError(
            f"The samples have the shape {samples.shape}",
            expected="one axis of samples, or samples by channels",
            advice="Transpose the array if its channels come first",
        )
    mixdown = Mixdown(math.inf)
    mono = mixdown.collect([(to_float32(samples), sample_rate_hz)])
    audio_source = AudioSource(
        "samples", int(sample_rate_hz), samples.shape[1], mixdown.used_s, channel=mixdown.channel
    )
    return Audio(mono, audio_source, was_cut=False, sha256=hashlib.sha256(mono.tobytes()).hexdigest())


def require_audio(argument: object) -> None:
    """Refuse an argument that is not an :class:`Audio`, for example an array of samples.

    Parameters
    ----------
    argument : object
        What a caller passed as a clip.

    Raises
    ------
    AudioTypeError
        The argument is not an ``Audio``.
    """
    if not isinstance(argument, Audio):
        raise AudioTypeError(
            f"The clip is of the type {type(argument).__name__}",
            expected="an Audio, which holds samples together with their sample rate",
            advice="Pass load_audio(path) for a file, or from_samples(samples, sample_rate_hz) for an array",
        )


def to_wav_bytes(samples: np.ndarray, sample_rate_hz: int = SAMPLE_RATE_HZ) -> bytes:
    """Return samples as a WAV file that every browser plays.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono, finite; values beyond full scale, 1.0, are clipped.
    sample_rate_hz : int
        Sample rate in hertz.

    Returns
    -------
    bytes
        16-bit PCM with a 44-byte header.
    """
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sample_rate_hz)
        file.setnframes(len(samples))
        # Piece by piece: converted at once, a ten-minute clip would need three arrays of 64-bit numbers, 230 MB.
        for start in range(0, len(samples), SAMPLE_RATE_HZ):
            piece = np.asarray(samples[start : start + SAMPLE_RATE_HZ], dtype=np.float64)
            scaled = np.clip(np.round(piece * 2**15), -(2**15), 2**15 - 1)
            file.writeframesraw(scaled.astype("<i2").tobytes())
    return buffer.getvalue()
