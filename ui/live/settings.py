"""Settings of the Live page, made by the host of the app."""

from __future__ import annotations

from ui.common.settings import setting

_DEFAULT_MAX_STREAMS = 10


def max_streams() -> int:
    """Return how many visitors may stream at once: ``SER_LIVE_MAX_STREAMS``, or 10 if that is not a number."""
    text = setting("SER_LIVE_MAX_STREAMS")
    return int(text) if text.isdecimal() else _DEFAULT_MAX_STREAMS
