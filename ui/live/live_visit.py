"""The state of one visitor's stream over the runs of the page: phase, place among all streams, and log."""

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

# A connection that works is made within this time.
CONNECT_WITHIN_S = 8.0

# Sound arrives every 20 ms. After this time without sound, the microphone or the network does not work.
_SOUND_WITHIN_S = 3.0

_VISIT = "live_visit"


class Phase(Enum):
    """Phase of a visitor's stream."""

    READY = "not started"
    CONNECTING = "started, no sound yet"
    NO_CONNECTION = "started, and no sound for too long"
    RUNNING = "sound comes in"
    SILENT = "sound came in, and has stopped"
    LOST = "the connection has ended"
    STOPPED = "stopped, with something to show"


class LiveVisit:
    """The stream of one visitor, and the result of the last one.

    Parameters
    ----------
    seats : Seats
        The limit of concurrent streams, shared by all visitors.
    clock : callable
        Monotonic time in seconds.
    """

    def __init__(self, seats: Seats, clock: Callable[[], float] = time.monotonic) -> None:
        self.session: LiveSession | None = None
        self.is_active = False
        self.failure: RelayError | None = None
        self.stream_id = ""
        self._seats = seats
        self._seat: Seat | None = None
        self._clock = clock
        self._started_s = 0.0
        self._n_received = 0
        self._received_s = 0.0

    def is_full(self) -> bool:
        """Return whether there is no seat for this visitor."""
        return not self.is_active and self._seats.n_taken() >= self._seats.limit

    def start(self, recognizer: Recognizer | None) -> bool:
        """Take a seat and start a stream.

        Parameters
        ----------
        recognizer : Recognizer or None
            None in classroom mode.

        Returns
        -------
        bool
            False if all seats are taken.
        """
        seat = self._seats.take()
        if seat is None:
            return False
        session = LiveSession(recognizer, on_close=lambda: _end(session, seat))
        self.session = session
        self._seat = seat
        self.stream_id = uuid4().hex
        self.is_active = True
        self._started_s = self._clock()
        self._n_received = 0
        return True

    def stop(self) -> None:
        """End the stream, if one runs."""
        self.is_active = False
        if self.session is not None:
            self.session.close()

    def give_up(self, failure: RelayError) -> None:
        """End the stream because no connection could be started.

        Parameters
        ----------
        failure : RelayError
            The reason. It is kept until ``try_again``.
        """
        self.stop()
        self.failure = failure

    def try_again(self) -> None:
        """Delete the failure, so that the visitor can start again."""
        self.failure = None

    def phase(self) -> Phase:
        """Return the current phase. While a stream runs, this call also renews its seat."""
        session, seat = self.session, self._seat
        if self.failure is not None:
            return Phase.NO_CONNECTION
        if session is None or seat is None:
            return Phase.READY
        if not self.is_active:
            return Phase.STOPPED if session.n_received else Phase.READY
        if not session.is_open:
            return Phase.LOST
        seat.renew()
        now_s = self._clock()
        if session.n_received > self._n_received:
            if not self._n_received:
                event_log.log_event("live stream connected", duration_ms=round(1000.0 * (now_s - self._started_s), 1))
            self._n_received, self._received_s = session.n_received, now_s
        if not self._n_received:
            return Phase.CONNECTING if now_s - self._started_s < CONNECT_WITHIN_S else Phase.NO_CONNECTION
        return Phase.RUNNING if now_s - self._received_s < _SOUND_WITHIN_S else Phase.SILENT


def _end(session: LiveSession, seat: Seat) -> None:
    seat.leave()
    state = session.state
    event_log.log_event(
        "live stream ended",
        audio_s=round(state.received_s, 1),
        lost_s=round(state.lost_s, 1),
        dropped_s=round(state.dropped_s, 1),
    )


@st.cache_resource(show_spinner=False)
def seats() -> Seats:
    """Return the seats of all visitors."""
    return Seats(max_streams())


def current() -> LiveVisit:
    """Return the state of this visitor's stream."""
    visit: LiveVisit = st.session_state.setdefault(_VISIT, LiveVisit(seats()))
    return visit
