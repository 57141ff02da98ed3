"""Decoding with libsndfile: WAV, AIFF, FLAC, Ogg and MP3."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import numpy.typing as npt
import soundfile

from ser_core.audio.decoded import Decoding, undecodable
from ser_core.audio.guarded_bytes import GuardedBytes

OGG_CAPTURE = b"OggS"

# At most one block is lost before a damaged place; smaller blocks take more time and lose no less.
_BLOCK_FRAMES = 4_096

# libogg computes the checksum of up to 64 kB at each capture pattern, to find out whether a page begins there. Millions
# of false patterns would take hours.
_MAX_STRAY_CAPTURES = 1_000

_CODEC_NAMES = {"VORBIS": "OGG Vorbis", "OPUS": "Opus"}
_CONTAINER_NAMES = {"WAVEX": "WAV", "RF64": "WAV", "MPEG": "MP3"}


class _ForwardSoundFile(soundfile.SoundFile):  # type: ignore[misc] # soundfile has no types
    """A sound file that is only read forward.

    If the file is seekable, soundfile seeks to the current position after every read. In an MP3 of variable bit rate
    the next read then continues at another position.
    """

    def seekable(self) -> bool:
        return False


@contextmanager
def open_with_soundfile(data: bytes) -> Iterator[Decoding]:
    """Open a recording with libsndfile.

    Parameters
    ----------
    data : bytes
        The whole file, in a format that libsndfile reads.

    Yields
    ------
    Decoding
        The opened recording.

    Raises
    ------
    UnreadableAudioError
        The file is damaged.
    """
    if data.startswith(OGG_CAPTURE) and _count_stray_captures(data) > _MAX_STRAY_CAPTURES:
        raise undecodable("The file's pages lie in one another")
    guarded = GuardedBytes(data)
    try:
        file = _ForwardSoundFile(guarded)
    except soundfile.SoundFileError as error:
        raise undecodable("The file begins like audio, but its header is damaged or cut off") from error
    guarded.header_is_read()
    with file:
        name: str = _CODEC_NAMES.get(file.subtype) or _CONTAINER_NAMES.get(file.format) or file.format
        is_length_known = file.samplerate > 0 and 0 <= file.frames < 2**48
        yield Decoding(
            format=name,
            sample_rate_hz=file.samplerate,
            channels=file.channels,
            claimed_duration_s=file.frames / file.samplerate if is_length_known else None,
            blocks=_blocks(file),
        )


def _blocks(file: soundfile.SoundFile) -> Iterator[tuple[npt.NDArray[np.float32], int]]:
    has_started = False
    try:
        while len(block := file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)):
            yield block, file.samplerate
            has_started = True
    except soundfile.SoundFileError as error:
        if not has_started:
            raise undecodable("The file's header is sound, but what follows is damaged") from error


def _count_stray_captures(ogg: bytes) -> int:
    """Count capture patterns inside the pages of an Ogg file (RFC 3533), where no page begins."""
    count, start = 0, 0
    while start >= 0:
        lengths = ogg[start + 27 : start + 27 + ogg[start + 26]] if start + 26 < len(ogg) else b""
        end = start + 27 + len(lengths) + sum(lengths)
        count += ogg.count(OGG_CAPTURE, start + 4, end)
        start = ogg.find(OGG_CAPTURE, end)
    return count
