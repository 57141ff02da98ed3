"""The log that a host reads: one line of JSON an event, with its timing, and nothing of anybody's voice.

Privacy is kept by construction. An event's name and the names of its fields are written in the code, and only the
fields in ``FIELDS`` exist: there is none for a file's name, a transcript, an emotion, a session or a hash of audio. Of
an error that is not ours, the type and the place are told, never its message, which may quote what a visitor sent.
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

# Whose events are written; Streamlit and other packages keep their own ways.
_LOGGERS = ("ui", "ser_core")
_HANDLER = "event_log"
_PLACES = 4

log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            told |= _told_of(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def configure() -> None:
    """Write our events to standard error; called by each run of the app, it does so once."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if any(handler.name == _HANDLER for handler in logger.handlers):
            continue
        handler = logging.StreamHandler()
        handler.name = _HANDLER
        handler.setFormatter(JsonLines())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)


def tell(event: str, **fields: Any) -> None:
    """Log an event.

    Parameters
    ----------
    event : str
        What happened, written in the code: ``"prediction"``.
    fields : dict
        Numbers and words about it, by the names in ``FIELDS``.

    Raises
    ------
    TypeError
        If a field has another name.
    """
    unknown = set(fields) - FIELDS
    if unknown:
        raise TypeError(f"an event has no fields {sorted(unknown)}, only {sorted(FIELDS)}")
    log.info(event, extra={"fields": fields})


@contextmanager
def timed(event: str, **fields: Any) -> Iterator[dict[str, Any]]:
    """Log an event with how long it took; nothing if it failed.

    Parameters
    ----------
    event, fields
        As in ``tell``.

    Yields
    ------
    dict
        The fields, to which the outcome can be added.
    """
    started_s = time.perf_counter()
    yield fields
    tell(event, duration_ms=round(1000.0 * (time.perf_counter() - started_s), 1), **fields)


def _told_of(error: BaseException) -> dict[str, Any]:
    places = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    told: dict[str, Any] = {
        "error": type(error).__name__,
        "where": [f"{Path(place.filename).name}:{place.lineno} {place.name}" for place in places],
    }
    if isinstance(error, SerError):
        told["found"] = error.found
    if error.__cause__ is not None:
        told["cause"] = type(error.__cause__).__name__
    return told
