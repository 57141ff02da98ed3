"""Messages that libraries written in C and C++ write past Python to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_STANDARD_ERROR = 2


@contextmanager
def without_native_messages() -> Iterator[None]:
    """Hide what is written to standard error meanwhile: LiteRT names its delegate there, which helps no reader.

    Errors are exceptions of Python, so none is hidden. One thread at a time may be in this block: of two, the second
    could put back what the first has hidden.
    """
    sys.stderr.flush()
    try:
        kept = os.dup(_STANDARD_ERROR)
    except OSError:
        # Standard error is closed.
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STANDARD_ERROR)
    try:
        yield
    finally:
        os.dup2(kept, _STANDARD_ERROR)
        os.close(nowhere)
        os.close(kept)
