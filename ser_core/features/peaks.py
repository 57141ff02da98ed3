"""Prominent peaks of a curve: ``scipy.signal.find_peaks`` with a height and a prominence (tested against SciPy).

``scipy.signal`` is not used because importing it takes a second, on a page that counts syllables and in each process
that measures a corpus.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def prominent_peaks(values: np.ndarray, *, height: float, prominence: float) -> npt.NDArray[np.intp]:
    """Return the indices of a curve's prominent peaks.

    Parameters
    ----------
    values : np.ndarray [shape=(n,)]
        The curve. Its first and last value are never peaks.
    height : float
        Smallest value of a peak.
    prominence : float
        Smallest fall of the curve on both sides of a peak, before the curve rises above the peak or ends.

    Returns
    -------
    np.ndarray [shape=(n_peaks,), dtype=int]
        Ascending indices; the middle of a flat peak.
    """
    # Equal neighbours are merged into one plateau, so that a flat peak is found like a sharp one.
    starts = np.flatnonzero(np.diff(values, prepend=np.nan) != 0.0)
    ends = np.append(starts[1:], len(values)) - 1
    plateaus = values[starts]
    falls = np.minimum(_falls_to_the_left(plateaus), _falls_to_the_left(plateaus[::-1])[::-1])
    is_peak = np.zeros(len(plateaus), dtype=bool)
    is_peak[1:-1] = (plateaus[1:-1] > plateaus[:-2]) & (plateaus[1:-1] > plateaus[2:])
    is_peak &= (plateaus >= height) & (falls >= prominence)
    middles: npt.NDArray[np.intp] = (starts[is_peak] + ends[is_peak]) // 2
    return middles


def _falls_to_the_left(values: np.ndarray) -> npt.NDArray[np.float64]:
    """Return each value minus the minimum of the values between it and the nearest greater value to its left.

    Parameters
    ----------
    values : np.ndarray [shape=(n,)]
        The curve.

    Returns
    -------
    np.ndarray [shape=(n,)]
        At least 0. Without a greater value to the left, the minimum is taken from the start of the curve.
    """
    falls = np.empty(len(values))
    # A stack of (value, minimum since the stack entry before): values fall from bottom to top, so the top entry is the
    # nearest greater value to the left.
    stack: list[tuple[float, float]] = []
    for index, value in enumerate(values.tolist()):
        minimum = value
        while stack and stack[-1][0] <= value:
            minimum = min(minimum, stack.pop()[1])
        falls[index] = value - minimum
        stack.append((value, minimum))
    return falls
