"""The ring buffer for the newest samples of a stream."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from ser_core.live import RingBuffer


@pytest.mark.parametrize("block_size", [1, 7, 100, 250])
def test_the_newest_samples_are_kept_in_order_for_any_block_size(block_size: int) -> None:
    ring = RingBuffer(100)
    samples = np.arange(1000, dtype=np.float32)
    for start in range(0, 1000, block_size):
        ring.write(samples[start : start + block_size])
    assert ring.n_written == 1000
    np.testing.assert_array_equal(ring.last(100), samples[-100:])
    np.testing.assert_array_equal(ring.last(30), samples[-30:])


def test_a_late_reader_gets_the_position_of_the_first_sample_that_is_left() -> None:
    ring = RingBuffer(100)
    ring.write(np.arange(250, dtype=np.float32))
    first, samples = ring.since(20)
    assert first == 150
    np.testing.assert_array_equal(samples, np.arange(150, 250))
    assert ring.since(240)[0] == 240
    assert len(ring.since(250)[1]) == 0


def test_later_writes_do_not_change_samples_that_were_read() -> None:
    ring = RingBuffer(10)
    ring.write(np.ones(10, dtype=np.float32))
    samples = ring.last(10)
    ring.write(np.zeros(10, dtype=np.float32))
    assert (samples == 1.0).all()


def test_a_reader_never_sees_half_of_a_write() -> None:
    ring = RingBuffer(1000)
    is_done = threading.Event()

    def write() -> None:
        for start in range(0, 200_000, 50):
            ring.write(np.arange(start, start + 50, dtype=np.float32))
        is_done.set()

    writer = threading.Thread(target=write)
    writer.start()
    position = 0
    while not is_done.is_set():
        first, samples = ring.since(position)
        assert (samples == np.arange(first, first + len(samples))).all()
        position = first + len(samples)
    writer.join()
