"""From the logits of a clip's windows to calibrated probabilities.

``evaluation.calibration_fitting`` fits the temperature and the confidence threshold.
"""

from __future__ import annotations

import numpy as np
from scipy.special import softmax


def probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    """Return calibrated probabilities.

    Temperature scaling: Guo et al. (2017), "On calibration of modern neural networks", equation 9.

    Parameters
    ----------
    logits : np.ndarray [shape=(..., 8)]
        Outputs of the network.
    temperature : float
        Logits are divided by it before the softmax; above 1, the probabilities become less extreme.

    Returns
    -------
    np.ndarray [shape=(..., 8)]
        float64, with the sum 1.
    """
    calibrated: np.ndarray = softmax(np.asarray(logits, dtype=np.float64) / temperature, axis=-1)
    return calibrated


def pool_windows(window_outputs: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the mean of a clip's windows, weighted by their share of sound.

    Parameters
    ----------
    window_outputs : np.ndarray [shape=(w, n)]
        Logits, or embeddings, of each window.
    weight : np.ndarray [shape=(w,)]
        Share of sound in each window, 0 to 1. If all are 0, the windows have equal weights.

    Returns
    -------
    np.ndarray [shape=(n,)]
        The clip's logits or embedding.
    """
    pooled: np.ndarray = np.average(window_outputs, axis=0, weights=weight if weight.sum() > 0 else None)
    return pooled
