"""A clock that tests set by hand."""

from __future__ import annotations


class StubClock:
    """Returns ``now_s``, the time in seconds that the test has set."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s
