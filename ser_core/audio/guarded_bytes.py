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

# Processor time in seconds for the header, and for the way from one block of samples to the next. Healthy files take
# milliseconds.
_MAX_IDLE_S = 1.0


class GuardedBytes(io.BytesIO):
    """Bytes of a file for a decoder, with limits on the work that the file can cause.

    Three limits make the file appear to end early:

    - the number of single-byte reads, because a decoder that has lost its position may search the file byte by byte
      and report an error for each;
    - the number of bytes of the header, because the decoder may keep each of its entries in memory;
    - the processor time for the header and between two blocks of samples, because a file can have millions of entries
      without any sound.

    A seek to a position before the beginning goes to the beginning. ``BytesIO`` would raise an exception, inside a
    callback from C, where it cannot be caught.

    Parameters
    ----------
    data : bytes
        The whole file.
    max_header_bytes : float
        Limit on the bytes that are read before ``has_progressed`` is called.
    """

    def __init__(self, data: bytes, max_header_bytes: float = math.inf) -> None:
        super().__init__(data)
        self._single_bytes_left = _MAX_SINGLE_BYTE_READS
        self._header_bytes_left = max_header_bytes
        self._idle_until_s = time.thread_time() + _MAX_IDLE_S

    def has_progressed(self) -> None:
        """Restart the limit on time: the header was read, or a block of samples was decoded."""
        self._header_bytes_left = math.inf
        self._idle_until_s = time.thread_time() + _MAX_IDLE_S

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
        return min(self._single_bytes_left, self._header_bytes_left) < 0 or time.thread_time() > self._idle_until_s
