"""Files in: their bytes, which kind of audio those are, and float samples out of them, block by block.

The kind is read from the first bytes, never from a name, and only that kind's reader is ever given the bytes:
left to guess for itself, FFmpeg would also follow playlists, which name other files and addresses.
Blocks are small, so whoever takes them can stop at any length without having decoded the rest.
"""

from __future__ import annotations

import io
import math
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import soundfile

from ser_core.errors import AudioTooLargeError, EmptyAudioError, UnreadableAudioError

if TYPE_CHECKING:
    from av.audio import AudioStream
    from av.container import InputContainer

_READABLE_KINDS = "WAV, FLAC, OGG Vorbis, Opus, MP3, AIFF, M4A, MP4, AAC or WebM"

# What is lost before a damaged place is one block at the most; smaller ones only cost time.
_BLOCK_FRAMES = 4_096

# Real codecs stay below 2**16 samples a frame; a forged ALAC header can ask for 2**24, in every channel.
_MAX_FRAME_SAMPLES = 2**18

# Healthy files are read in larger pieces; behind a damaged place in an MP3 up to 1,024 single bytes are.
_MAX_SINGLE_BYTE_READS = 4_096

# In seconds of the processor's time; a healthy file's header takes thousandths.
_MAX_HEADER_S = 1.0

# Of a Matroska header FFmpeg keeps every entry, an empty one in 30 times the memory that it has in the file: 230 MB.
# Headers in order have a few kilobytes and a cover; behind them FFmpeg reads up to 5 MB more to know its tracks.
_MAX_MATROSKA_HEADER_BYTES = 7_500_000

# Each may be a page of 64 kB, whose checksum libogg computes to find that it is none: millions of them take hours.
_MAX_STRAY_CAPTURES = 1_000
_OGG_CAPTURE = b"OggS"

_SOUNDFILE_CODECS = {"VORBIS": "OGG Vorbis", "OPUS": "Opus"}
_SOUNDFILE_CONTAINERS = {"WAVEX": "WAV", "RF64": "WAV", "MPEG": "MP3"}
# What phones, browsers and recorders write. FFmpeg knows hundreds more, some last looked at long ago; and without a
# list it would decode a video's first picture too, of any size, to find out about it.
_AV_CODECS = {"aac", "ac3", "alac", "amrnb", "amrwb", "eac3", "flac", "libopus", "mp2", "mp2float", "mp3", "mp3float"}
_AV_CODECS |= {
    "opus",
    "vorbis",
    "adpcm_ima_qt",
    "adpcm_ima_wav",
    "adpcm_ms",
    "pcm_alaw",
    "pcm_mulaw",
    "pcm_s8",
    "pcm_u8",
}
_AV_CODECS |= {f"pcm_{kind}{order}" for kind in ("s16", "s24", "s32", "f32", "f64") for order in ("be", "le")}

_MP4_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


@dataclass(frozen=True)
class Decoding:
    """An opened recording: what it says of itself, and its samples.

    Parameters
    ----------
    format : str
        The kind, in words that people know: ``"WAV"``, ``"M4A/MP4"``.
    sample_rate_hz, channels : int
        As the header has them.
    claimed_duration_s : float or None
        The header's length, which may be wrong, or None where it gives none.
    blocks : Iterator of (np.ndarray [shape=(frames, channels)], int)
        Samples as float32 with full scale at 1.0, each with its sample rate in Hz.
    """

    format: str
    sample_rate_hz: int
    channels: int
    claimed_duration_s: float | None
    blocks: Iterator[tuple[np.ndarray, int]]


