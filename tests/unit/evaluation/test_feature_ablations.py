"""The ablations of the original project's features."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.evaluation.feature_ablations import ablate_features
from ser_core.features.extraction import SUMMARY_LAYOUT


def table_of(n_speakers: int, corpus: str = "RAVDESS") -> pd.DataFrame:
    rows = [(corpus, f"RAVDESS-{1 + 4 * actor:02d}", label) for actor in range(n_speakers) for label in LABELS * 4]
    return pd.DataFrame(rows, columns=["corpus", "speaker", "emotion"])


def test_the_only_feature_that_differs_between_emotions_has_the_highest_uar() -> None:
    table = table_of(3)
    summaries = np.random.default_rng(0).normal(size=(len(table), 162))
    first_mfcc = SUMMARY_LAYOUT["mfcc"].start
    for index, label in enumerate(LABELS):
        summaries[table["emotion"] == label, first_mfcc + index] += 8.0
    ablations = ablate_features(table, summaries).set_index("feature")
    assert ablations.loc["MFCC", "alone_uar"] > 0.95
    assert ablations.loc["MFCC", "without_uar"] < 0.35
    assert ablations.loc["chroma", "alone_uar"] < 0.35
    assert ablations.loc["chroma", "without_uar"] > 0.6
    assert ablations.loc["all", "n"] == ablations["n"].iloc[1:].sum() == 162


@pytest.mark.parametrize(
    "table",
    [table_of(1), table_of(3, "TESS"), table_of(3).assign(emotion="sad")],
    ids=["one fold", "no RAVDESS", "one emotion"],
)
def test_without_two_folds_and_two_emotions_there_are_no_ablations(table: pd.DataFrame) -> None:
    assert len(ablate_features(table, np.zeros((len(table), 162)))) == 0
