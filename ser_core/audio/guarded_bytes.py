"""The file object that decoders read from, with limits against hostile files."""

from __future__ import annotations

import io
import math
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

# Healthy files are read in larger pieces; after a damaged place in an MP3 up to 1,024 single bytes are read.
_MAX_SINGLE_BYTE_READS = 4_096

# Processor time in seconds; the header of a healthy file takes milliseconds.
_MAX_HEADER_S = 1.0


class GuardedBytes(io.BytesIO):
    """Bytes of a file for a decoder, with limits on the work that the file can cause.

    Three limits make the file appear to end early: the number of single-byte reads, because a decoder that has lost
    its position may search the file byte by byte and report an error for each; and the processor time and the number
    of bytes for the header, because a header can be as long as the file, with millions of entries that are empty or
    that the decoder keeps in memory.

    A seek to a position before the beginning goes to the beginning. ``BytesIO`` would raise an exception, inside a
    callback from C, where it cannot be caught.

    Parameters
    ----------
    data : bytes
        The whole file.
    max_header_bytes : float
        Limit on the bytes that are read before ``header_is_read`` is called.
    """

    def __init__(self, data: bytes, max_header_bytes: float = math.inf) -> None:
        super().__init__(data)
        self._single_bytes_left = _MAX_SINGLE_BYTE_READS
        self._header_bytes_left = max_header_bytes
        self._header_until_s = time.thread_time() + _MAX_HEADER_S

    def header_is_read(self) -> None:
        """Lift the limits on the header: everything that is read from now on is sound."""
        self._header_until_s = self._header_bytes_left = math.inf

    def readinto(self, buffer: Buffer, /) -> int:
        """Read into a buffer; this is the method that libsndfile calls."""
        if memoryview(buffer).nbytes == 1:
            self._single_bytes_left -= 1
        return 0 if self._is_at_end() else super().readinto(buffer)

    def read(self, size: int | None = -1, /) -> bytes:
        """Read bytes; this is the method that FFmpeg calls."""
        content = b"" if self._is_at_end() else super().read(size)
        self._header_bytes_left -= len(content)
        return content

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Seek; a position before the beginning is replaced by the beginning."""
        return super().seek(max(offset, 0) if whence == io.SEEK_SET else offset, whence)

    def _is_at_end(self) -> bool:
        return min(self._single_bytes_left, self._header_bytes_left) < 0 or time.thread_time() > self._header_until_s
