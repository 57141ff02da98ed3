"""The limit on streams at the same time."""

from __future__ import annotations

import threading

from ser_core.live import Seats


def test_there_are_no_more_streams_than_seats() -> None:
    seats = Seats(2)
    first, second = seats.take(), seats.take()
    assert seats.take() is None
    first.leave()
    first.leave()
    assert seats.n_taken() == 1
    assert seats.take() is not None
    second.leave()
    assert seats.n_taken() == 1


def test_an_unused_seat_is_released_after_a_while() -> None:
    now_s = [0.0]
    seats = Seats(2, idle_s=90.0, clock=lambda: now_s[0])
    used_seat, _unused_seat = seats.take(), seats.take()
    for now_s[0] in (50.0, 100.0):
        used_seat.renew()
    assert seats.n_taken() == 1
    assert seats.take() is not None


def test_a_released_seat_cannot_be_renewed() -> None:
    now_s = [0.0]
    seats = Seats(1, idle_s=90.0, clock=lambda: now_s[0])
    seat = seats.take()
    now_s[0] = 100.0
    assert seats.n_taken() == 0
    seat.renew()
    assert seats.n_taken() == 0


def test_many_threads_get_no_more_seats_than_there_are() -> None:
    seats = Seats(5)
    results = []
    threads = [threading.Thread(target=lambda: results.append(seats.take())) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(seat is not None for seat in results) == 5
