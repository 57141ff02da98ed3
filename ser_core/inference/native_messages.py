"""Messages that libraries written in C and C++ write past Python to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_STANDARD_ERROR = 2


@contextmanager
def without_native_messages() -> Iterator[None]:
    """Hide what libraries write to standard error inside the block; what Python writes there is still shown.

    LiteRT names its delegate, and the decoder of MP3 reports damage that the row of the recording reports too. Errors
    are exceptions of Python, so none is hidden. One thread at a time may be in this block: of two, the second could put
    back what the first has hidden.
    """
    own = sys.stderr
    try:
        own.flush()
        kept = os.dup(_STANDARD_ERROR)
    except (OSError, AttributeError):
        # Standard error is closed.
        yield
        return
    with open(kept, "w", encoding="utf-8", errors="backslashreplace", buffering=1) as shown:
        if _is_standard_error(own):
            sys.stderr = shown
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STANDARD_ERROR)
        os.close(nowhere)
        try:
            yield
        finally:
            sys.stderr = own
            os.dup2(kept, _STANDARD_ERROR)


def _is_standard_error(stream: object) -> bool:
    try:
        return bool(stream.fileno() == _STANDARD_ERROR)  # type: ignore[attr-defined]
    except (OSError, ValueError):
        # It is a stream in memory.
        return False
