"""The record of a stream's moments."""

from __future__ import annotations

import numpy as np

from ser_core.live import History
from tests.unit.live.streams import prediction_of


def test_the_newest_moments_are_kept_in_order() -> None:
    history = History(10)
    for number in range(25):
        history.add(number / 4, -30.0, 200.0, prediction_of("happy", 0.6) if number % 2 else None)
    assert len(history) == 10
    moments = history.newest()
    np.testing.assert_allclose(moments.time_s, np.arange(15, 25) / 4)
    np.testing.assert_array_equal(moments.has_prediction, np.arange(15, 25) % 2 == 1)
    np.testing.assert_allclose(history.newest(3).time_s, [5.5, 5.75, 6.0])


def test_probabilities_and_certainty_are_kept() -> None:
    history = History(3)
    history.add(0.0, -30.0, 200.0, prediction_of("happy", 0.6))
    history.add(0.25, -31.0, 210.0, prediction_of("sad", 0.4))
    moments = history.newest()
    np.testing.assert_allclose(moments.probabilities[0], prediction_of("happy", 0.6).shares)
    assert moments.is_unsure.tolist() == [False, True]
    assert moments.level_db.tolist() == [-30.0, -31.0]
    assert moments.pitch_hz.tolist() == [200.0, 210.0]
