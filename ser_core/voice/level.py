"""Holding the level still while something else changes."""

from __future__ import annotations

import numpy as np


def at_level_of(model: np.ndarray, samples: np.ndarray) -> np.ndarray:
    """Scale samples to the mean power of others.

    Parameters
    ----------
    model : np.ndarray [shape=(n,)]
        Has the wanted power.
    samples : np.ndarray [shape=(m,)]
        To be scaled.

    Returns
    -------
    np.ndarray [shape=(m,)]
        float32; silence stays silence.
    """
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    wanted = float(np.mean(np.square(model, dtype=np.float64)))
    return (samples * np.sqrt(wanted / power if power else 0.0)).astype(np.float32)
