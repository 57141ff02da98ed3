from __future__ import annotations

import numpy as np
import pytest

from ser_core.inference.calibration import fit_confidence_threshold, fit_temperature, pool_windows, probabilities

N_LABELS = 8
ALL = np.ones((1, N_LABELS), dtype=bool)


def drawn_from(logits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Labels that occur exactly as often as the logits say."""
    shares = probabilities(logits, 1.0)
    return (shares.cumsum(axis=1) < rng.random((len(logits), 1))).sum(axis=1).clip(max=N_LABELS - 1)


def test_probabilities_sum_to_one_and_keep_the_order() -> None:
    logits = np.random.default_rng(0).normal(0.0, 30.0, size=(50, N_LABELS))
    found = probabilities(logits, 1.7)
    np.testing.assert_allclose(found.sum(axis=1), 1.0)
    np.testing.assert_array_equal(found.argsort(axis=1), logits.argsort(axis=1))


def test_probabilities_by_hand() -> None:
    assert probabilities(np.array([0.0, 2.0 * np.log(3.0)]), 2.0) == pytest.approx([0.25, 0.75])


def test_a_higher_temperature_is_more_modest() -> None:
    logits = np.array([3.0] + [0.0] * 7)
    assert probabilities(logits, 2.0)[0] < probabilities(logits, 1.0)[0]


def test_windows_count_by_their_share_of_sound() -> None:
    logits = np.array([[4.0, 0.0], [0.0, 8.0]])
    assert pool_windows(logits, np.array([0.75, 0.25])) == pytest.approx([3.0, 2.0])
    assert pool_windows(logits, np.zeros(2)) == pytest.approx([2.0, 4.0])


@pytest.mark.parametrize("overconfidence", [0.5, 1.0, 2.5])
def test_the_temperature_undoes_overconfidence(overconfidence: float) -> None:
    rng = np.random.default_rng(1)
    honest = rng.normal(0.0, 2.0, size=(8000, N_LABELS))
    truth = drawn_from(honest, rng)
    found = fit_temperature(overconfidence * honest, truth, np.repeat(ALL, len(truth), axis=0))
    assert found == pytest.approx(overconfidence, rel=0.05)


def test_the_temperature_ignores_labels_that_a_corpus_lacks() -> None:
    rng = np.random.default_rng(2)
    logits = rng.normal(0.0, 2.0, size=(2000, N_LABELS))
    allowed = np.repeat(ALL, len(logits), axis=0)
    allowed[:, -2:] = False
    truth = drawn_from(np.where(allowed, logits, -1e9), rng)
    misled = logits.copy()
    misled[:, -2:] += 20.0
    assert fit_temperature(misled, truth, allowed) == pytest.approx(fit_temperature(logits, truth, allowed))


def test_confidence_threshold_is_the_point_from_which_answers_are_right_often_enough() -> None:
    probability = np.linspace(1.0, 0.01, 100)
    correct = np.arange(100) < 60
    point = fit_confidence_threshold(probability, correct, wanted=0.75)
    # 60 right of the 80 surest are three in four; of 81 they are fewer.
    assert point == pytest.approx(probability[79])
    assert correct[probability >= point].mean() == 0.75


def test_confidence_threshold_does_not_depend_on_the_order_of_clips() -> None:
    rng = np.random.default_rng(3)
    probability, correct = rng.random(200), rng.random(200) < 0.7
    order = rng.permutation(200)
    assert fit_confidence_threshold(probability, correct) == fit_confidence_threshold(
        probability[order], correct[order]
    )


def test_a_good_network_is_never_unsure() -> None:
    probability = np.linspace(0.9, 0.4, 50)
    assert fit_confidence_threshold(probability, np.ones(50, dtype=bool)) == pytest.approx(0.4)


@pytest.mark.parametrize("n_right", [0, 19])
def test_a_few_lucky_answers_make_nobody_sure(n_right: int) -> None:
    probability = np.linspace(1.0, 0.1, 200)
    assert fit_confidence_threshold(probability, np.arange(200) < n_right, wanted=0.99) > 1.0


def test_of_equally_sure_answers_all_are_sure_or_none() -> None:
    probability = np.repeat([0.9, 0.5], 50)
    # Sorted by luck, the first right answers at 0.5 must not carry the wrong ones with them.
    correct = np.concatenate([np.ones(50), np.ones(10), np.zeros(40)]).astype(bool)
    point = fit_confidence_threshold(probability, correct, wanted=0.75)
    assert correct[probability >= point].mean() >= 0.75
