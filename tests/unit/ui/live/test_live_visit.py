"""The state of a visitor's stream over time: phases, seats, failure."""

from __future__ import annotations

import logging

import numpy as np
import pytest

from ser_core.errors import RelayError
from ser_core.live import LiveSession, Seats
from tests.unit.ui.live.stub_clock import StubClock
from ui.live.live_visit import CONNECT_WITHIN_S, LiveVisit, Phase

ONE_SECOND = np.full((16_000, 1), 0.1, dtype=np.float32)


@pytest.fixture
def clock() -> StubClock:
    return StubClock()


def start(visit: LiveVisit) -> LiveSession:
    """Start a stream in classroom mode, which needs no network."""
    assert visit.start(None)
    assert visit.session is not None
    return visit.session


def test_a_stream_goes_through_its_phases_from_start_to_stop(clock: StubClock) -> None:
    visit = LiveVisit(Seats(1), clock)
    assert visit.phase() is Phase.READY
    first_session = start(visit)
    assert visit.phase() is Phase.CONNECTING
    first_session.feed(ONE_SECOND, 16_000)
    assert visit.phase() is Phase.RUNNING
    first_session.advance()
    visit.stop()
    assert visit.phase() is Phase.STOPPED
    second_session = start(visit)
    assert visit.phase() is Phase.CONNECTING
    assert second_session is not first_session


def test_the_log_has_one_line_for_the_connection_and_one_for_the_end(
    clock: StubClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="ui")
    visit = LiveVisit(Seats(1), clock)
    session = start(visit)
    clock.now_s = 0.75
    session.feed(ONE_SECOND, 16_000, position=0)
    assert visit.phase() is Phase.RUNNING
    session.feed(ONE_SECOND, 16_000, position=24_000)
    visit.phase()
    session.advance()
    visit.stop()
    visit.stop()
    lines = [(record.message, record.__dict__["fields"]) for record in caplog.records]
    assert lines == [
        ("live stream connected", {"duration_ms": 750.0}),
        ("live stream ended", {"audio_s": 2.5, "lost_s": 0.5, "dropped_s": 0.0}),
    ]


def test_a_missing_connection_is_reported_after_eight_seconds_and_a_late_one_is_used(clock: StubClock) -> None:
    visit = LiveVisit(Seats(1), clock)
    session = start(visit)
    clock.now_s = CONNECT_WITHIN_S - 0.1
    assert visit.phase() is Phase.CONNECTING
    clock.now_s = CONNECT_WITHIN_S
    assert visit.phase() is Phase.NO_CONNECTION
    session.feed(ONE_SECOND, 16_000)
    assert visit.phase() is Phase.RUNNING


def test_a_stream_without_new_sound_is_silent_until_sound_returns(clock: StubClock) -> None:
    visit = LiveVisit(Seats(1), clock)
    session = start(visit)
    session.feed(ONE_SECOND, 16_000)
    assert visit.phase() is Phase.RUNNING
    clock.now_s = 5.0
    assert visit.phase() is Phase.SILENT
    session.feed(ONE_SECOND, 16_000)
    assert visit.phase() is Phase.RUNNING


def test_a_connection_that_ends_without_stop_is_lost_and_frees_its_seat(clock: StubClock) -> None:
    seats = Seats(1)
    visit = LiveVisit(seats, clock)
    start(visit).close()
    assert visit.phase() is Phase.LOST
    assert seats.n_taken() == 0
    visit.stop()
    assert visit.phase() is Phase.READY


def test_a_visitor_cannot_start_while_all_seats_are_taken() -> None:
    seats = Seats(1)
    first, second = LiveVisit(seats), LiveVisit(seats)
    start(first)
    assert not first.is_full()
    assert second.is_full()
    assert not second.start(None)
    assert second.phase() is Phase.READY
    first.stop()
    assert not second.is_full()
    start(second)


def test_after_a_failure_the_visitor_can_try_again() -> None:
    seats = Seats(1)
    visit = LiveVisit(seats)
    start(visit)
    visit.give_up(RelayError("No answer", expected="One", advice="Record instead"))
    assert visit.phase() is Phase.NO_CONNECTION
    assert seats.n_taken() == 0
    visit.try_again()
    assert visit.phase() is Phase.READY


def test_asking_for_the_phase_keeps_the_seat_of_a_running_stream(clock: StubClock) -> None:
    seats = Seats(1, idle_s=90.0, clock=clock)
    visit = LiveVisit(seats, clock)
    start(visit)
    for now_s in (60.0, 120.0, 180.0):
        clock.now_s = now_s
        visit.phase()
    assert seats.n_taken() == 1
    clock.now_s = 271.0
    assert seats.n_taken() == 0
