"""A waveform as a row of bars, for the players."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# About as many bars as a narrow screen can show.
_N_BARS = 160


def bar_heights(samples: npt.NDArray[np.float32]) -> list[float]:
    """Return the largest magnitude in each of 160 equal parts of a recording, as a share of the largest of all.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        The recording; it has at least one sample.

    Returns
    -------
    list of float
        Fewer values for a recording with fewer samples; zeros for silence.
    """
    parts = np.array_split(np.abs(samples), min(_N_BARS, len(samples)))
    heights = np.array([part.max() for part in parts])
    return [round(float(height), 3) for height in heights / max(float(heights.max()), 1e-9)]
