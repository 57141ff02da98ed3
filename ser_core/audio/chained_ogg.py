"""Pages of an Ogg file (RFC 3533): where one file of a chain ends and the next begins."""

from __future__ import annotations

from ser_core.audio.containers import OGG_CAPTURE
from ser_core.audio.decoded import undecodable

# A page begins with the capture pattern "OggS". At each pattern, libogg computes the checksum of up to 64 kB to check
# that a page begins there. A file with millions of false patterns would take hours.
_MAX_STRAY_CAPTURES = 1_000

# Bytes of a page's header before its table of segment lengths, and the flag of the first page of a stream.
_HEADER_BYTES = 27
_FIRST_PAGE = 0x02


def chained_files(ogg: bytes, max_files: int) -> list[int]:
    """Return the places where the files of a chain begin.

    The files of a chain were joined to one file, each with one or more streams. A new file begins at the first page of
    a stream. If the page before is also the first page of a stream, both streams belong to the same file.

    Parameters
    ----------
    ogg : bytes
        An Ogg file, or several that were joined to one.
    max_files : int
        The search ends where one more file begins.

    Returns
    -------
    list of int
        Ascending, the first is 0.

    Raises
    ------
    UnreadableAudioError
        More than 1,000 capture patterns are inside pages, where no page begins.
    """
    starts: list[int] = []
    n_stray, start = 0, 0
    was_first_page = False
    while start >= 0 and len(starts) <= max_files:
        header = ogg[start : start + _HEADER_BYTES]
        if len(header) < _HEADER_BYTES:
            break
        lengths = ogg[start + _HEADER_BYTES : start + _HEADER_BYTES + header[26]]
        end = start + _HEADER_BYTES + len(lengths) + sum(lengths)
        n_stray += ogg.count(OGG_CAPTURE, start + len(OGG_CAPTURE), end)
        if n_stray > _MAX_STRAY_CAPTURES:
            raise undecodable("The file holds too many false page headers")
        is_first_page = bool(header[5] & _FIRST_PAGE)
        if is_first_page and not was_first_page:
            starts.append(start)
        was_first_page = is_first_page
        start = ogg.find(OGG_CAPTURE, end)
    return [0, *starts[1:]]
