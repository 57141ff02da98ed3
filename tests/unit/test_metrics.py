"""Figures of predictions, compared with values calculated by hand."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.metrics import recognition, reliability, restricted_probabilities, roc, selective, uar_interval


def predictions_of(
    corpus: str, rows: list[tuple[str | None, str, dict[str, float]]], confidence_threshold: float = 0.5
) -> pd.DataFrame:
    """Return a predictions table from (speaker, emotion, probabilities by label; 0 where a label is not named)."""
    table = pd.DataFrame({"corpus": corpus, "speaker": [row[0] for row in rows], "emotion": [row[1] for row in rows]})
    for label in LABELS:
        table[label] = [row[2].get(label, 0.0) for row in rows]
    table["unsure"] = table[list(LABELS)].max(axis=1) < confidence_threshold
    return table


def test_a_corpus_is_measured_among_its_own_labels() -> None:
    table = predictions_of("CREMA-D", [("a", "neutral", {"calm": 0.6, "neutral": 0.3, "sad": 0.1})])
    np.testing.assert_allclose(restricted_probabilities(table)[0, LABELS.index("neutral")], 0.75)
    figures = recognition(table)
    assert figures["accuracy"] == 1.0
    assert "calm" not in figures["labels"]
    assert "surprise" not in figures["labels"]
    assert np.shape(figures["confusion"]) == (6, 6)


def test_clips_of_several_corpora_are_each_measured_among_their_own_labels() -> None:
    calm_before_neutral = {"calm": 0.6, "neutral": 0.4}
    crema_d = predictions_of("CREMA-D", [("a", "neutral", calm_before_neutral)])
    ravdess = predictions_of("RAVDESS", [("b", "calm", calm_before_neutral)])
    figures = recognition(pd.concat([crema_d, ravdess]))
    assert figures["accuracy"] == 1.0
    assert figures["labels"] == list(LABELS)


def test_recognition_by_hand() -> None:
    rows = [("a", "happy", {"happy": 1.0})] * 3 + [("b", "happy", {"sad": 1.0})] + [("b", "sad", {"sad": 1.0})]
    figures = recognition(predictions_of("RAVDESS", rows))
    assert (figures["n"], figures["n_speakers"]) == (5, 2)
    assert figures["accuracy"] == pytest.approx(0.8)
    assert figures["uar"] == pytest.approx((3 / 4 + 1) / 2)
    assert figures["by_emotion"]["happy"] == {
        "n": 4,
        "precision": 1.0,
        "recall": 0.75,
        "f1": pytest.approx(6 / 7, abs=1e-4),
    }
    assert figures["by_emotion"]["sad"]["precision"] == 0.5
    happy_index, sad_index = (figures["labels"].index(label) for label in ("happy", "sad"))
    assert figures["confusion"][happy_index][sad_index] == 1
    assert np.sum(figures["confusion"]) == 5
    assert figures["uar_interval"] is None
    assert json.loads(json.dumps(figures)) == figures


def test_the_interval_is_as_wide_as_speakers_differ() -> None:
    truth = np.zeros(400, dtype=int)
    speakers = pd.Series(np.repeat(np.arange(40), 10))
    alike = np.where(np.arange(400) % 10 < 7, 0, 1)
    # The same share of correct predictions, but each speaker is recognised either always or never.
    apart = np.where(np.arange(400) // 10 % 10 < 7, 0, 1)
    assert uar_interval(speakers, truth, alike) == pytest.approx([0.7, 0.7])
    interval = uar_interval(speakers, truth, apart)
    assert interval is not None
    low, high = interval
    # 1.96 standard errors of a share of 0.7 among 40 speakers.
    assert (high - low) / 2 == pytest.approx(1.96 * np.sqrt(0.7 * 0.3 / 40), rel=0.15)
    assert low < 0.7 < high


def test_all_emotions_count_alike_in_the_interval() -> None:
    # Each of 40 speakers has nine clips of one emotion, all recognised, and one of another, never recognised.
    truth = np.tile([0] * 9 + [1], 40)
    guess = np.zeros(400, dtype=int)
    assert uar_interval(pd.Series(np.repeat(np.arange(40), 10)), truth, guess) == [0.5, 0.5]


def test_clips_without_a_speaker_have_no_interval() -> None:
    rows = [(f"speaker {number}", "sad", {"sad": 1.0}) for number in range(5)]
    assert recognition(predictions_of("folder", rows))["uar_interval"] == [1.0, 1.0]
    figures = recognition(predictions_of("folder", [*rows, (None, "sad", {"sad": 1.0})]))
    assert figures["uar_interval"] is None
    assert figures["n_speakers"] == 5


def test_probabilities_that_match_the_share_correct_are_calibrated() -> None:
    rng = np.random.default_rng(0)
    rows = []
    for _ in range(4000):
        probability = rng.uniform(0.55, 0.95)
        emotion = "sad" if rng.random() < probability else "happy"
        rows.append(("a", emotion, {"sad": probability, "happy": 1.0 - probability}))
    assert reliability(predictions_of("RAVDESS", rows))["expected_calibration_error"] < 0.03


def test_the_calibration_error_by_hand() -> None:
    rows = [("a", "sad", {"sad": 0.95, "happy": 0.05})] * 3 + [("a", "happy", {"sad": 0.95, "happy": 0.05})]
    rows += [("a", "sad", {"sad": 0.55, "happy": 0.45})] * 4
    figures = reliability(predictions_of("RAVDESS", rows))
    assert [(each_bin["n"], each_bin["right"]) for each_bin in figures["bins"]] == [(4, 1.0), (4, 0.75)]
    assert figures["expected_calibration_error"] == pytest.approx(0.5 * 0.45 + 0.5 * 0.2)


def test_a_probability_of_one_falls_into_the_last_bin() -> None:
    figures = reliability(predictions_of("RAVDESS", [("a", "sad", {"sad": 1.0})] * 3))
    assert [each_bin["n"] for each_bin in figures["bins"]] == [3]
    assert figures["expected_calibration_error"] == 0.0


def test_unsure_predictions_are_not_counted() -> None:
    rows = [("a", "sad", {"sad": 0.9})] * 3 + [("a", "happy", {"sad": 0.8})] + [("a", "happy", {"sad": 0.3})] * 6
    figures = selective(predictions_of("RAVDESS", rows))
    assert figures["coverage"] == pytest.approx(0.4)
    assert figures["accuracy"] == pytest.approx(0.75)
    assert figures["curve"][0] == [0.1, 1.0]
    assert figures["curve"][-1] == [1.0, 0.3]


def test_without_any_sure_prediction_there_is_no_accuracy() -> None:
    assert selective(predictions_of("RAVDESS", [("a", "sad", {"sad": 0.2})] * 10))["accuracy"] is None


def test_roc_of_a_perfect_network_and_of_a_guessing_one() -> None:
    perfect = [("a", label, {label: 1.0}) for label in ("sad", "happy") for _ in range(5)]
    guessing = [("a", label, {"sad": 0.5, "happy": 0.5}) for label in ("sad", "happy") for _ in range(5)]
    perfect_curves = roc(predictions_of("RAVDESS", perfect))
    assert {label: curve["area"] for label, curve in perfect_curves.items()} == {"happy": 1.0, "sad": 1.0}
    assert roc(predictions_of("RAVDESS", guessing))["sad"]["area"] == 0.5


def test_roc_leaves_out_clips_whose_corpus_lacks_the_label() -> None:
    ravdess = predictions_of(
        "RAVDESS", [("a", "calm", {"calm": 0.6, "sad": 0.4}), ("a", "sad", {"calm": 0.4, "sad": 0.6})]
    )
    crema_d = predictions_of("CREMA-D", [("b", "sad", {"calm": 0.9, "sad": 0.1})])
    assert roc(pd.concat([ravdess, crema_d], ignore_index=True))["calm"]["area"] == 1.0
