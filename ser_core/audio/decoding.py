"""Opening a recording: its format is recognised from its first bytes, and its samples are decoded block by block.

The format is never taken from the file's name, and only the decoder of that format receives the bytes: if FFmpeg
detected the format itself, it would also follow playlists, which refer to other files and addresses. Blocks are short,
so the caller can stop at any duration without the rest being decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ser_core.audio.decoded import Decoding
from ser_core.audio.sources import READABLE_KINDS
from ser_core.audio.with_av import open_with_av
from ser_core.audio.with_soundfile import OGG_CAPTURE, open_with_soundfile
from ser_core.errors import UnreadableAudioError

_MP4_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}


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
        Its blocks are decoded while they are read, and end early where the file is damaged.

    Raises
    ------
    UnreadableAudioError
        The bytes are not audio in a known format, or nothing can be decoded. Reading the first block can raise it too.
    EmptyAudioError
        A video has no sound track.
    """
    kind = _sniff(data)
    if kind is None:
        raise UnreadableAudioError(
            "The file does not begin like any audio that can be read here",
            expected=f"A recording is expected as {READABLE_KINDS}",
            advice="Check that it is a recording, or export it again as WAV",
        )
    with open_with_av(data, *kind) if kind else open_with_soundfile(data) as decoding:
        yield decoding


def _sniff(data: bytes) -> tuple[str, str] | tuple[()] | None:
    """Return FFmpeg's container and its name for users, () for a format of libsndfile, None if unknown."""
    start = _end_of_id3(data)
    head = data[start : start + 64]
    if head[:4] in {b"RIFF", b"RIFX", b"RF64"} and head[8:12] == b"WAVE":
        return ()
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return ()
    if head[:4] in {b"fLaC", OGG_CAPTURE}:
        return ()
    if head[4:8] in _MP4_BOXES:
        return ("mov", "M4A/MP4")
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return ("matroska", "WebM" if b"webm" in head else "Matroska")
    # Twelve sync bits, then the layer: 0 in AAC's ADTS, 1 to 3 in MPEG audio.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return ("aac", "AAC")
    if start or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        return ()
    return None


def _end_of_id3(data: bytes) -> int:
    """Return the position after the ID3 tag that many programs write before the audio; 0 without a tag."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size
