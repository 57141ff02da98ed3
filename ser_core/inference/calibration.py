"""Probabilities that mean what they say, and the point below which the app says "not sure".

Both are fitted on speakers that the network never learnt from.
"""

from __future__ import annotations

import numpy as np
from scipy.special import log_softmax, softmax

WANTED_ACCURACY = 0.75

# A stretch of the ranking shorter than this says little about accuracy.
_FEWEST_CLIPS = 20


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


def fit_temperature(logits: np.ndarray, truth: np.ndarray, allowed: np.ndarray) -> float:
    """Return the temperature under which the truth is likeliest.

    Parameters
    ----------
    logits : np.ndarray [shape=(n, 8)]
        Clips of speakers that the network never learnt from.
    truth : np.ndarray [shape=(n,), dtype=int]
        Positions in ``LABELS``.
    allowed : np.ndarray [shape=(n, 8), dtype=bool]
        Which labels each clip's corpus has.
    """
    # Half a second to import, which nothing on the way to a prediction needs.
    from scipy.optimize import minimize_scalar

    masked = np.where(allowed, logits, -np.inf)
    rows = np.arange(len(truth))

    def negative_log_likelihood(log_temperature: float) -> float:
        return -float(log_softmax(masked / np.exp(log_temperature), axis=1)[rows, truth].mean())

    best = minimize_scalar(negative_log_likelihood, bounds=(np.log(0.2), np.log(5.0)), method="bounded")
    return float(np.exp(best.x))


def fit_confidence_threshold(probability: np.ndarray, correct: np.ndarray, wanted: float = WANTED_ACCURACY) -> float:
    """Return the least winning probability from which answers are right often enough.

    Parameters
    ----------
    probability : np.ndarray [shape=(n,)]
        Each clip's winning probability.
    correct : np.ndarray [shape=(n,), dtype=bool]
        Whether the winner was right.
    wanted : float
        The share of answers at or above the point that must be right.

    Returns
    -------
    float
        Over 1 where not even the surest answers are right often enough.
    """
    order = np.argsort(-probability, kind="stable")
    ranked = probability[order]
    share_right = np.cumsum(correct[order]) / np.arange(1, len(order) + 1)
    # Between two equal probabilities there is no point to be drawn.
    is_last_of_equals = np.diff(ranked, append=-1.0) < 0.0
    enough = np.arange(len(order)) >= _FEWEST_CLIPS - 1
    good = np.flatnonzero((share_right >= wanted) & is_last_of_equals & enough)
    return float(ranked[good[-1]]) if len(good) else 1.01
