"""Temperature, confidence threshold and set threshold, fitted to predictions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.evaluation.fit_thresholds import (
    apply_calibration,
    fit_calibration,
    fit_confidence_threshold,
    fit_set_threshold,
    fit_temperature,
)
from ser_core.inference.calibration import probabilities
from ser_core.inference.thresholds import LARGEST_SMALL_SET, TARGET_ACCURACY, Calibration

N_LABELS = len(LABELS)


def labels_drawn_from(logits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return one label per row, drawn with the probabilities of the logits."""
    cumulative = probabilities(logits, 1.0).cumsum(axis=1)
    return (cumulative < rng.random((len(logits), 1))).sum(axis=1).clip(max=N_LABELS - 1)


@pytest.mark.parametrize("overconfidence", [0.5, 1.0, 2.5])
def test_the_temperature_undoes_overconfidence(overconfidence: float) -> None:
    rng = np.random.default_rng(1)
    logits = rng.normal(0.0, 2.0, size=(8000, N_LABELS))
    truth = labels_drawn_from(logits, rng)
    temperature = fit_temperature(overconfidence * logits, truth, np.ones_like(logits, dtype=bool), np.ones(8000))
    assert temperature == pytest.approx(overconfidence, rel=0.05)


def test_the_temperature_ignores_labels_that_a_corpus_lacks() -> None:
    rng = np.random.default_rng(2)
    logits = rng.normal(0.0, 2.0, size=(2000, N_LABELS))
    allowed = np.ones_like(logits, dtype=bool)
    allowed[:, -2:] = False
    truth = labels_drawn_from(np.where(allowed, logits, -1e9), rng)
    high_for_lacking_labels = logits.copy()
    high_for_lacking_labels[:, -2:] += 20.0
    expected = fit_temperature(logits, truth, allowed, np.ones(2000))
    assert fit_temperature(high_for_lacking_labels, truth, allowed, np.ones(2000)) == pytest.approx(expected)


def test_enough_predictions_above_the_confidence_threshold_are_correct() -> None:
    probability = np.linspace(1.0, 0.01, 100)
    is_correct = np.arange(100) < 60
    threshold = fit_confidence_threshold(probability, is_correct, np.ones(100), target_accuracy=0.75)
    # 60 correct predictions among the 80 most confident are three in four; among 81 they are fewer.
    assert threshold == pytest.approx(probability[79])
    assert is_correct[probability >= threshold].mean() == 0.75


def test_the_confidence_threshold_does_not_depend_on_the_order_of_the_clips() -> None:
    rng = np.random.default_rng(3)
    probability, is_correct = rng.random(200), rng.random(200) < 0.7
    order = rng.permutation(200)
    threshold = fit_confidence_threshold(probability, is_correct, np.ones(200))
    assert fit_confidence_threshold(probability[order], is_correct[order], np.ones(200)) == threshold


def test_without_errors_no_prediction_is_unsure() -> None:
    probability = np.linspace(0.9, 0.4, 50)
    assert fit_confidence_threshold(probability, np.ones(50, dtype=bool), np.ones(50)) == pytest.approx(0.4)


@pytest.mark.parametrize("n_correct", [0, 19])
def test_few_correct_predictions_set_no_threshold(n_correct: int) -> None:
    probability = np.linspace(1.0, 0.1, 200)
    assert fit_confidence_threshold(probability, np.arange(200) < n_correct, np.ones(200), target_accuracy=0.99) > 1.0


def test_predictions_with_equal_probability_are_all_sure_or_all_unsure() -> None:
    probability = np.repeat([0.9, 0.5], 50)
    # In this order, the first ten predictions at 0.5 are correct: a threshold between equal values would keep only
    # these ten.
    is_correct = np.concatenate([np.ones(50), np.ones(10), np.zeros(40)]).astype(bool)
    threshold = fit_confidence_threshold(probability, is_correct, np.ones(100), target_accuracy=0.75)
    assert is_correct[probability >= threshold].mean() >= 0.75


