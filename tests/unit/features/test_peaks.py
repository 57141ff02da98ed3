"""Prominent peaks, compared with SciPy's."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import find_peaks

from ser_core.features.peaks import prominent_peaks


def random_curve(seed: int) -> np.ndarray:
    """Return a random walk with rounded values, so that it has flat peaks and equal peaks."""
    rng = np.random.default_rng(seed)
    return np.round(np.cumsum(rng.normal(0.0, 1.0, rng.integers(1, 400))))


@pytest.mark.parametrize("seed", range(40))
def test_peaks_equal_scipys(seed: int) -> None:
    values = random_curve(seed)
    height = float(np.median(values))
    expected, _ = find_peaks(values, height=height, prominence=2.0)
    np.testing.assert_array_equal(prominent_peaks(values, height=height, prominence=2.0), expected)


def test_a_small_peak_on_the_slope_of_a_large_peak_is_not_prominent() -> None:
    values = np.array([0.0, 5.0, 4.0, 9.0, 0.0])
    assert prominent_peaks(values, height=0.0, prominence=2.0).tolist() == [3]
    assert prominent_peaks(values, height=0.0, prominence=1.0).tolist() == [1, 3]
    assert prominent_peaks(values, height=6.0, prominence=1.0).tolist() == [3]


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 1.0, 1.0], [1.0, 2.0], [2.0, 1.0, 2.0]])
def test_a_curve_that_does_not_rise_and_then_fall_has_no_peak(values: list[float]) -> None:
    assert prominent_peaks(np.array(values), height=-9.0, prominence=0.5).tolist() == []
