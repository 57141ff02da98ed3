"""Where the sound of a file begins, and the parts of a file that was joined from several."""

from __future__ import annotations

import re
from itertools import islice

from ser_core.audio import mpeg_frames
from ser_core.audio.chained_ogg import chained_files
from ser_core.audio.containers import FLAC, MP3, OGG, Container, identify, other_format

# Enough for three packets of an MPEG transport stream.
_HEAD_BYTES = 1_024

# The marker and the header of the first metadata block, which has 34 bytes.
_FLAC_START = re.compile(rb"fLaC[\x00\x80]\x00\x00\x22")
_MAX_LEADING_BYTES = 4 * 1024**2

# Later parts are ignored.
_MAX_PARTS = 1_000


def locate(data: bytes) -> tuple[Container, int] | None:
    """Return the container of a file and the place where it begins.

    The place is 0 for a file without damage, with or without an ID3 tag. In MP3 and FLAC files it can be later: after
    zeros or other bytes, or after an ID3 tag whose size is wrong.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    tuple of (Container, int) or None
        None if no known container was found.
    """
    tag_end = end_of_id3(data)
    container = identify(data[tag_end : tag_end + _HEAD_BYTES])
    if container is not None and (container is not MP3 or mpeg_frames.is_frame(data, tag_end)):
        return container, 0
    if other_format(data[:_HEAD_BYTES]):
        return None
    mp3_start = mpeg_frames.first_frame(data)
    flac = _FLAC_START.search(data, 0, _MAX_LEADING_BYTES)
    if flac and (mp3_start is None or flac.start() < mp3_start):
        return FLAC, flac.start()
    return None if mp3_start is None else (MP3, mp3_start)


def parts(data: bytes, container: Container) -> list[tuple[int, int]]:
    """Find the parts of a file that was joined from several files of one format, as ``cat a.ogg b.ogg`` does.

    Parameters
    ----------
    data : bytes
        The file.
    container : Container
        Its container. Only Ogg, FLAC and MP3 files can be joined in this way.

    Returns
    -------
    list of (int, int)
        First byte of each part, and the byte after its last. At least one part.

    Raises
    ------
    UnreadableAudioError
        An Ogg file is built to exhaust its decoder.
    """
    if container is OGG:
        starts = chained_files(data, _MAX_PARTS)
    elif container is FLAC:
        starts = [match.start() for match in islice(_FLAC_START.finditer(data), _MAX_PARTS + 1)]
    elif container is MP3:
        starts = mpeg_frames.joined_files(data, end_of_id3(data))
    else:
        starts = [0]
    # A tag or other bytes before the first part belong to it.
    starts = [0, *starts[1:]]
    return list(zip(starts, [*starts[1:], len(data)], strict=True))[:_MAX_PARTS]


def end_of_id3(data: bytes) -> int:
    """Return the place after the ID3 tag that many programs write before the audio; 0 without a tag."""
    if data[:3] != b"ID3" or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size
