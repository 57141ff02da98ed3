"""Messages that libraries written in C and C++ write past Python to standard error."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any

_STANDARD_ERROR = 2

_lock = threading.Lock()
_n_inside = 0
_hidden = ExitStack()


@contextmanager
def without_native_messages() -> Iterator[None]:
    """Hide what libraries write to standard error inside the block; what Python writes there is still shown.

    LiteRT names its delegate, and the decoder of MP3 reports damage that the row of the recording reports too. Errors
    are exceptions of Python, so none is hidden. Blocks may be inside each other, and several threads may be in a block:
    messages are hidden until the last one has ended.
    """
    global _n_inside
    with _lock:
        if _n_inside == 0:
            _hidden.enter_context(_redirected())
        _n_inside += 1
    try:
        yield
    finally:
        with _lock:
            _n_inside -= 1
            if _n_inside == 0:
                _hidden.close()


@contextmanager
def _redirected() -> Iterator[None]:
    own = sys.stderr
    try:
        own.flush()
        kept = os.dup(_STANDARD_ERROR)
    except (OSError, AttributeError):
        # Standard error is closed.
        yield
        return
    with open(kept, "w", encoding="utf-8", errors="backslashreplace", buffering=1) as shown:
        handlers = _handlers_on_standard_error()
        for handler in handlers:
            handler.setStream(shown)
        if _is_standard_error(own):
            sys.stderr = shown
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STANDARD_ERROR)
        os.close(nowhere)
        try:
            yield
        finally:
            os.dup2(kept, _STANDARD_ERROR)
            sys.stderr = own
            for handler, stream in handlers.items():
                handler.setStream(stream)


def _handlers_on_standard_error() -> dict[logging.StreamHandler[Any], IO[str]]:
    """Return the handlers of log messages that write to standard error, and the stream of each."""
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    handlers = [handler for logger in loggers for handler in getattr(logger, "handlers", ())]
    return {
        handler: handler.stream
        for handler in handlers
        if isinstance(handler, logging.StreamHandler) and _is_standard_error(handler.stream)
    }


def _is_standard_error(stream: object) -> bool:
    try:
        return bool(stream.fileno() == _STANDARD_ERROR)  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        # It is a stream in memory.
        return False