def test_calibration_undoes_a_scaling_of_the_logits() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0.0, 2.0, size=(4000, N_LABELS))
    truth = labels_drawn_from(logits, rng)
    table = pd.DataFrame(3.0 * logits, columns=list(LABELS))
    table["corpus"], table["emotion"] = "RAVDESS", [LABELS[index] for index in truth]
    calibration = fit_calibration(table)
    assert calibration.temperature == pytest.approx(3.0, rel=0.1)
    predictions = apply_calibration(table, calibration)
    sure = predictions[~predictions["unsure"]]
    # Two points above the promise, because an unknown corpus reaches less.
    share_right = np.mean(sure[list(LABELS)].idxmax(axis=1) == sure["emotion"])
    assert share_right == pytest.approx(TARGET_ACCURACY + 0.02, abs=0.01)
    assert apply_calibration(table, Calibration(3.0, 2.0, 0.1))["unsure"].all()


def test_the_true_emotion_is_in_the_set_as_often_as_required() -> None:
    """Where the true emotion is among the three likeliest in all small sets, all clips together set the threshold."""
    rng = np.random.default_rng(5)
    calibrated = np.sort(rng.dirichlet(np.ones(N_LABELS), size=1000), axis=1)[:, ::-1]
    truth = rng.integers(0, 2, size=1000)
    threshold = fit_set_threshold(calibrated, truth, np.zeros(1000, dtype=bool), np.ones(1000), target_coverage=0.8)
    assert np.mean(calibrated[np.arange(1000), truth] >= threshold) == 0.8


@pytest.mark.parametrize("seed", range(5))
def test_small_sets_hold_the_true_emotion_as_often_as_required(seed: int) -> None:
    """The fitted threshold is the highest of all, tried one by one, with which both shares are reached."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(0.0, 2.0, size=(400, N_LABELS))
    calibrated = probabilities(logits, 1.0)
    truth = labels_drawn_from(0.9 * logits, rng)
    is_sure = calibrated.max(axis=1) >= 0.95
    weights = rng.uniform(0.5, 2.0, size=400)
    table = pd.DataFrame(logits, columns=list(LABELS))

    def shares(threshold: float) -> tuple[float, float]:
        sizes = apply_calibration(table, Calibration(1.0, 0.95, threshold))["set_size"].to_numpy()
        ranks = (calibrated > true_probability[:, np.newaxis]).sum(axis=1)
        is_small = sizes <= LARGEST_SMALL_SET
        of_small_sets = np.average((ranks < sizes)[is_small], weights=weights[is_small])
        return np.average(true_probability >= threshold, weights=weights), of_small_sets

    true_probability = calibrated[np.arange(400), truth]
    expected = max(threshold for threshold in true_probability if min(shares(threshold)) >= 0.8)
    assert fit_set_threshold(calibrated, truth, is_sure, weights, target_coverage=0.8) == expected


def test_where_no_small_set_is_right_often_enough_all_clips_set_the_threshold() -> None:
    calibrated = np.tile([0.9, 0.03, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01], (10, 1))
    threshold = fit_set_threshold(calibrated, np.full(10, 3), np.ones(10, dtype=bool), np.ones(10))
    assert threshold == pytest.approx(0.01)


def test_each_corpus_counts_alike() -> None:
    """A large corpus whose predictions are wrong must not hide that a small one needs no threshold, and vice versa."""
    right = np.full(N_LABELS, -5.0)
    right[0] = 5.0
    rows = [("RAVDESS", LABELS[0])] * 30 + [("TESS", LABELS[0])] * 300
    table = pd.DataFrame(np.tile(right, (330, 1)), columns=list(LABELS))
    table[["corpus", "emotion"]] = rows
    # A third of the clips of the large corpus is wrong: five in six predictions are right if both corpora count alike,
    # and 70 % if every clip does.
    table.loc[np.arange(330) >= 230, "emotion"] = LABELS[2]
    assert fit_calibration(table).confidence_threshold <= 1.0
