"""Fitting of a ``Calibration``: temperature, confidence threshold and set threshold.

They are fitted on clips of corpora that the network was not trained on; each corpus has the same weight. A visitor's
recording is from no corpus, so the probabilities that the app shows must be right on unknown corpora.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax

from ser_core.emotions import LABELS
from ser_core.inference.calibration import SMALLEST_SET, likely_set, probabilities
from ser_core.inference.thresholds import LARGEST_SMALL_SET, TARGET_ACCURACY, TARGET_COVERAGE, Calibration
from ser_core.labels import allowed_labels, label_indices

_SONG_CORPUS = "RAVDESS song"

# Sure predictions on one more corpus are right one to two points less often than on the corpora of the fit. With this
# added to the target, the promise also holds on that corpus.
_ACCURACY_MARGIN = 0.02

# An accuracy of fewer predictions than this is too uncertain to set a threshold.
_FEWEST_CLIPS = 20

# A threshold that no probability reaches.
_ALWAYS_UNSURE = 1.01

Weights = npt.NDArray[np.floating]


def fit_calibration(predictions: pd.DataFrame) -> Calibration:
    """Fit a calibration on the logits of clips that the network was not trained on.

    Songs do not take part: a visitor speaks, and no network recognises emotion in song without training on songs.

    Parameters
    ----------
    predictions : pd.DataFrame
        A predictions table that holds logits instead of probabilities.

    Returns
    -------
    Calibration
    """
    is_speech = predictions["corpus"] != _SONG_CORPUS
    if is_speech.any():
        predictions = predictions[is_speech]
    logits = predictions[list(LABELS)].to_numpy()
    truth, allowed = label_indices(predictions["emotion"]), allowed_labels(predictions["corpus"])
    weights = 1.0 / predictions.groupby("corpus")["corpus"].transform("size").to_numpy(dtype=np.float64)
    temperature = fit_temperature(logits, truth, allowed, weights)
    calibrated = probabilities(logits, temperature)
    is_correct, confidence = calibrated.argmax(axis=1) == truth, calibrated.max(axis=1)
    confidence_threshold = fit_confidence_threshold(confidence, is_correct, weights, TARGET_ACCURACY + _ACCURACY_MARGIN)
    is_sure = confidence >= confidence_threshold
    return Calibration(temperature, confidence_threshold, fit_set_threshold(calibrated, truth, is_sure, weights))


def apply_calibration(predictions: pd.DataFrame, calibration: Calibration) -> pd.DataFrame:
    """Replace logits by calibrated probabilities, and add the columns ``unsure`` and ``set_size``.

    Parameters
    ----------
    predictions : pd.DataFrame
        A predictions table that holds logits instead of probabilities.
    calibration : Calibration
        The network's calibration.

    Returns
    -------
    pd.DataFrame
        A predictions table; the probabilities are rounded to four decimals.
    """
    calibrated = probabilities(predictions[list(LABELS)].to_numpy(), calibration.temperature)
    table = predictions.copy()
    table[list(LABELS)] = calibrated.round(4)
    table["unsure"] = calibrated.max(axis=1) < calibration.confidence_threshold
    set_sizes = [len(likely_set(row, calibration.set_threshold)) for row in calibrated]
    table["set_size"] = np.where(table["unsure"], set_sizes, 1)
    return table


def fit_temperature(
    logits: npt.NDArray[np.floating],
    truth: npt.NDArray[np.integer],
    allowed: npt.NDArray[np.bool_],
    weights: Weights,
) -> float:
    """Return the temperature with the highest likelihood of the true labels.

    Temperature scaling: Guo et al. (2017), "On calibration of modern neural networks", section 4.2.

    Parameters
    ----------
    logits : np.ndarray [shape=(n, 8)]
        Logits of clips that were not trained on.
    truth : np.ndarray [shape=(n,), dtype=int]
        Positions in ``LABELS``.
    allowed : np.ndarray [shape=(n, 8), dtype=bool]
        Which labels each clip's corpus has; the likelihood is among these.
    weights : np.ndarray [shape=(n,)]
        How much each clip counts.

    Returns
    -------
    float
        0.2 to 5.
    """
    masked = np.where(allowed, logits, -np.inf)
    rows = np.arange(len(truth))

    def negative_log_likelihood(log_temperature: float) -> float:
        log_likelihood = log_softmax(masked / np.exp(log_temperature), axis=1)[rows, truth]
        return -float(np.average(log_likelihood, weights=weights))

    optimum = minimize_scalar(negative_log_likelihood, bounds=(np.log(0.2), np.log(5.0)), method="bounded")
    return float(np.exp(optimum.x))


def fit_confidence_threshold(
    probability: npt.NDArray[np.floating],
    is_correct: npt.NDArray[np.bool_],
    weights: Weights,
    target_accuracy: float = TARGET_ACCURACY,
) -> float:
    """Return the lowest threshold above which enough predictions are correct.

    Parameters
    ----------
    probability : np.ndarray [shape=(n,)]
        Winning probability of each clip.
    is_correct : np.ndarray [shape=(n,), dtype=bool]
        Whether the winning label is the true one.
    weights : np.ndarray [shape=(n,)]
        How much each clip counts.
    target_accuracy : float
        Share of the predictions at or above the threshold that must be correct.

    Returns
    -------
    float
        Above 1 if not even the most confident predictions reach the target.
    """
    order = np.argsort(-probability, kind="stable")
    ranked = probability[order]
    accuracy = np.cumsum((weights * is_correct)[order]) / np.cumsum(weights[order])
    # No threshold separates clips with equal probability, so only the last clip of equals can set the threshold.
    is_last_of_equals = np.diff(ranked, append=-1.0) < 0.0
    is_certain_enough = np.arange(1, len(order) + 1) >= _FEWEST_CLIPS
    # A share of exactly the target may be a little less in floating point.
    candidates = np.flatnonzero((accuracy >= target_accuracy - 1e-9) & is_last_of_equals & is_certain_enough)
    return float(ranked[candidates[-1]]) if len(candidates) else _ALWAYS_UNSURE


def fit_set_threshold(
    calibrated: npt.NDArray[np.floating],
    truth: npt.NDArray[np.integer],
    is_sure: npt.NDArray[np.bool_],
    weights: Weights,
    target_coverage: float = TARGET_COVERAGE,
) -> float:
    """Return the highest threshold at which enough true emotions are in the set of likely emotions.

    Enough among all clips, as in split-conformal prediction: Sadinle, Lei and Wasserman (2019), "Least ambiguous
    set-valued classifiers with bounded error levels". Enough also among the clips whose answer names at most
    ``LARGEST_SMALL_SET`` emotions: these are the answers that a visitor reads as a statement.

    Parameters
    ----------
    calibrated : np.ndarray [shape=(n, 8)]
        Calibrated probabilities of each clip.
    truth : np.ndarray [shape=(n,), dtype=int]
        Positions in ``LABELS``.
    is_sure : np.ndarray [shape=(n,), dtype=bool]
        Whether one emotion is named instead of a set.
    weights : np.ndarray [shape=(n,)]
        How much each clip counts.
    target_coverage : float
        Share of the clips that must have their true emotion in the set.

    Returns
    -------
    float
        0 to 1. If no threshold has enough true emotions in the small sets, the one that has enough among all clips.
    """
    true_probability = calibrated[np.arange(len(truth)), truth]
    order = np.argsort(-true_probability, kind="stable")
    coverage = np.cumsum(weights[order]) / weights.sum()
    highest = float(true_probability[order][np.searchsorted(coverage, target_coverage - 1e-9)])
    candidates = np.unique(true_probability[true_probability <= highest])[::-1]
    n_small, n_right = _small_sets(calibrated, true_probability, is_sure, weights, candidates)
    enough = np.flatnonzero(n_right >= (target_coverage - 1e-9) * n_small)
    return float(candidates[enough[0]]) if len(enough) else highest


def _small_sets(
    calibrated: npt.NDArray[np.floating],
    true_probability: npt.NDArray[np.floating],
    is_sure: npt.NDArray[np.bool_],
    weights: Weights,
    thresholds: npt.NDArray[np.floating],
) -> tuple[Weights, Weights]:
    """Return the weight of the clips with a small set, and of those whose small set is right, at each threshold."""
    # A set is small if the first probability that it has no room for is below the threshold.
    no_room = np.sort(calibrated, axis=1)[:, -1 - LARGEST_SMALL_SET]
    rank = (calibrated > true_probability[:, np.newaxis]).sum(axis=1)

    def weight_below(values: npt.NDArray[np.floating], chosen: npt.NDArray[np.bool_]) -> Weights:
        order = np.argsort(values[chosen], kind="stable")
        cumulative = np.concatenate([[0.0], np.cumsum(weights[chosen][order])])
        return cumulative[np.searchsorted(values[chosen][order], thresholds)]

    # A set has at least SMALLEST_SET emotions. The true one is in it if it is among these, or likely enough.
    is_always_in = ~is_sure & (rank < SMALLEST_SET)
    is_in_if_likely = ~is_sure & (rank >= SMALLEST_SET) & (rank < LARGEST_SMALL_SET)
    n_small = weights[is_sure].sum() + weight_below(no_room, ~is_sure)
    n_right = weights[is_sure & (rank == 0)].sum() + weight_below(no_room, is_always_in | is_in_if_likely)
    return n_small, n_right - weight_below(true_probability, is_in_if_likely)
