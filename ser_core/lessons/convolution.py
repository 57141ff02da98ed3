"""Two small filters on a mel spectrogram, to show what the first layer of a CNN computes.

They are set by hand. A CNN starts with random numbers in its filters, and its training changes them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

# Rows are mel bands from low to high, columns are frames. Each has the sum 0, so that an even area gives 0.
FILTERS: dict[str, npt.NDArray[np.float64]] = {
    # Positive where the sound is stronger after a moment than before: where a syllable starts.
    "start": np.tile([-1.0, -1.0, 0.0, 1.0, 1.0], (5, 1)) / 10.0,
    # Positive where one band is stronger than the bands above and below it: a stripe of the voice.
    "stripe": np.tile([[-1.0], [0.0], [2.0], [0.0], [-1.0]], (1, 5)) / 10.0,
}


def apply_filter(mel_db: npt.NDArray[np.floating], name: str) -> npt.NDArray[np.float32]:
    """Return what a filter and the step after it give: at each place the weighted sum around it, negative values as 0.

    Parameters
    ----------
    mel_db : np.ndarray [shape=(bands, t)]
        A mel spectrogram in decibels.
    name : str
        A key of ``FILTERS``.

    Returns
    -------
    np.ndarray [shape=(bands, t)]
        In decibels; 0 or more.
    """
    weights = FILTERS[name]
    margins = [(size // 2, size // 2) for size in weights.shape]
    around = np.lib.stride_tricks.sliding_window_view(np.pad(mel_db, margins, mode="edge"), weights.shape)
    sums: npt.NDArray[np.float64] = np.einsum("btij,ij->bt", around, weights)
    return np.maximum(sums, 0.0).astype(np.float32)
