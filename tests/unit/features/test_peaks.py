from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import find_peaks

from ser_core.features.peaks import prominent_peaks


def curve(seed: int) -> np.ndarray:
    """A random walk in coarse steps, so that it has flat peaks and equal ones."""
    rng = np.random.default_rng(seed)
    return np.round(np.cumsum(rng.normal(0.0, 1.0, rng.integers(1, 400))))


@pytest.mark.parametrize("seed", range(40))
def test_peaks_are_scipys(seed: int) -> None:
    values = curve(seed)
    height = float(np.median(values))
    expected, _ = find_peaks(values, height=height, prominence=2.0)
    np.testing.assert_array_equal(prominent_peaks(values, height=height, prominence=2.0), expected)


def test_a_small_peak_on_the_way_to_a_large_one_does_not_stand_out() -> None:
    values = np.array([0.0, 5.0, 4.0, 9.0, 0.0])
    assert prominent_peaks(values, height=0.0, prominence=2.0).tolist() == [3]
    assert prominent_peaks(values, height=0.0, prominence=1.0).tolist() == [1, 3]
    assert prominent_peaks(values, height=6.0, prominence=1.0).tolist() == [3]


@pytest.mark.parametrize("values", [[], [1.0], [1.0, 1.0, 1.0], [1.0, 2.0], [2.0, 1.0, 2.0]])
def test_what_does_not_rise_and_fall_has_no_peak(values: list[float]) -> None:
    assert prominent_peaks(np.array(values), height=-9.0, prominence=0.5).tolist() == []
