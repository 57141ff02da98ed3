"""Figures of a predictions table: recognition, calibration, selective prediction and ROC curves.

``predictions_table`` describes the columns of a predictions table. A corpus that lacks some of the eight labels is
measured among its own labels, as studies on that corpus do. The app uses these figures, and so does ``evaluation``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
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
from ser_core.inference.thresholds import LARGEST_SMALL_SET
from ser_core.labels import allowed_labels, label_indices, restrict_to_corpus_labels, uar

_N_RESAMPLES = 1000
_N_BINS = 10
_CURVE_POINTS = 40
_FEWEST_SPEAKERS = 4


def restricted_probabilities(table: pd.DataFrame) -> npt.NDArray[np.floating]:
    """Return the probabilities of a predictions table among the labels of each clip's corpus.

    Parameters
    ----------
    table : pd.DataFrame
        A predictions table.

    Returns
    -------
    np.ndarray [shape=(n, 8)]
        Each row sums to 1.
    """
    return restrict_to_corpus_labels(table[list(LABELS)].to_numpy(), table["corpus"])


def recognition(table: pd.DataFrame) -> dict[str, Any]:
    """Return how well the clips of a predictions table are recognised.

    Parameters
    ----------
    table : pd.DataFrame
        A predictions table with at least one row.

    Returns
    -------
    dict
        ``n`` (clips), ``n_speakers``, ``accuracy``, ``uar``, ``uar_interval`` (see ``uar_interval``), ``macro_f1``,
        ``labels`` (the labels of the corpora), ``confusion`` (counts of clips; rows: true label, columns: predicted
        label, both in the order of ``labels``) and ``by_emotion`` (``n``, ``precision``, ``recall``, ``f1`` by label).
    """
    truth = label_indices(table["emotion"])
    guess = restricted_probabilities(table).argmax(axis=1)
    indices = np.flatnonzero(allowed_labels(table["corpus"]).any(axis=0))
    precision, recall, f1, n_clips = precision_recall_fscore_support(truth, guess, labels=indices, zero_division=0)
    return {
        "n": len(table),
        "n_speakers": int(table["speaker"].nunique()),
        "accuracy": _rounded(accuracy_score(truth, guess)),
        "uar": _rounded(uar(truth, guess)),
        "uar_interval": uar_interval(table["speaker"], truth, guess),
        "macro_f1": _rounded(f1_score(truth, guess, labels=np.unique(truth), average="macro", zero_division=0)),
        "labels": [LABELS[index] for index in indices],
        "confusion": confusion_matrix(truth, guess, labels=indices).tolist(),
        "by_emotion": {
            LABELS[index]: {
                "n": int(n_clips[row]),
                "precision": _rounded(precision[row]),
                "recall": _rounded(recall[row]),
                "f1": _rounded(f1[row]),
            }
            for row, index in enumerate(indices)
        },
    }


def uar_interval(
    speakers: pd.Series, truth: npt.NDArray[np.integer], guess: npt.NDArray[np.integer]
) -> list[float] | None:
    """Return the 95 % bootstrap interval of the unweighted average recall; speakers are resampled, not clips.

    The clips of one speaker are similar. Resampling single clips would give an interval that is too narrow (Bisani and
    Ney 2004, "Bootstrap estimates for confidence intervals in ASR performance evaluation", do the same for utterances).

    Parameters
    ----------
    speakers : pd.Series
        The speaker of each clip.
    truth, guess : np.ndarray [shape=(n,), dtype=int]
        Positions in ``LABELS``.

    Returns
    -------
    list of float or None
        Lower and upper end. None with fewer than four speakers, or where the speaker of a clip is unknown.
    """
    speaker_indices, distinct_speakers = pd.factorize(speakers, sort=True)
    n_speakers = len(distinct_speakers)
    if n_speakers < _FEWEST_SPEAKERS or (speaker_indices < 0).any():
        return None
    n_clips = np.zeros((n_speakers, len(LABELS)))
    n_correct = np.zeros_like(n_clips)
    np.add.at(n_clips, (speaker_indices, truth), 1.0)
    np.add.at(n_correct, (speaker_indices, truth), (truth == guess).astype(float))

    def resampled_uar(resampled: npt.NDArray[np.integer], axis: int) -> npt.NDArray[np.floating]:
        # ``axis`` is the axis of the speakers, counted from the end; indexing adds the axis of the labels after it.
        clips, correct = n_clips[resampled].sum(axis=axis - 1), n_correct[resampled].sum(axis=axis - 1)
        recall = np.where(clips > 0, correct / np.maximum(clips, 1.0), np.nan)
        return np.asarray(np.nanmean(recall, axis=-1))

    interval = bootstrap(
        (np.arange(n_speakers),),
        resampled_uar,
        n_resamples=_N_RESAMPLES,
        method="percentile",
        vectorized=True,
        rng=np.random.default_rng(0),
    ).confidence_interval
    return [_rounded(interval.low), _rounded(interval.high)]


def reliability(table: pd.DataFrame) -> dict[str, Any]:
    """Return how well the winning probabilities agree with the share of correct predictions.

    Expected calibration error: Guo et al. (2017), "On calibration of modern neural networks", equation 3, with ten
    bins of equal width.

    Parameters
    ----------
    table : pd.DataFrame
        A predictions table with at least one row.

    Returns
    -------
    dict
        ``expected_calibration_error`` and ``bins``: mean ``probability``, share ``right`` and number ``n`` of the clips
        in each bin that is not empty.
    """
    probabilities = restricted_probabilities(table)
    winning = np.minimum(probabilities.max(axis=1), 1.0)
    is_correct = probabilities.argmax(axis=1) == label_indices(table["emotion"])
    share_correct, mean_probability = calibration_curve(is_correct, winning, n_bins=_N_BINS, strategy="uniform")
    n_clips = np.bincount(np.minimum((winning * _N_BINS).astype(int), _N_BINS - 1), minlength=_N_BINS)
    n_clips = n_clips[n_clips > 0]
    error = float(np.sum(n_clips * np.abs(share_correct - mean_probability)) / len(table))
    return {
        "expected_calibration_error": _rounded(error),
        "bins": [
            {"probability": _rounded(probability), "right": _rounded(share), "n": int(n)}
            for probability, share, n in zip(mean_probability, share_correct, n_clips, strict=True)
        ],
    }


def selective(table: pd.DataFrame) -> dict[str, Any]:
    """Return how accurate the predictions are when only the most confident are given.

    Selective classification: El-Yaniv and Wiener (2010), "On the foundations of noise-free selective classification".

    Parameters
    ----------
    table : pd.DataFrame
        A predictions table with the column ``unsure`` and at least one row.

    Returns
    -------
    dict
        ``coverage`` (share of the clips with a sure prediction) and ``accuracy`` among these (None if there are none);
        ``curve``: pairs of coverage and accuracy, from the most confident tenth to all clips.
    """
    probabilities = table[list(LABELS)].to_numpy()
    is_correct = probabilities.argmax(axis=1) == label_indices(table["emotion"])
    is_sure = ~table["unsure"].to_numpy(dtype=bool)
    most_confident_first = is_correct[np.argsort(-probabilities.max(axis=1), kind="stable")]
    coverages = np.linspace(0.1, 1.0, 19)
    n_covered = [max(round(coverage * len(table)), 1) for coverage in coverages]
    return {
        "coverage": _rounded(is_sure.mean()),
        "accuracy": _rounded(is_correct[is_sure].mean()) if is_sure.any() else None,
        "curve": [
            [_rounded(coverage), _rounded(most_confident_first[:n].mean())]
            for coverage, n in zip(coverages, n_covered, strict=True)
        ],
    }


def open_answers(table: pd.DataFrame) -> dict[str, Any]:
    """Return how good the answers are as the app gives them: one emotion, a set of a few, or an open one.

    Parameters
    ----------
    table : pd.DataFrame
        A predictions table with at least one row.

    Returns
    -------
    dict
        ``n``, ``uar`` and ``expected_calibration_error`` (see ``recognition`` and ``reliability``); ``sure`` (share of
        the clips for which one emotion is named) and ``right_when_sure`` (None where there are none); ``small_sets``
        (share with at most three emotions) and ``right_in_small_sets`` (share of these whose set holds the true one).
    """
    probabilities = table[list(LABELS)].to_numpy()
    truth = label_indices(table["emotion"])
    true_probability = probabilities[np.arange(len(truth)), truth]
    # The number of labels that are likelier than the true one.
    rank = (probabilities > true_probability[:, None]).sum(axis=1)
    is_in_set = rank < table["set_size"].to_numpy()
    is_sure, is_small = ~table["unsure"].to_numpy(dtype=bool), table["set_size"].to_numpy() <= LARGEST_SMALL_SET
    return {
        "n": len(table),
        "uar": _rounded(uar(truth, restricted_probabilities(table).argmax(axis=1))),
        "expected_calibration_error": reliability(table)["expected_calibration_error"],
        "sure": _rounded(is_sure.mean()),
        "right_when_sure": _rounded((rank[is_sure] == 0).mean()) if is_sure.any() else None,
        "small_sets": _rounded(is_small.mean()),
        "right_in_small_sets": _rounded(is_in_set[is_small].mean()) if is_small.any() else None,
    }


def roc(table: pd.DataFrame) -> dict[str, Any]:
    """Return the receiver operating characteristic of each emotion against all others.

    Parameters
    ----------
    table : pd.DataFrame
        A predictions table.

    Returns
    -------
    dict
        By label: ``area`` under the curve, ``false_alarms`` and ``hits`` at 40 points. A label that all clips of
        its corpora carry has no entry.
    """
    probabilities, truth = restricted_probabilities(table), label_indices(table["emotion"])
    allowed = allowed_labels(table["corpus"])
    curves = {}
    for index in np.unique(truth):
        rows = allowed[:, index]
        is_label, probability = truth[rows] == index, probabilities[rows, index]
        if is_label.all():
            continue
        false_alarms, hits, _ = roc_curve(is_label, probability)
        false_alarm_grid = np.linspace(0.0, 1.0, _CURVE_POINTS)
        curves[LABELS[index]] = {
            "area": _rounded(roc_auc_score(is_label, probability)),
            "false_alarms": [_rounded(share) for share in false_alarm_grid],
            "hits": [_rounded(share) for share in np.interp(false_alarm_grid, false_alarms, hits)],
        }
    return curves


def _rounded(value: float) -> float:
    return round(float(value), 4)
