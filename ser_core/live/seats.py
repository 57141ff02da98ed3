"""How many may stream at once: each stream takes a seat, and a seat that nobody uses falls free."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock


class Seat:
    """A place among the streams that run at once; given back by ``leave``, or by being left alone too long."""

    def __init__(self, seats: Seats) -> None:
        self._seats = seats

    def renew(self) -> None:
        """Tell that the stream still runs."""
        self._seats.renew(self)

    def leave(self) -> None:
        """Give the seat back; once is enough, more does no harm."""
        self._seats.give_back(self)


class Seats:
    """A limit on concurrent streams, for any number of threads.

    Parameters
    ----------
    limit : int
        Streams at once.
    idle_s : float
        A seat not renewed for so long is free again: its visitor's machine was closed or has lost the network.
    clock : callable
        Seconds that never go back.
    """

    def __init__(self, limit: int, *, idle_s: float = 90.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._idle_s = idle_s
        self._clock = clock
        self._renewed_s: dict[Seat, float] = {}
        self._lock = Lock()

    def taken(self) -> int:
        """Return how many seats are taken."""
        with self._lock:
            oldest_s = self._clock() - self._idle_s
            self._renewed_s = {seat: at_s for seat, at_s in self._renewed_s.items() if at_s >= oldest_s}
            return len(self._renewed_s)

    def take(self) -> Seat | None:
        """Return a seat, None where all are taken."""
        if self.taken() >= self.limit:
            return None
        seat = Seat(self)
        with self._lock:
            if len(self._renewed_s) >= self.limit:
                return None
            self._renewed_s[seat] = self._clock()
        return seat

    def renew(self, seat: Seat) -> None:
        """Note that a seat is in use, if it is still its owner's."""
        with self._lock:
            if seat in self._renewed_s:
                self._renewed_s[seat] = self._clock()

    def give_back(self, seat: Seat) -> None:
        """Free a seat."""
        with self._lock:
            self._renewed_s.pop(seat, None)
