"""From the logits of windows to calibrated probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.inference.calibration import pool_windows, probabilities

N_LABELS = 8


def test_probabilities_sum_to_one_and_keep_the_order() -> None:
    logits = np.random.default_rng(0).normal(0.0, 30.0, size=(50, N_LABELS))
    calibrated = probabilities(logits, 1.7)
    np.testing.assert_allclose(calibrated.sum(axis=1), 1.0)
    np.testing.assert_array_equal(calibrated.argsort(axis=1), logits.argsort(axis=1))


def test_probabilities_agree_with_a_calculation_by_hand() -> None:
    assert probabilities(np.array([0.0, 2.0 * np.log(3.0)]), 2.0) == pytest.approx([0.25, 0.75])


def test_a_higher_temperature_gives_less_extreme_probabilities() -> None:
    logits = np.array([3.0] + [0.0] * 7)
    assert probabilities(logits, 2.0)[0] < probabilities(logits, 1.0)[0]


def test_windows_are_weighted_by_their_share_of_sound() -> None:
    logits = np.array([[4.0, 0.0], [0.0, 8.0]])
    assert pool_windows(logits, np.array([0.75, 0.25])) == pytest.approx([3.0, 2.0])
    assert pool_windows(logits, np.zeros(2)) == pytest.approx([2.0, 4.0])
