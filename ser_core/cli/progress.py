"""Progress of a long command, on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import time

_DRAW_EVERY_S = 0.2


class Progress:
    """Shows how much of a batch is done, and how long the rest will take.

    Parameters
    ----------
    n_entries : int
        Number of entries.
    """

    def __init__(self, n_entries: int) -> None:
        self._n_entries = n_entries
        self._is_shown = n_entries > 1 and sys.stderr.isatty()
        self._started_s = self._drawn_s = time.monotonic()
        self._n_steps = 0
        self._width = 0

    def step(self, n_done: int, steps_left: int) -> None:
        """Count a step.

        Parameters
        ----------
        n_done : int
            Number of entries that have their row.
        steps_left : int
            How many steps are left.
        """
        self._n_steps += 1
        now_s = time.monotonic()
        if not self._is_shown or now_s - self._drawn_s < _DRAW_EVERY_S:
            return
        self._drawn_s = now_s
        left_s = round(steps_left * (now_s - self._started_s) / self._n_steps)
        text = f"{n_done} of {self._n_entries}, about {left_s // 60}:{left_s % 60:02} left"
        self._write(text)

    def clear(self) -> None:
        """Remove the line, so that other text can be written."""
        if self._width:
            self._write("")

    def _write(self, text: str) -> None:
        print(f"\r{text.ljust(self._width)}\r{text}", end="", file=sys.stderr, flush=True)
        self._width = len(text)
