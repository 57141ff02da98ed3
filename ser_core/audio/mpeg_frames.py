"""Frames of MPEG audio: where the sound begins behind a tag or other bytes, and how many files were joined to one.

The header of a frame is four bytes: 11 sync bits, version, layer, bit rate, sample rate and padding (ISO/IEC 11172-3).
Its length follows from them, so the next frame's header can be checked too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

# Bit rates in kbit/s by index: MPEG-1 layers I, II and III, then MPEG-2 and 2.5 layer I, and layers II and III.
_V1_L1 = (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448)
_V1_L2 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384)
_V1_L3 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_V2_L1 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256)
_V2_L23 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES_HZ = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}

# Other bytes can look like a frame header by chance, but not like this many consecutive frames.
_CONFIRMED_FRAMES = 4
# Bytes before the first frame that are searched, and places in them that are checked.
_MAX_LEADING_BYTES = 4 * 1024**2
_MAX_CANDIDATES = 20_000
_CANDIDATE = re.compile(rb"\xff[\xe2-\xff][\x10-\xef]")

# The first frame of most MP3 files has no sound but a table with the length: "Xing" or "VBRI" if the bit rate is
# variable, "Info" if it is constant. The table follows the frame header and the side information, whose length depends
# on version and channels.
_TABLE = re.compile(rb"Xing|Info|VBRI")
_TABLE_OFFSETS = (36, 21, 13)

# Frames whose bit rates are compared. Ten minutes have 23,000 frames at 44.1 kHz.
_MAX_COMPARED_FRAMES = 200_000


@dataclass(frozen=True)
class FrameHeader:
    """The fields of the header of a frame of MPEG audio.

    Parameters
    ----------
    n_bytes : int
        Length of the frame with its header.
    bit_rate_kbps : int
        Bit rate of this frame.
    stream : tuple of int
        Version, layer and sample rate in hertz, which are the same in all frames of one stream.
    """

    n_bytes: int
    bit_rate_kbps: int
    stream: tuple[int, int, int]


def frame_header(data: bytes, start: int) -> FrameHeader | None:
    """Return the frame header at a place in a file, None if there is none.

    Parameters
    ----------
    data : bytes
        The file.
    start : int
        Place of the header's first byte.
    """
    header = data[start : start + 4]
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    bit_rate_index, rate_index, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or layer == 4 or bit_rate_index in {0, 15} or rate_index == 3:
        return None
    if version == 3:
        bit_rate_kbps = (_V1_L1, _V1_L2, _V1_L3)[layer - 1][bit_rate_index]
    else:
        bit_rate_kbps = (_V2_L1 if layer == 1 else _V2_L23)[bit_rate_index]
    rate_hz = _RATES_HZ[version][rate_index]
    if layer == 1:
        n_bytes = 4 * (12_000 * bit_rate_kbps // rate_hz + padding)
    else:
        n_bytes = (72_000 if layer == 3 and version != 3 else 144_000) * bit_rate_kbps // rate_hz + padding
    return FrameHeader(n_bytes, bit_rate_kbps, (version, layer, rate_hz))


def is_frame(data: bytes, start: int) -> bool:
    """Return whether a frame begins at a place in a file, and another, or the end of the file, follows it.

    Parameters
    ----------
    data : bytes
        The file.
    start : int
        Place of the header's first byte.
    """
    header = frame_header(data, start)
    if header is None:
        return False
    end = start + header.n_bytes
    return end >= len(data) or frame_header(data, end) is not None


def first_frame(data: bytes, start: int = 0) -> int | None:
    """Return the place of the first frame that is followed by others of its kind; None if there is none.

    Parameters
    ----------
    data : bytes
        The file.
    start : int
        Where the search begins. It covers 4 MB, and ends sooner if there are very many false headers.
    """
    for candidate in islice(_CANDIDATE.finditer(data, start, start + _MAX_LEADING_BYTES), _MAX_CANDIDATES):
        if len(list(islice(_headers(data, candidate.start()), _CONFIRMED_FRAMES))) == _CONFIRMED_FRAMES:
            return candidate.start()
    return None


def _headers(data: bytes, start: int) -> Iterator[FrameHeader]:
    """Yield the headers of consecutive frames, as long as they belong to one stream."""
    first = header = frame_header(data, start)
    while header is not None and first is not None and header.stream == first.stream:
        yield header
        start += header.n_bytes
        header = frame_header(data, start)


def has_unknown_length(data: bytes, first: int) -> bool:
    """Return whether an MP3 file has a variable bit rate and no table with its length.

    libsndfile then estimates the length from the first frame, and reads no further.

    Parameters
    ----------
    data : bytes
        The file.
    first : int
        Place of its first frame.
    """
    if any(_TABLE.match(data, first + offset) for offset in _TABLE_OFFSETS):
        return False
    headers = islice(_headers(data, first), _MAX_COMPARED_FRAMES)
    return len({header.bit_rate_kbps for header in headers}) > 1


def joined_files(data: bytes, first: int) -> list[int]:
    """Return the places of the first frames of MP3 files that were joined to one file.

    Parameters
    ----------
    data : bytes
        The file.
    first : int
        Place of the first frame of the first file.

    Returns
    -------
    list of int
        Ascending, the first is ``first``. Of the files after the first, only those that begin with a table are found.
    """
    starts = [first]
    for table in islice(_TABLE.finditer(data, first + max(_TABLE_OFFSETS) + 4), _MAX_CANDIDATES):
        places = (table.start() - offset for offset in _TABLE_OFFSETS)
        starts += [place for place in places if frame_header(data, place)][:1]
    return starts