def read_bytes(source: str | os.PathLike[str] | bytes | BinaryIO, max_bytes: int) -> bytes:
    """Read a whole file, or stop where it turns out to be too large.

    Parameters and errors are those of :func:`ser_core.audio.load_audio`, whose first step this is.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source[: max_bytes + 1])
    elif isinstance(source, str | os.PathLike):
        data = _read_path(source, max_bytes)
    else:
        data = _read_file_object(source, max_bytes)
    if not data:
        raise EmptyAudioError(
            "The file is empty: it has no bytes",
            expected=f"A recording is expected as {_READABLE_KINDS}",
            advice="Record it again, and check that the file was saved completely",
        )
    if len(data) > max_bytes:
        raise AudioTooLargeError(
            f"The file is larger than {max_bytes / 1024**2:,.4g} MB",
            expected=f"At most {max_bytes / 1024**2:,.4g} MB are read",
            advice="Cut out the part that matters, or export it as MP3, M4A or Opus",
        )
    return data


@contextmanager
def open_decoding(data: bytes) -> Iterator[Decoding]:
    """Open a recording by its content.

    Parameters
    ----------
    data : bytes
        The whole file.

    Yields
    ------
    Decoding
        Its blocks are decoded as they are taken, and end early where the file is damaged.

    Raises
    ------
    UnreadableAudioError
        The bytes are not audio of a known kind, or nothing of it can be decoded. Taking the first block can
        raise it too.
    EmptyAudioError
        A video without a sound track.
    """
    kind = _sniff(data)
    if kind is None:
        raise UnreadableAudioError(
            "The file does not begin like any audio that can be read here",
            expected=f"A recording is expected as {_READABLE_KINDS}",
            advice="Check that it is a recording, or export it again as WAV",
        )
    with _open_with_av(data, *kind) if kind else _open_with_soundfile(data) as decoding:
        yield decoding


def to_float32(samples: np.ndarray) -> np.ndarray:
    """Scale samples of any numeric type to float32 with full scale at 1.0.

    Parameters
    ----------
    samples : np.ndarray [shape=(...)]
        Floats, taken as they are, or integers, divided by the largest that their type holds; unsigned ones
        have their zero in the middle, as in 8-bit WAV.

    Returns
    -------
    np.ndarray [shape=(...)]
        float32. What is too large for float32 becomes infinite.

    Raises
    ------
    UnreadableAudioError
        The samples are neither integers nor real floats.
    """
    if samples.dtype == np.float32:
        return samples
    if samples.dtype.kind == "f":
        with np.errstate(over="ignore"):
            return samples.astype(np.float32)
    if samples.dtype.kind not in "iu":
        raise UnreadableAudioError(
            f"The samples are of type {samples.dtype}",
            expected="Audio samples are integers or real floating-point numbers",
            advice="Convert them to float32 between -1 and 1",
        )
    full_scale = 2.0 ** (8 * samples.dtype.itemsize - 1)
    zero = full_scale if samples.dtype.kind == "u" else 0.0
    return ((samples.astype(np.float64) - zero) / full_scale).astype(np.float32)


def _read_path(path: str | os.PathLike[str], max_bytes: int) -> bytes:
    # A folder is not a file, nor is a pipe, which could be waited on for ever.
    if not os.path.isfile(path):
        raise _unreadable_file("There is no file at that path")
    try:
        with open(path, "rb") as file:
            return file.read(max_bytes + 1)
    except OSError as error:
        # Not chained: the system's message has the path in it.
        raise _unreadable_file(f"The file cannot be read: {error.strerror or 'unknown cause'}") from None


def _read_file_object(file: BinaryIO, max_bytes: int) -> bytes:
    try:
        position = file.tell() if file.seekable() else None
        if position is None:
            return _read_all(file, max_bytes)
        file.seek(0)
        data = _read_all(file, max_bytes)
        file.seek(position)
    except (OSError, ValueError, AttributeError, TypeError):
        # What closed files, text files and things that are no files at all raise, in this order.
        raise _unreadable_file("The file object cannot be read") from None
    return data


def _read_all(file: BinaryIO, max_bytes: int) -> bytes:
    pieces, n_bytes = [], 0
    # One read may return less than asked for where the bytes come from a network.
    while n_bytes <= max_bytes and (piece := file.read(max_bytes + 1 - n_bytes)):
        pieces.append(piece)
        n_bytes += len(piece)
    return b"".join(pieces)


def _unreadable_file(found: str) -> UnreadableAudioError:
    return UnreadableAudioError(
        found,
        expected="A recording's path is expected, its bytes, or a file opened for reading bytes",
        advice="Check that the path is right and that the file may be read",
    )


def _sniff(data: bytes) -> tuple[str, str] | tuple[()] | None:
    """Return FFmpeg's container and our name for it, () where libsndfile reads it, None if unknown."""
    start = _end_of_id3(data)
    head = data[start : start + 64]
    if head[:4] in {b"RIFF", b"RIFX", b"RF64"} and head[8:12] == b"WAVE":
        return ()
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return ()
    if head[:4] in {b"fLaC", _OGG_CAPTURE}:
        return ()
    if head[4:8] in _MP4_BOXES:
        return ("mov", "M4A/MP4")
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return ("matroska", "WebM" if b"webm" in head else "Matroska")
    # Twelve bits of sync, then the layer: none in AAC's ADTS, 1 to 3 in MPEG audio.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return ("aac", "AAC")
    if start or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        return ()
    return None


