"""A limit on the number of streams at the same time: each stream takes a seat."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class Seat:
    """The right to run one stream. It ends with ``leave``, or when it was not renewed for too long."""

    def __init__(self, seats: Seats) -> None:
        self._seats = seats

    def renew(self) -> None:
        """Report that the stream is still running."""
        self._seats.renew(self)

    def leave(self) -> None:
        """Release the seat; a second call does nothing."""
        self._seats.release(self)


class Seats:
    """Limits the number of streams at the same time; safe to share between threads.

    Parameters
    ----------
    limit : int
        Largest number of streams at the same time.
    idle_s : float
        A seat that was not renewed for so many seconds is released: the visitor's computer was closed or lost the
        network.
    clock : callable
        Returns seconds that never decrease.
    """

    def __init__(self, limit: int, *, idle_s: float = 90.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._idle_s = idle_s
        self._clock = clock
        self._renewed_at_s: dict[Seat, float] = {}
        self._lock = Lock()

    def n_taken(self) -> int:
        """Release seats that were not renewed for ``idle_s`` seconds; return how many are taken."""
        with self._lock:
            oldest_s = self._clock() - self._idle_s
            self._renewed_at_s = {seat: at_s for seat, at_s in self._renewed_at_s.items() if at_s >= oldest_s}
            return len(self._renewed_at_s)

    def take(self) -> Seat | None:
        """Return a new seat, or None if all are taken."""
        if self.n_taken() >= self.limit:
            return None
        seat = Seat(self)
        with self._lock:
            # Checked again with the lock: another thread may have taken the last seat since the check above.
            if len(self._renewed_at_s) >= self.limit:
                return None
            self._renewed_at_s[seat] = self._clock()
        return seat

    def renew(self, seat: Seat) -> None:
        """Report that a seat is in use; a released seat stays released."""
        with self._lock:
            if seat in self._renewed_at_s:
                self._renewed_at_s[seat] = self._clock()

    def release(self, seat: Seat) -> None:
        """Make a seat free for another stream; a released seat stays released."""
        with self._lock:
            self._renewed_at_s.pop(seat, None)
