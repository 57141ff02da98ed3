"""Calibration: fitting of the temperature and of the confidence threshold, on speakers that were not trained on.

The temperature makes the probabilities agree with the share of correct predictions. Below the confidence threshold, the
app says "not sure".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

from ser_core.emotions import LABELS
from ser_core.inference.calibration import probabilities
from ser_core.labels import allowed_labels, label_indices

# Share of the predictions above the confidence threshold that must be correct.
TARGET_ACCURACY = 0.75

# An accuracy of fewer predictions than this is too uncertain to set a threshold.
_FEWEST_CLIPS = 20

# A threshold that no probability reaches.
_ALWAYS_UNSURE = 1.01


@dataclass(frozen=True)
class Calibration:
    """Parameters that turn logits into probabilities and into "not sure".

    Parameters
    ----------
    temperature : float
        Logits are divided by it.
    confidence_threshold : float
        A prediction whose winning probability is lower is "not sure".
    """

    temperature: float
    confidence_threshold: float


def fit_calibration(predictions: pd.DataFrame) -> Calibration:
    """Fit temperature and confidence threshold on out-of-fold logits.

    Parameters
    ----------
    predictions : pd.DataFrame
        A predictions table that holds logits instead of probabilities.

    Returns
    -------
    Calibration
    """
    logits = predictions[list(LABELS)].to_numpy()
    truth, allowed = label_indices(predictions["emotion"]), allowed_labels(predictions["corpus"])
    temperature = fit_temperature(logits, truth, allowed)
    calibrated = probabilities(logits, temperature)
    is_correct = calibrated.argmax(axis=1) == truth
    return Calibration(temperature, fit_confidence_threshold(calibrated.max(axis=1), is_correct))


def apply_calibration(predictions: pd.DataFrame, calibration: Calibration) -> pd.DataFrame:
    """Replace logits by calibrated probabilities, and add the column ``unsure``.

    Parameters
    ----------
    predictions : pd.DataFrame
        A predictions table that holds logits instead of probabilities.
    calibration : Calibration
        Temperature and confidence threshold.

    Returns
    -------
    pd.DataFrame
        A predictions table; the probabilities are rounded to four decimals.
    """
    calibrated = probabilities(predictions[list(LABELS)].to_numpy(), calibration.temperature)
    table = predictions.copy()
    table[list(LABELS)] = calibrated.round(4)
    table["unsure"] = calibrated.max(axis=1) < calibration.confidence_threshold
    return table


def fit_temperature(
    logits: npt.NDArray[np.floating], truth: npt.NDArray[np.integer], allowed: npt.NDArray[np.bool_]
) -> float:
    """Return the temperature with the highest likelihood of the true labels.

    Temperature scaling: Guo et al. (2017), "On calibration of modern neural networks", section 4.2.

    Parameters
    ----------
    logits : np.ndarray [shape=(n, 8)]
        Logits of clips whose speakers were not trained on.
    truth : np.ndarray [shape=(n,), dtype=int]
        Positions in ``LABELS``.
    allowed : np.ndarray [shape=(n, 8), dtype=bool]
        Which labels each clip's corpus has; the likelihood is among these.

    Returns
    -------
    float
        0.2 to 5.
    """
    masked = np.where(allowed, logits, -np.inf)
    rows = np.arange(len(truth))

    def negative_log_likelihood(log_temperature: float) -> float:
        return -float(log_softmax(masked / np.exp(log_temperature), axis=1)[rows, truth].mean())

    optimum = minimize_scalar(negative_log_likelihood, bounds=(np.log(0.2), np.log(5.0)), method="bounded")
    return float(np.exp(optimum.x))


def fit_confidence_threshold(
    probability: npt.NDArray[np.floating],
    is_correct: npt.NDArray[np.bool_],
    target_accuracy: float = TARGET_ACCURACY,
) -> float:
    """Return the lowest threshold above which enough predictions are correct.

    Parameters
    ----------
    probability : np.ndarray [shape=(n,)]
        Winning probability of each clip.
    is_correct : np.ndarray [shape=(n,), dtype=bool]
        Whether the winning label is the true one.
    target_accuracy : float
        Share of the predictions at or above the threshold that must be correct.

    Returns
    -------
    float
        Above 1 if not even the most confident predictions reach the target.
    """
    order = np.argsort(-probability, kind="stable")
    ranked = probability[order]
    ranks = np.arange(1, len(order) + 1)
    accuracy = np.cumsum(is_correct[order]) / ranks
    # No threshold separates clips with equal probability: only the last of them can be the lowest above it.
    is_last_of_equals = np.diff(ranked, append=-1.0) < 0.0
    candidates = np.flatnonzero((accuracy >= target_accuracy) & is_last_of_equals & (ranks >= _FEWEST_CLIPS))
    return float(ranked[candidates[-1]]) if len(candidates) else _ALWAYS_UNSURE
