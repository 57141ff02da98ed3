"""Every figure about a table of answers: how often they are right, how sure that is, what is mixed up with what.

A table of answers has one row a clip: ``corpus``, ``speaker``, ``emotion`` and eight probabilities named by label.
A corpus that lacks labels is measured among its own, as studies on that corpus do.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import bootstrap
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    f1_score,
    precision_recall_fscore_support,
    roc_auc_score,
    roc_curve,
)

from ser_core.emotions import LABELS
from ser_core.evaluation.evaluation import allowed_labels, indices_of, uar

_N_RESAMPLES = 1000
_N_BINS = 10
_CURVE_POINTS = 40
_FEWEST_SPEAKERS = 4


def among_own_labels(table: pd.DataFrame) -> np.ndarray:
    """Return each clip's probabilities among the labels that its corpus has [shape=(n, 8), rows sum to 1]."""
    answers = np.where(allowed_labels(table["corpus"]), table[list(LABELS)].to_numpy(), 0.0)
    return answers / np.maximum(answers.sum(axis=1, keepdims=True), 1e-9)


def recognition(table: pd.DataFrame) -> dict[str, Any]:
    """Return how well the clips of a table are recognised.

    Parameters
    ----------
    table : pd.DataFrame
        A table of answers, at least one row.

    Returns
    -------
    dict
        ``n``, ``n_speakers``, ``accuracy``, ``uar``, ``uar_interval`` (95 %, resampling speakers; None with fewer than
        four), ``macro_f1``, ``labels`` (those that occur), ``confusion`` (counts, truth down, answer across, in the
        order of ``labels``) and ``by_emotion`` (``n``, ``precision``, ``recall``, ``f1`` by label).
    """
    truth = indices_of(table["emotion"])
    guess = among_own_labels(table).argmax(axis=1)
    allowed = allowed_labels(table["corpus"]).any(axis=0)
    places = np.flatnonzero(allowed)
    precision, recall, f1, n = precision_recall_fscore_support(truth, guess, labels=places, zero_division=0)
    return {
        "n": len(table),
        "n_speakers": int(table["speaker"].nunique()),
        "accuracy": _rounded(accuracy_score(truth, guess)),
        "uar": _rounded(uar(truth, guess)),
        "uar_interval": uar_interval(table["speaker"].to_numpy(), truth, guess),
        "macro_f1": _rounded(f1_score(truth, guess, labels=np.unique(truth), average="macro", zero_division=0)),
        "labels": [LABELS[place] for place in places],
        "confusion": confusion_matrix(truth, guess, labels=places).tolist(),
        "by_emotion": {
            LABELS[place]: {
                "n": int(n[row]),
                "precision": _rounded(precision[row]),
                "recall": _rounded(recall[row]),
                "f1": _rounded(f1[row]),
            }
            for row, place in enumerate(places)
        },
    }


def uar_interval(speakers: np.ndarray, truth: np.ndarray, guess: np.ndarray) -> list[float] | None:
    """Return the 95 % bootstrap interval of the unweighted average recall, resampling speakers, not clips.

    Clips of one speaker are alike; resampling them one by one would promise more than is known (Bisani and Ney 2004,
    "Bootstrap estimates for confidence intervals in ASR performance evaluation", for the same with utterances).

    Parameters
    ----------
    speakers : np.ndarray [shape=(n,)]
        Who speaks.
    truth, guess : np.ndarray [shape=(n,), dtype=int]
        Positions in ``LABELS``.

    Returns
    -------
    list of float or None
        Low and high; None where there are too few speakers to say.
    """
    _, of_speaker = np.unique(speakers, return_inverse=True)
    n_speakers = int(of_speaker.max()) + 1
    if n_speakers < _FEWEST_SPEAKERS:
        return None
    said = np.zeros((n_speakers, len(LABELS)))
    right = np.zeros_like(said)
    np.add.at(said, (of_speaker, truth), 1.0)
    np.add.at(right, (of_speaker, truth), (truth == guess).astype(float))

    def resampled_uar(chosen: np.ndarray, axis: int) -> np.ndarray:
        # ``axis`` counts the speakers chosen, from the end; the labels stand behind it.
        n, n_right = said[chosen].sum(axis=axis - 1), right[chosen].sum(axis=axis - 1)
        return np.nanmean(np.where(n > 0, n_right / np.maximum(n, 1.0), np.nan), axis=-1)

    found = bootstrap(
        (np.arange(n_speakers),),
        resampled_uar,
        n_resamples=_N_RESAMPLES,
        method="percentile",
        vectorized=True,
        rng=np.random.default_rng(0),
    )
    return [_rounded(found.confidence_interval.low), _rounded(found.confidence_interval.high)]


