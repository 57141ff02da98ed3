"""Audio in: a path, bytes or a file object becomes 16 kHz mono float32, within limits.

Everything after this module works on one kind of array, so that a recording sounds the same to the
recogniser whatever it came in. How files are read and decoded is :mod:`ser_core.audio.decoding`'s business.
"""

from __future__ import annotations

import hashlib
import io
import math
import os
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import soxr

from ser_core.audio.decoding import open_decoding, read_bytes, to_float32
from ser_core.errors import EmptyAudioError, UnreadableAudioError

SAMPLE_RATE_HZ = 16_000

# Below 4 kHz of rate too little of a voice is left to hear; above 192 kHz no recorder goes.
_MIN_SAMPLE_RATE_HZ = 4_000
_MAX_SAMPLE_RATE_HZ = 192_000

# As many as libsndfile reads: more in an array means that its axes are swapped.
_MAX_CHANNELS = 1_024

# Work is bounded too, since a second of 255 channels costs 255 seconds: on average over the allowed
# duration, no more numbers are decoded than 96 kHz stereo has. Only freak files reach it, and are cut.
_MAX_VALUES_PER_S = 2 * 96_000

# A block costs time however short it is, so it counts as this many numbers at the least; no common codec has less in
# its blocks. And blocks are joined until they have this many samples before anything is done with them.
_LEAST_BLOCK_VALUES = 1_024
_JOINED_FRAMES = 8_192

# The largest 32-bit integer taken for a float: the loudest that a wrongly scaled recording can be. More is
# damage, and could overflow float32 in a power spectrum.
_MAX_MAGNITUDE = 2.0**31


@dataclass(frozen=True)
class AudioLimits:
    """How much is read of one recording.

    Parameters
    ----------
    max_duration_s : float
        Longer recordings are cut to this; nothing beyond it is decoded.
    max_bytes : int
        Larger files are refused.
    """

    max_duration_s: float = 600.0
    max_bytes: int = 50 * 1024**2


DEFAULT_LIMITS = AudioLimits()


@dataclass(frozen=True)
class AudioSource:
    """What a recording was before it became 16 kHz mono.

    Parameters
    ----------
    format : str
        ``"WAV"``, ``"FLAC"``, ``"OGG Vorbis"``, ``"Opus"``, ``"MP3"``, ``"AIFF"``, ``"M4A/MP4"``, ``"AAC"``,
        ``"WebM"``, ``"Matroska"``, or ``"samples"`` for an array.
    sample_rate_hz, channels : int
        As found in the file.
    duration_s : float
        The length before any cut: counted where all of it was decoded, else what the header says.
    """

    format: str
    sample_rate_hz: int
    channels: int
    duration_s: float


@dataclass(frozen=True, eq=False)
class Audio:
    """A recording, ready for the features.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        float32, mono, 16 kHz, finite, at least one. Full scale is 1.0; float recordings may exceed it.
    source : AudioSource
        What it was made from.
    was_cut : bool
        True where the recording goes on after ``samples``.
    sha256 : str
        Of the bytes that were read, in hexadecimal; of ``samples`` where there was no file.
    """

    samples: np.ndarray
    source: AudioSource
    was_cut: bool
    sha256: str

    @property
    def duration_s(self) -> float:
        """Length of ``samples`` in seconds."""
        return len(self.samples) / SAMPLE_RATE_HZ


def load_audio(source: str | os.PathLike[str] | bytes | BinaryIO, *, limits: AudioLimits = DEFAULT_LIMITS) -> Audio:
    """Read a recording of any kind that :mod:`ser_core.audio.decoding` knows.

    Parameters
    ----------
    source : str, os.PathLike, bytes or binary file object
        A path, the file's content, or an open file. A file object that can seek is read from its start
        and left where it was; one that cannot is read from where it is.
    limits : AudioLimits
        How much is read at the most.

    Returns
    -------
    Audio
        Channels are averaged. A damaged recording gives what can be decoded before the damage.

    Raises
    ------
    AudioTooLargeError
        More bytes than ``limits.max_bytes``.
    EmptyAudioError
        No bytes, no sound track or no samples.
    UnreadableAudioError
        No file, not audio, damaged, a sample rate outside 4-192 kHz, or samples that are no finite numbers.
    """
    data = read_bytes(source, limits.max_bytes)
    with open_decoding(data) as decoding:
        collector = _Collector(limits.max_duration_s)
        samples = collector.collect(decoding.blocks)
        duration_s = collector.taken_s
        if collector.was_cut:
            duration_s = max(duration_s, decoding.claimed_duration_s or 0.0)
        found = AudioSource(decoding.format, decoding.sample_rate_hz, decoding.channels, duration_s)
    return Audio(samples, found, collector.was_cut, hashlib.sha256(data).hexdigest())


def from_samples(samples: np.ndarray, sample_rate_hz: float) -> Audio:
    """Make an :class:`Audio` from an array.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,) or (n, channels)]
        Floats with full scale at 1.0, or integers, which are divided by the largest that their type holds.
    sample_rate_hz : number
        4,000 to 192,000.

    Returns
    -------
    Audio
        Channels are averaged. Nothing is cut.

    Raises
    ------
    EmptyAudioError
        No samples.
    UnreadableAudioError
        Another shape or type, a sample rate out of range, or samples that are no finite numbers.
    """
    samples = np.asarray(samples)
    if samples.ndim == 1:
        samples = samples[:, np.newaxis]
    if samples.ndim != 2 or not 0 < samples.shape[1] <= _MAX_CHANNELS:
        raise UnreadableAudioError(
            f"The samples have the shape {samples.shape}",
            expected="One axis of samples is expected, or samples by channels",
            advice="Transpose the array if its channels come first",
        )
    collector = _Collector(math.inf)
    mono = collector.collect([(to_float32(samples), sample_rate_hz)])
    found = AudioSource("samples", int(sample_rate_hz), samples.shape[1], collector.taken_s)
    return Audio(mono, found, was_cut=False, sha256=hashlib.sha256(mono.tobytes()).hexdigest())


