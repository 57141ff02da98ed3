"""A visitor's stream over time: phases, seats, failure."""

from __future__ import annotations

import logging

import numpy as np
import pytest

from ser_core.errors import RelayError
from ser_core.live import Seats
from ui.live.visit import CONNECT_WITHIN_S, Phase, Visit

SECOND = np.full((16_000, 1), 0.1, dtype=np.float32)


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_stream_from_start_to_stop(clock: Clock) -> None:
    visit = Visit(Seats(1), clock)
    assert visit.phase() is Phase.READY
    assert visit.start(None)
    assert visit.phase() is Phase.CONNECTING
    visit.session.feed(SECOND, 16_000)
    assert visit.phase() is Phase.RUNNING
    visit.session.advance()
    visit.stop()
    assert visit.phase() is Phase.STOPPED
    first = visit.session
    assert visit.start(None)
    assert visit.phase() is Phase.CONNECTING
    assert visit.session is not first


def test_the_log_tells_how_a_stream_went(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="ui")
    visit = Visit(Seats(1), clock)
    visit.start(None)
    clock.now_s = 0.75
    visit.session.feed(SECOND, 16_000, position=0)
    assert visit.phase() is Phase.RUNNING
    visit.session.feed(SECOND, 16_000, position=24_000)
    visit.phase()
    visit.session.advance()
    visit.stop()
    visit.stop()
    told = [(record.message, record.fields) for record in caplog.records]
    assert told == [
        ("live stream connected", {"duration_ms": 750.0}),
        ("live stream ended", {"audio_s": 2.5, "lost_s": 0.5, "dropped_s": 0.0}),
    ]


def test_no_connection_within_eight_seconds_is_told_and_one_that_comes_late_is_taken(clock: Clock) -> None:
    visit = Visit(Seats(1), clock)
    visit.start(None)
    clock.now_s = CONNECT_WITHIN_S - 0.1
    assert visit.phase() is Phase.CONNECTING
    clock.now_s = CONNECT_WITHIN_S
    assert visit.phase() is Phase.NO_CONNECTION
    visit.session.feed(SECOND, 16_000)
    assert visit.phase() is Phase.RUNNING


def test_a_microphone_that_is_lost_is_noticed_and_one_that_comes_back_too(clock: Clock) -> None:
    visit = Visit(Seats(1), clock)
    visit.start(None)
    visit.session.feed(SECOND, 16_000)
    assert visit.phase() is Phase.RUNNING
    clock.now_s = 5.0
    assert visit.phase() is Phase.SILENT
    visit.session.feed(SECOND, 16_000)
    assert visit.phase() is Phase.RUNNING


def test_a_connection_that_ends_by_itself_is_lost_and_its_seat_free(clock: Clock) -> None:
    seats = Seats(1)
    visit = Visit(seats, clock)
    visit.start(None)
    visit.session.close()
    assert visit.phase() is Phase.LOST
    assert seats.taken() == 0
    visit.stop()
    assert visit.phase() is Phase.READY


def test_a_visitor_without_a_seat_is_turned_away_until_there_is_one() -> None:
    seats = Seats(1)
    first, second = Visit(seats), Visit(seats)
    assert first.start(None)
    assert not first.is_full()
    assert second.is_full()
    assert not second.start(None)
    assert second.phase() is Phase.READY
    first.stop()
    assert not second.is_full()
    assert second.start(None)


def test_what_could_not_be_begun_can_be_tried_again() -> None:
    seats = Seats(1)
    visit = Visit(seats)
    visit.start(None)
    visit.give_up(RelayError("No answer", expected="One", advice="Record instead"))
    assert visit.phase() is Phase.NO_CONNECTION
    assert seats.taken() == 0
    visit.try_again()
    assert visit.phase() is Phase.READY


def test_a_running_stream_keeps_its_seat(clock: Clock) -> None:
    seats = Seats(1, idle_s=90.0, clock=clock)
    visit = Visit(seats, clock)
    visit.start(None)
    for clock.now_s in (60.0, 120.0, 180.0):
        visit.phase()
    assert seats.taken() == 1
    clock.now_s = 271.0
    assert seats.taken() == 0
