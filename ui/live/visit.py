"""A visitor's stream over the runs of the page: when it began, who sits in it, and how it stands."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from uuid import uuid4

import streamlit as st

from ser_core.errors import RelayError
from ser_core.inference.recognizer import Recognizer
from ser_core.live import LiveSession, Seat, Seats
from ui.common import event_log
from ui.live.settings import max_streams

# Within this a connection comes, or it does not come at all.
CONNECT_WITHIN_S = 8.0

# Sound arrives every 20 ms; without it for so long, the microphone or the network is gone.
_SOUND_WITHIN_S = 3.0

_VISIT = "live_visit"


class Phase(Enum):
    """How a visitor's stream stands."""

    READY = "not started"
    CONNECTING = "started, no sound yet"
    NO_CONNECTION = "started, and no sound for too long"
    RUNNING = "sound comes in"
    SILENT = "sound came in, and has stopped"
    LOST = "the connection is gone"
    STOPPED = "stopped, with something to show"


class Visit:
    """The stream of one visitor, and what is left of the last one.

    Parameters
    ----------
    seats : Seats
        Shared by all visitors.
    clock : callable
        Seconds that never go back.
    """

    def __init__(self, seats: Seats, clock: Callable[[], float] = time.monotonic) -> None:
        self.session: LiveSession | None = None
        self.is_active = False
        self.failure: RelayError | None = None
        self.run = ""
        self._seats = seats
        self._seat: Seat | None = None
        self._clock = clock
        self._began_s = 0.0
        self._received = 0
        self._received_s = 0.0

    def is_full(self) -> bool:
        """Tell whether there is no seat for this visitor."""
        return not self.is_active and self._seats.taken() >= self._seats.limit

    def start(self, recognizer: Recognizer | None) -> bool:
        """Take a seat and begin a stream; False where all seats are taken."""
        seat = self._seats.take()
        if seat is None:
            return False
        session = LiveSession(recognizer, on_close=lambda: _end(session, seat))
        self.session = session
        self._seat = seat
        self.run = uuid4().hex
        self.is_active = True
        self._began_s = self._clock()
        self._received = 0
        return True

    def stop(self) -> None:
        """End the stream, if there is one."""
        self.is_active = False
        if self.session is not None:
            self.session.close()

    def give_up(self, failure: RelayError) -> None:
        """End the stream because no connection could even be begun; the visitor may try again."""
        self.stop()
        self.failure = failure

    def try_again(self) -> None:
        """Forget that it failed."""
        self.failure = None

    def phase(self) -> Phase:
        """Return how the stream stands now; while it runs, this is what keeps its seat."""
        session = self.session
        if self.failure is not None:
            return Phase.NO_CONNECTION
        if not self.is_active:
            return Phase.STOPPED if session is not None and session.received else Phase.READY
        if not session.is_open:
            return Phase.LOST
        self._seat.renew()
        now_s = self._clock()
        if session.received > self._received:
            if not self._received:
                event_log.tell("live stream connected", duration_ms=round(1000.0 * (now_s - self._began_s), 1))
            self._received, self._received_s = session.received, now_s
        if not self._received:
            return Phase.CONNECTING if now_s - self._began_s < CONNECT_WITHIN_S else Phase.NO_CONNECTION
        return Phase.RUNNING if now_s - self._received_s < _SOUND_WITHIN_S else Phase.SILENT


def _end(session: LiveSession, seat: Seat) -> None:
    seat.leave()
    state = session.state
    event_log.tell(
        "live stream ended",
        audio_s=round(state.heard_s, 1),
        lost_s=round(state.lost_s, 1),
        dropped_s=round(state.dropped_s, 1),
    )


@st.cache_resource(show_spinner=False)
def seats() -> Seats:
    """Return the seats of all visitors."""
    return Seats(max_streams())


def current() -> Visit:
    """Return this visitor's."""
    return st.session_state.setdefault(_VISIT, Visit(seats()))
