"""From the logits of a clip's windows to calibrated probabilities.

``evaluation.calibration_fitting`` fits the temperature and the confidence threshold.
"""

from __future__ import annotations

import numpy as np
from scipy.special import softmax


def probabilities(logits: np.ndarray, temperature: float) -> np.ndarray:
    """Return calibrated probabilities [shape=(..., 8)] of logits [shape=(..., 8)].

    Temperature scaling: Guo et al. (2017), "On calibration of modern neural networks", equation 9.
    """
    return softmax(np.asarray(logits, dtype=np.float64) / temperature, axis=-1)


def pool_windows(window_logits: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return a clip's logits [shape=(8,)]: its windows' mean, weighted by how much of each is sound.

    Parameters
    ----------
    window_logits : np.ndarray [shape=(w, 8)]
        The network's answer to each window.
    weight : np.ndarray [shape=(w,)]
        Share of sound, 0 to 1; windows count alike where all are 0.
    """
    return np.average(window_logits, axis=0, weights=weight if weight.sum() > 0 else None)