def _end_of_id3(data: bytes) -> int:
    """Return where the audio begins behind the tag that many programs put before it: 0 without one."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _undecodable(found: str) -> UnreadableAudioError:
    return UnreadableAudioError(
        found,
        expected=f"A whole, unprotected recording is expected as {_READABLE_KINDS}",
        advice="Try the original again, or export it again as WAV",
    )


class _GuardedBytes(io.BytesIO):
    """Bytes as decoders are given them: in which no file can send a decoder astray, or round in circles.

    Before the beginning ``BytesIO`` raises, inside a callback from C, where no one can catch it. A decoder that has
    lost its way may look for it byte by byte, with a complaint for each. And a header can be as long as the file,
    millions of entries that say nothing, or that a decoder keeps. The last three find that the file ends early.
    """

    def __init__(self, data: bytes, max_header_bytes: float = math.inf) -> None:
        super().__init__(data)
        self._single_bytes_left = _MAX_SINGLE_BYTE_READS
        self._header_bytes_left = max_header_bytes
        self._header_until_s = time.thread_time() + _MAX_HEADER_S

    def header_is_read(self) -> None:
        """Tell that what is read from now on is sound."""
        self._header_until_s = self._header_bytes_left = math.inf

    def readinto(self, buffer: bytearray) -> int:
        """Read for libsndfile."""
        if len(buffer) == 1:
            self._single_bytes_left -= 1
        return 0 if self._is_at_end() else super().readinto(buffer)

    def read(self, size: int | None = -1) -> bytes:
        """Read for FFmpeg."""
        read = b"" if self._is_at_end() else super().read(size)
        self._header_bytes_left -= len(read)
        return read

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Seek, to the beginning at the furthest."""
        return super().seek(max(offset, 0) if whence == io.SEEK_SET else offset, whence)

    def _is_at_end(self) -> bool:
        return min(self._single_bytes_left, self._header_bytes_left) < 0 or time.thread_time() > self._header_until_s


class _ForwardSoundFile(soundfile.SoundFile):
    """Sound that is only read forward.

    Where it can, soundfile seeks after every read, to where it already is; in an MP3 of variable bit rate
    it then goes on somewhere else.
    """

    def seekable(self) -> bool:
        return False


def _count_stray_captures(ogg: bytes) -> int:
    """Count the places within a page of Ogg (RFC 3533) that look as if another page began there."""
    count, start = 0, 0
    while start >= 0:
        lengths = ogg[start + 27 : start + 27 + ogg[start + 26]] if start + 26 < len(ogg) else b""
        end = start + 27 + len(lengths) + sum(lengths)
        count += ogg.count(_OGG_CAPTURE, start + 4, end)
        start = ogg.find(_OGG_CAPTURE, end)
    return count


