from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.evaluation.metrics import among_own_labels, recognition, reliability, roc, selective, uar_interval


def answers(
    corpus: str, rows: list[tuple[str, str, dict[str, float]]], confidence_threshold: float = 0.5
) -> pd.DataFrame:
    """A table of answers from (speaker, emotion, probabilities of some labels)."""
    table = pd.DataFrame({"corpus": corpus, "speaker": [row[0] for row in rows], "emotion": [row[1] for row in rows]})
    for label in LABELS:
        table[label] = [row[2].get(label, 0.0) for row in rows]
    table["unsure"] = table[list(LABELS)].max(axis=1) < confidence_threshold
    return table


def test_a_corpus_is_measured_among_its_own_labels() -> None:
    table = answers("CREMA-D", [("a", "neutral", {"calm": 0.6, "neutral": 0.3, "sad": 0.1})])
    np.testing.assert_allclose(among_own_labels(table)[0, LABELS.index("neutral")], 0.75)
    found = recognition(table)
    assert found["accuracy"] == 1.0
    assert "calm" not in found["labels"]
    assert "surprise" not in found["labels"]
    assert np.shape(found["confusion"]) == (6, 6)


def test_recognition_by_hand() -> None:
    sure = [("a", "happy", {"happy": 1.0})] * 3 + [("b", "happy", {"sad": 1.0})] + [("b", "sad", {"sad": 1.0})]
    found = recognition(answers("RAVDESS", sure))
    assert (found["n"], found["n_speakers"]) == (5, 2)
    assert found["accuracy"] == pytest.approx(0.8)
    assert found["uar"] == pytest.approx((3 / 4 + 1) / 2)
    assert found["by_emotion"]["happy"] == {
        "n": 4,
        "precision": 1.0,
        "recall": 0.75,
        "f1": pytest.approx(6 / 7, abs=1e-4),
    }
    assert found["by_emotion"]["sad"]["precision"] == 0.5
    place_of_happy, place_of_sad = (found["labels"].index(label) for label in ("happy", "sad"))
    assert found["confusion"][place_of_happy][place_of_sad] == 1
    assert np.sum(found["confusion"]) == 5
    assert found["uar_interval"] is None


def test_the_interval_is_as_wide_as_speakers_differ() -> None:
    truth = np.zeros(400, dtype=int)
    speakers = np.repeat(np.arange(40), 10)
    alike = np.where(np.arange(400) % 10 < 7, 0, 1)
    # The same share of right answers, but some people are always and some never understood.
    apart = np.where(np.arange(400) // 10 % 10 < 7, 0, 1)
    low, high = uar_interval(speakers, truth, alike)
    assert low == high == pytest.approx(0.7)
    low, high = uar_interval(speakers, truth, apart)
    # 1.96 standard errors of a share of 0.7 among 40 people.
    assert (high - low) / 2 == pytest.approx(1.96 * np.sqrt(0.7 * 0.3 / 40), rel=0.15)
    assert low < 0.7 < high


def test_the_interval_is_of_the_recall_of_all_emotions_alike() -> None:
    # Each of 40 people says nine clips of one emotion, all understood, and one of another, never understood.
    truth = np.tile([0] * 9 + [1], 40)
    guess = np.zeros(400, dtype=int)
    assert uar_interval(np.repeat(np.arange(40), 10), truth, guess) == [0.5, 0.5]


def test_a_network_that_means_what_it_says_is_calibrated() -> None:
    rng = np.random.default_rng(0)
    rows = []
    for _ in range(4000):
        share = rng.uniform(0.55, 0.95)
        rows.append(("a", "sad" if rng.random() < share else "happy", {"sad": share, "happy": 1.0 - share}))
    assert reliability(answers("RAVDESS", rows))["expected_calibration_error"] < 0.03


def test_the_calibration_error_by_hand() -> None:
    rows = [("a", "sad", {"sad": 0.95, "happy": 0.05})] * 3 + [("a", "happy", {"sad": 0.95, "happy": 0.05})]
    rows += [("a", "sad", {"sad": 0.55, "happy": 0.45})] * 4
    found = reliability(answers("RAVDESS", rows))
    assert [(each["n"], each["right"]) for each in found["bins"]] == [(4, 1.0), (4, 0.75)]
    assert found["expected_calibration_error"] == pytest.approx(0.5 * 0.45 + 0.5 * 0.2)


def test_a_certain_answer_falls_into_the_last_bin() -> None:
    found = reliability(answers("RAVDESS", [("a", "sad", {"sad": 1.0})] * 3))
    assert [each["n"] for each in found["bins"]] == [3]
    assert found["expected_calibration_error"] == 0.0


def test_what_is_not_sure_is_not_counted() -> None:
    rows = [("a", "sad", {"sad": 0.9})] * 3 + [("a", "happy", {"sad": 0.8})] + [("a", "happy", {"sad": 0.3})] * 6
    found = selective(answers("RAVDESS", rows))
    assert found["coverage"] == pytest.approx(0.4)
    assert found["accuracy"] == pytest.approx(0.75)
    assert found["curve"][0] == [0.1, 1.0]
    assert found["curve"][-1] == [1.0, 0.3]


def test_nothing_sure_has_no_accuracy() -> None:
    assert selective(answers("RAVDESS", [("a", "sad", {"sad": 0.2})] * 10))["accuracy"] is None


def test_roc_of_a_perfect_and_a_blind_network() -> None:
    perfect = [("a", label, {label: 1.0}) for label in ("sad", "happy") for _ in range(5)]
    blind = [("a", label, {"sad": 0.5, "happy": 0.5}) for label in ("sad", "happy") for _ in range(5)]
    assert {label: each["area"] for label, each in roc(answers("RAVDESS", perfect)).items()} == {
        "happy": 1.0,
        "sad": 1.0,
    }
    assert roc(answers("RAVDESS", blind))["sad"]["area"] == 0.5


def test_roc_leaves_out_clips_whose_corpus_lacks_the_label() -> None:
    ravdess = answers("RAVDESS", [("a", "calm", {"calm": 0.6, "sad": 0.4}), ("a", "sad", {"calm": 0.4, "sad": 0.6})])
    crema_d = answers("CREMA-D", [("b", "sad", {"calm": 0.9, "sad": 0.1})])
    assert roc(pd.concat([ravdess, crema_d], ignore_index=True))["calm"]["area"] == 1.0
