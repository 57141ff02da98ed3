"""Computes calibrated probabilities from the logits of a clip's windows, and the set of likely emotions.

``evaluation.fit_thresholds`` fits the parameters, a ``thresholds.Calibration``.
"""

from __future__ import annotations

import numpy as np
from scipy.special import softmax

# The set of a prediction that is not sure has at least two emotions: a single one would look like a sure answer.
SMALLEST_SET = 2


def likely_set(probabilities: np.ndarray, set_threshold: float) -> np.ndarray:
    """Return the indices of the likely emotions of a prediction that is not sure.

    A split-conformal prediction set: Sadinle, Lei and Wasserman (2019), "Least ambiguous set-valued classifiers with
    bounded error levels".

    Parameters
    ----------
    probabilities : np.ndarray [shape=(8,)]
        Calibrated probabilities.
    set_threshold : float
        Smallest probability of an emotion in the set.

    Returns
    -------
    np.ndarray [shape=(n,), dtype=int]
        The likeliest first; at least two.
    """
    order = np.argsort(-probabilities, kind="stable")
    n_likely = max(int(np.count_nonzero(probabilities >= set_threshold)), SMALLEST_SET)
    return order[:n_likely]


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
