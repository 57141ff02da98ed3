"""The log for the host: one JSON line per event, with its duration, and no content of a visitor's clip.

The log cannot hold private data. The names of events and of their fields are constants in the code, and only the fields
in ``FIELDS`` are allowed: there is none for a file name, a transcript, an emotion, a session or a hash of audio. For
errors of other libraries only the type and the place are logged, because the message may quote what a visitor sent.
"""

from __future__ import annotations

import json
import logging
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ser_core.errors import SerError

FIELDS = frozenset(
    {"duration_ms", "audio_s", "lost_s", "dropped_s", "unsure", "error", "version", "network", "python", "memory_mb"}
)

# Loggers that write JSON lines. Streamlit and other packages keep their own format.
_LOGGERS = ("ui", "ser_core")
_HANDLER = "event_log"
# Frames of the traceback, the innermost ones, that are logged with an error.
_MAX_FRAMES = 4

log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON, without a line break."""
        fields = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            fields |= _error_fields(record.exc_info[1])
        return json.dumps(fields, ensure_ascii=False)


def configure() -> None:
    """Write the app's events to standard error. Each run of the app calls this; only the first call has an effect."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if any(handler.name == _HANDLER for handler in logger.handlers):
            continue
        handler = logging.StreamHandler()
        handler.name = _HANDLER
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)


def log_event(event: str, **fields: Any) -> None:
    """Log an event.

    Parameters
    ----------
    event : str
        The event's name, a constant in the code: ``"prediction"``.
    fields : dict
        Numbers and words about the event. Their names are in ``FIELDS``.

    Raises
    ------
    TypeError
        If a field has another name.
    """
    unknown_fields = set(fields) - FIELDS
    if unknown_fields:
        raise TypeError(f"an event has no fields {sorted(unknown_fields)}, only {sorted(FIELDS)}")
    log.info(event, extra={"fields": fields})


@contextmanager
def timed(event: str, **fields: Any) -> Iterator[dict[str, Any]]:
    """Log an event with its duration when the block ends without an exception.

    Parameters
    ----------
    event, fields
        As in ``log_event``.

    Yields
    ------
    dict
        The fields; the block can add to them.
    """
    started_s = time.perf_counter()
    yield fields
    log_event(event, duration_ms=round(1000.0 * (time.perf_counter() - started_s), 1), **fields)


def _error_fields(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)[-_MAX_FRAMES:]
    fields: dict[str, Any] = {
        "error": type(error).__name__,
        "where": [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if isinstance(error, SerError):
        # Written by this project, without anything that a visitor sent.
        fields["problem"] = error.problem
    if error.__cause__ is not None:
        fields["cause"] = type(error.__cause__).__name__
    return fields
