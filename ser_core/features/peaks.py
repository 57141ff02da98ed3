"""Peaks that stand out: ``scipy.signal.find_peaks`` with a height and a prominence (tested against it).

Importing that takes a second, for one page to count syllables and for each process that measures a corpus.
"""

from __future__ import annotations

import numpy as np


def prominent_peaks(values: np.ndarray, *, height: float, prominence: float) -> np.ndarray:
    """Return where a curve peaks.

    Parameters
    ----------
    values : np.ndarray [shape=(n,)]
        The curve. Its ends are no peaks.
    height : float
        The least value of a peak.
    prominence : float
        How far, on both sides, the curve must fall at the least before it rises above the peak, or ends.

    Returns
    -------
    np.ndarray [dtype=int]
        Places, in their order; of a flat peak its middle.
    """
    starts = np.flatnonzero(np.diff(values, prepend=np.nan) != 0.0)
    ends = np.append(starts[1:], len(values)) - 1
    steps = values[starts]
    falls = np.minimum(_fall_before(steps), _fall_before(steps[::-1])[::-1])
    is_peak = np.zeros(len(steps), dtype=bool)
    is_peak[1:-1] = (steps[1:-1] > steps[:-2]) & (steps[1:-1] > steps[2:])
    is_peak &= (steps >= height) & (falls >= prominence)
    return (starts[is_peak] + ends[is_peak]) // 2


def _fall_before(steps: np.ndarray) -> np.ndarray:
    """Return by how much each value exceeds the least one since the last that was greater than it [shape=(n,)]."""
    falls = np.empty(len(steps))
    # Each value that is still the greatest since its time, with the least one since the one before it here.
    greater: list[tuple[float, float]] = []
    for place, value in enumerate(steps.tolist()):
        least = value
        while greater and greater[-1][0] <= value:
            least = min(least, greater.pop()[1])
        falls[place] = value - least
        greater.append((value, least))
    return falls
