from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from ser_core.corpora import LABELS_OF
from ser_core.emotions import LABELS
from ser_core.evaluation.evaluation import allowed_labels, figures, indices_of, uar


def answering(*answers: str, second: str | None = None) -> np.ndarray:
    """Probabilities with each answer on top, and one other label next to it."""
    found = np.full((len(answers), len(LABELS)), 0.01)
    if second is not None:
        found[:, LABELS.index(second)] = 0.3
    found[np.arange(len(answers)), [LABELS.index(answer) for answer in answers]] = 0.6
    return found / found.sum(axis=1, keepdims=True)


def table_of(corpus: str, *emotions: str) -> pd.DataFrame:
    return pd.DataFrame({"corpus": corpus, "emotion": list(emotions)})


def test_indices_are_places_in_the_labels() -> None:
    assert indices_of(pd.Series(["surprise", "angry", "sad"])).tolist() == [7, 0, 6]


def test_allowed_labels_are_those_of_each_rows_corpus() -> None:
    found = allowed_labels(pd.Series(["CREMA-D", "RAVDESS", "folder", "CREMA-D"]))
    assert found.dtype == bool
    assert [LABELS[place] for place in np.flatnonzero(found[0])] == list(LABELS_OF["CREMA-D"])
    assert found[1].all()
    assert found[2].all()
    np.testing.assert_array_equal(found[3], found[0])
    assert allowed_labels(pd.Series([], dtype=str)).shape == (0, len(LABELS))


def test_uar_averages_the_recalls() -> None:
    truth = np.array([0] * 8 + [6] * 2)
    guess = np.array([0] * 6 + [1, 1] + [6, 0])
    # 6 of 8 and 1 of 2; that label 1 is answered but never true does not count.
    assert uar(truth, guess) == pytest.approx((0.75 + 0.5) / 2)


def test_figures_by_hand() -> None:
    table = table_of("RAVDESS", "happy", "happy", "happy", "happy", "calm", "calm")
    found = figures(table, answering("happy", "happy", "happy", "sad", "calm", "neutral"))
    entry = found["corpora"]["RAVDESS"]
    assert found["labels"] == list(LABELS)
    assert entry["n"] == 6
    assert entry["accuracy"] == pytest.approx(4 / 6)
    assert entry["uar"] == pytest.approx((3 / 4 + 1 / 2) / 2)
    assert entry["restricted"] is None
    expected = np.zeros((8, 8), dtype=int)
    for truth, answer, count in [
        ("happy", "happy", 3), ("happy", "sad", 1), ("calm", "calm", 1), ("calm", "neutral", 1)
    ]:  # fmt: skip
        expected[LABELS.index(truth), LABELS.index(answer)] = count
    assert entry["confusion"] == expected.tolist()
    assert found["overall"] == entry


def test_a_corpus_that_lacks_labels_is_also_judged_among_its_own() -> None:
    table = table_of("CREMA-D", "neutral", "neutral", "sad", "sad")
    # Calm and surprise are none of its answers: the next best is taken, which is neutral.
    found = figures(table, answering("calm", "neutral", "surprise", "sad", second="neutral"))
    entry = found["corpora"]["CREMA-D"]
    assert entry["accuracy"] == 0.5
    assert entry["uar"] == 0.5
    restricted = entry["restricted"]
    assert restricted["labels"] == list(LABELS_OF["CREMA-D"])
    assert restricted["accuracy"] == 0.75
    assert restricted["uar"] == pytest.approx((1.0 + 0.5) / 2)
    assert entry["confusion"][LABELS.index("neutral")][LABELS.index("calm")] == 1


def test_overall_lets_each_clip_answer_among_its_own_corpus_labels() -> None:
    table = pd.concat([table_of("CREMA-D", "neutral"), table_of("RAVDESS", "calm")], ignore_index=True)
    found = figures(table, answering("calm", "calm", second="neutral"))
    assert list(found["corpora"]) == ["CREMA-D", "RAVDESS"]
    assert found["overall"]["n"] == 2
    assert found["overall"]["accuracy"] == 0.5
    assert found["overall"]["restricted"]["accuracy"] == 1.0
    assert found["overall"]["restricted"]["labels"] == list(LABELS)


def test_a_folder_of_ones_own_may_hold_any_labels() -> None:
    found = figures(table_of("folder", "calm", "surprise"), answering("calm", "happy"))
    assert found["corpora"]["folder"]["uar"] == 0.5
    assert found["corpora"]["folder"]["restricted"] is None


def test_a_table_may_have_any_index() -> None:
    table = table_of("RAVDESS", "happy", "sad")
    table.index = [7, 3]
    assert figures(table, answering("happy", "sad"))["overall"]["accuracy"] == 1.0


def test_figures_are_json() -> None:
    found = figures(table_of("CREMA-D", "happy", "sad"), answering("happy", "sad"))
    assert json.loads(json.dumps(found)) == found
