"""Label indices, the labels of each corpus, and UAR."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.corpora import LABELS_OF
from ser_core.emotions import LABELS
from ser_core.labels import allowed_labels, label_indices, likeliest_labels, restrict_to_corpus_labels, uar


def scores_of(**score_of_label: float) -> np.ndarray:
    """One row of scores [shape=(1, 8)]; labels that are not named have 0."""
    return np.array([[score_of_label.get(label, 0.0) for label in LABELS]])


def test_label_indices_are_positions_in_the_labels() -> None:
    assert label_indices(pd.Series(["surprise", "angry", "sad"])).tolist() == [7, 0, 6]


def test_allowed_labels_are_those_of_each_rows_corpus() -> None:
    allowed = allowed_labels(pd.Series(["CREMA-D", "RAVDESS", "folder", "CREMA-D"]))
    assert allowed.dtype == bool
    assert [LABELS[index] for index in np.flatnonzero(allowed[0])] == list(LABELS_OF["CREMA-D"])
    assert allowed[1].all()
    assert allowed[2].all()
    np.testing.assert_array_equal(allowed[3], allowed[0])
    assert allowed_labels(pd.Series([], dtype=str)).shape == (0, len(LABELS))


def test_probabilities_are_restricted_to_the_labels_of_the_corpus() -> None:
    probabilities = scores_of(calm=0.6, neutral=0.3, sad=0.1)
    restricted = restrict_to_corpus_labels(probabilities, pd.Series(["CREMA-D"]))
    np.testing.assert_allclose(restricted, scores_of(neutral=0.75, sad=0.25))
    np.testing.assert_array_equal(restrict_to_corpus_labels(probabilities, pd.Series(["RAVDESS"])), probabilities)


def test_the_likeliest_label_is_one_of_the_corpus_own() -> None:
    logits = np.repeat(scores_of(calm=5.0, surprise=4.0, neutral=-1.0) - 3.0, 2, axis=0)
    logits[:, LABELS.index("neutral")] = -1.0
    guess = likeliest_labels(logits, pd.Series(["CREMA-D", "RAVDESS"]))
    assert [LABELS[index] for index in guess] == ["neutral", "calm"]


def test_uar_averages_the_recalls_of_the_labels_that_occur() -> None:
    truth = np.array([0] * 8 + [6] * 2)
    guess = np.array([0] * 6 + [1, 1] + [6, 0])
    # Recalls: 6 of 8 and 1 of 2. Label 1 is guessed but never true, so it does not count.
    assert uar(truth, guess) == pytest.approx((0.75 + 0.5) / 2)
