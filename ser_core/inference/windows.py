"""A clip as the input of a network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Windows:
    """A clip as input of a network: one or more windows.

    Parameters
    ----------
    inputs : np.ndarray [shape=(w, ...)]
        The network's input, float32, one row per window.
    start_s, end_s : np.ndarray [shape=(w,)]
        Start and end of each window in the clip, in seconds.
    weight : np.ndarray [shape=(w,)]
        Share of the window's frames that are sound and not pause, 0 to 1.
    """

    inputs: np.ndarray
    start_s: np.ndarray
    end_s: np.ndarray
    weight: np.ndarray