def reliability(table: pd.DataFrame) -> dict[str, Any]:
    """Return whether probabilities mean what they say.

    Expected calibration error: Guo et al. (2017), equation 3, ten bins of equal width.

    Returns
    -------
    dict
        ``expected_calibration_error`` and ``bins``: mean ``probability``, share ``right`` and ``n`` of each bin that
        is not empty.
    """
    answers = among_own_labels(table)
    winning = np.minimum(answers.max(axis=1), 1.0)
    right = answers.argmax(axis=1) == indices_of(table["emotion"])
    share_right, probability = calibration_curve(right, winning, n_bins=_N_BINS, strategy="uniform")
    counts = np.bincount(np.minimum((winning * _N_BINS).astype(int), _N_BINS - 1), minlength=_N_BINS)
    counts = counts[counts > 0]
    error = float(np.sum(counts * np.abs(share_right - probability)) / len(table))
    return {
        "expected_calibration_error": _rounded(error),
        "bins": [
            {"probability": _rounded(says), "right": _rounded(is_), "n": int(n)}
            for says, is_, n in zip(probability, share_right, counts, strict=True)
        ],
    }


def selective(table: pd.DataFrame) -> dict[str, Any]:
    """Return how right the answers are when only the surest are given (El-Yaniv and Wiener 2010).

    Returns
    -------
    dict
        ``coverage`` and ``accuracy`` of the answers that are not "not sure" as the app decides it; ``curve``: pairs of
        coverage and accuracy, from the surest tenth to all.
    """
    answers = table[list(LABELS)].to_numpy()
    right = answers.argmax(axis=1) == indices_of(table["emotion"])
    sure = ~table["unsure"].to_numpy(dtype=bool)
    ranked = right[np.argsort(-answers.max(axis=1), kind="stable")]
    shares = np.linspace(0.1, 1.0, 19)
    return {
        "coverage": _rounded(sure.mean()),
        "accuracy": _rounded(right[sure].mean()) if sure.any() else None,
        "curve": [[_rounded(share), _rounded(ranked[: max(round(share * len(ranked)), 1)].mean())] for share in shares],
    }


def roc(table: pd.DataFrame) -> dict[str, Any]:
    """Return each emotion's receiver operating characteristic against all others.

    Returns
    -------
    dict
        By label: ``area`` under the curve, ``false_alarms`` and ``hits``, thinned to about forty points.
    """
    answers, truth = among_own_labels(table), indices_of(table["emotion"])
    allowed = allowed_labels(table["corpus"])
    curves = {}
    for place in np.unique(truth):
        rows = allowed[:, place]
        is_it, probability = truth[rows] == place, answers[rows, place]
        if is_it.all():
            continue
        false_alarms, hits, _ = roc_curve(is_it, probability)
        at = np.linspace(0.0, 1.0, _CURVE_POINTS)
        curves[LABELS[place]] = {
            "area": _rounded(roc_auc_score(is_it, probability)),
            "false_alarms": [_rounded(share) for share in at],
            "hits": [_rounded(share) for share in np.interp(at, false_alarms, hits)],
        }
    return curves


def _rounded(value: float) -> float:
    return round(float(value), 4)