def to_wav_bytes(samples: np.ndarray, sample_rate_hz: int = SAMPLE_RATE_HZ) -> bytes:
    """Pack samples as a WAV file that every browser plays.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        Mono, finite; what lies beyond full scale, 1.0, is clipped.
    sample_rate_hz : int
        Its rate.

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
        # Piece by piece: on its way a whole ten-minute clip would be held as 64-bit numbers three times, 230 MB.
        for start in range(0, len(samples), SAMPLE_RATE_HZ):
            piece = np.asarray(samples[start : start + SAMPLE_RATE_HZ], dtype=np.float64)
            scaled = np.clip(np.round(piece * 2**15), -(2**15), 2**15 - 1)
            file.writeframesraw(scaled.astype("<i2").tobytes())
    return buffer.getvalue()


class _Collector:
    """Mixes blocks down and resamples them as they come, up to a limit."""

    def __init__(self, max_duration_s: float) -> None:
        self.was_cut = False
        self._max_duration_s = max_duration_s
        self._values_left = max_duration_s * _MAX_VALUES_PER_S
        # Counted in frames, since a sum of many small times drifts. The first belong to earlier rates.
        self._earlier_s = 0.0
        self._frames = 0
        self._rate_hz: float | None = None
        self._resampler: soxr.ResampleStream | None = None
        # It grows in place, where pieces to be joined would be held twice.
        self._mono = bytearray()

    @property
    def taken_s(self) -> float:
        """Seconds of the recording that have been taken."""
        return self._earlier_s + (self._frames / self._rate_hz if self._rate_hz else 0.0)

    def collect(self, blocks: Iterable[tuple[np.ndarray, float]]) -> np.ndarray:
        """Return all blocks, or as many as the limit allows, as one 16 kHz mono array."""
        for block, rate_hz in self._joined(blocks):
            self._add(block, rate_hz)
            if self.was_cut:
                break
        self._flush()
        samples = np.frombuffer(self._mono, np.float32)
        if not len(samples):
            raise EmptyAudioError(
                "The recording holds no sound: its length is zero",
                expected="At least half a second of speech is expected",
                advice="Record it again, and check that the file was saved completely",
            )
        # Resampling may round one sample up.
        return samples[: round(self._max_duration_s * SAMPLE_RATE_HZ)] if self.was_cut else samples

    def _joined(self, blocks: Iterable[tuple[np.ndarray, float]]) -> Iterator[tuple[np.ndarray, float]]:
        """Yield blocks of some length, each of one rate and one number of channels."""
        waiting: list[np.ndarray] = []
        waiting_rate_hz, n_frames = 0.0, 0
        for block, rate_hz in blocks:
            self._values_left -= max(_LEAST_BLOCK_VALUES - block.size, 0)
            is_alike = waiting and rate_hz == waiting_rate_hz and block.shape[1] == waiting[0].shape[1]
            if waiting and not (is_alike and n_frames < _JOINED_FRAMES):
                yield np.concatenate(waiting), waiting_rate_hz
                waiting, n_frames = [], 0
            waiting.append(block)
            waiting_rate_hz, n_frames = rate_hz, n_frames + len(block)
        if waiting:
            yield np.concatenate(waiting), waiting_rate_hz

    def _add(self, block: np.ndarray, rate_hz: float) -> None:
        # AAC may find the upper half of its spectrum after the first frames only, and then doubles its rate.
        if rate_hz != self._rate_hz:
            self._flush()
            self._start(rate_hz)
        channels = block.shape[1]
        room = min((self._max_duration_s - self.taken_s) * rate_hz, self._values_left / channels) + 0.5
        room = max(room, 0.0)
        if len(block) > room:
            block = block[: int(room)]
            self.was_cut = True
        if not len(block):
            return
        self._frames += len(block)
        self._values_left -= block.size
        _check_magnitude(block)
        mono = block[:, 0] if channels == 1 else block.mean(axis=1)
        self._mono += self._resampler.resample_chunk(mono).data if self._resampler else mono.data

    def _start(self, rate_hz: float) -> None:
        if not _MIN_SAMPLE_RATE_HZ <= rate_hz <= _MAX_SAMPLE_RATE_HZ:
            raise UnreadableAudioError(
                f"The sample rate is {rate_hz:,} Hz",
                expected=f"A rate between {_MIN_SAMPLE_RATE_HZ:,} and {_MAX_SAMPLE_RATE_HZ:,} Hz is expected",
                advice="Export the recording again at 16,000, 44,100 or 48,000 Hz",
            )
        self._earlier_s, self._frames, self._rate_hz = self.taken_s, 0, rate_hz
        if rate_hz != SAMPLE_RATE_HZ:
            self._resampler = soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ")

    def _flush(self) -> None:
        if self._resampler:
            self._mono += self._resampler.resample_chunk(np.empty(0, np.float32), last=True).data
            self._resampler = None


def _check_magnitude(block: np.ndarray) -> None:
    # Written so that NaN fails it.
    if np.abs(block).max() <= _MAX_MAGNITUDE:
        return
    raise UnreadableAudioError(
        "Some samples are not finite numbers, or are absurdly large",
        expected="Audio samples are expected as finite numbers, between -1 and 1 for full scale",
        advice="Export the recording again, as 16-bit WAV for example",
    )