@contextmanager
def _open_with_soundfile(data: bytes) -> Iterator[Decoding]:
    if data.startswith(_OGG_CAPTURE) and _count_stray_captures(data) > _MAX_STRAY_CAPTURES:
        raise _undecodable("The file's pages lie in one another")
    guarded = _GuardedBytes(data)
    try:
        file = _ForwardSoundFile(guarded)
    except soundfile.SoundFileError as error:
        raise _undecodable("The file begins like audio, but its header is damaged or cut off") from error
    guarded.header_is_read()
    with file:
        name = _SOUNDFILE_CODECS.get(file.subtype) or _SOUNDFILE_CONTAINERS.get(file.format, file.format)
        known = file.samplerate > 0 and 0 <= file.frames < 2**48
        yield Decoding(
            format=name,
            sample_rate_hz=file.samplerate,
            channels=file.channels,
            claimed_duration_s=file.frames / file.samplerate if known else None,
            blocks=_soundfile_blocks(file),
        )


def _soundfile_blocks(file: soundfile.SoundFile) -> Iterator[tuple[np.ndarray, int]]:
    started = False
    try:
        while len(block := file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)):
            yield block, file.samplerate
            started = True
    except soundfile.SoundFileError as error:
        if not started:
            raise _undecodable("The file's header is sound, but what follows is damaged") from error


@contextmanager
def _open_with_av(data: bytes, container_format: str, name: str) -> Iterator[Decoding]:
    # 35 ms and 20 MB that a WAV or an Opus clip never needs.
    import av

    guarded = _GuardedBytes(data, _MAX_MATROSKA_HEADER_BYTES if container_format == "matroska" else math.inf)
    # Not ALAC's decoder: it would take what the header asks for before that can be looked at.
    options = {"codec_whitelist": ",".join(sorted(_AV_CODECS - {"alac"}))}
    try:
        container = av.open(guarded, format=container_format, options=options, metadata_errors="replace")
    except av.error.FFmpegError as error:
        raise _undecodable("The file begins like audio, but its header is damaged or cut off") from error
    guarded.header_is_read()
    with container:
        if not container.streams.audio:
            raise EmptyAudioError(
                "The file has no sound track",
                expected="A recording with at least one sound track is expected",
                advice="Record or export it again with its sound",
            )
        stream = container.streams.audio[0]
        if stream.codec_context is None or stream.codec_context.name not in _AV_CODECS:
            raise _undecodable("The file's sound is packed in a way that cannot be decoded here")
        if stream.codec_context.name == "alac" and _alac_frame_samples(stream) > _MAX_FRAME_SAMPLES:
            raise _undecodable("The file's header asks for more memory than any sound needs")
        stream.codec_context.options = {"max_samples": str(_MAX_FRAME_SAMPLES)}
        if stream.duration and stream.time_base:
            claimed_duration_s = float(stream.duration * stream.time_base)
        else:
            claimed_duration_s = container.duration / av.time_base if container.duration else None
        yield Decoding(
            format=name,
            sample_rate_hz=stream.codec_context.sample_rate,
            channels=stream.codec_context.channels,
            claimed_duration_s=claimed_duration_s,
            blocks=_av_blocks(container, stream, av.error.FFmpegError),
        )


def _alac_frame_samples(stream: AudioStream) -> int:
    """Return how many samples a frame may have, for each of which ALAC's decoder reserves memory before it begins."""
    # Behind the length, the name and the version of the box (Apple's ALACMagicCookieDescription).
    return int.from_bytes((stream.codec_context.extradata or b"")[12:16], "big")


def _av_blocks(
    container: InputContainer, stream: AudioStream, ffmpeg_error: type[Exception]
) -> Iterator[tuple[np.ndarray, int]]:
    started = False
    try:
        for frame in container.decode(stream):
            samples = to_float32(frame.to_ndarray())
            channels = frame.layout.nb_channels
            yield (samples.T if frame.format.is_planar else samples.reshape(-1, channels)), frame.sample_rate
            started = True
    except ffmpeg_error as error:
        if not started:
            raise _undecodable("The file's header is sound, but what follows is damaged") from error
