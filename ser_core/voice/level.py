"""Keeping the level of a clip while other properties change."""

from __future__ import annotations

import numpy as np


def at_level_of(reference: np.ndarray, samples: np.ndarray) -> np.ndarray:
    """Scale samples to the mean power of a reference.

    Parameters
    ----------
    reference : np.ndarray [shape=(n,)]
        Samples with the target power.
    samples : np.ndarray [shape=(m,)]
        Samples to scale.

    Returns
    -------
    np.ndarray [shape=(m,)]
        float32; silence stays silent.
    """
    power = float(np.mean(np.square(samples, dtype=np.float64)))
    target_power = float(np.mean(np.square(reference, dtype=np.float64)))
    scaled: np.ndarray = samples * np.sqrt(target_power / power if power else 0.0)
    return scaled.astype(np.float32)
