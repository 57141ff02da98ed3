from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.evaluation.feature_ablations import ablate_features


def table_of(n_speakers: int, corpus: str = "RAVDESS") -> pd.DataFrame:
    rows = [(corpus, f"RAVDESS-{1 + 4 * actor:02d}", label) for actor in range(n_speakers) for label in LABELS * 4]
    return pd.DataFrame(rows, columns=["corpus", "speaker", "emotion"])


def test_the_one_feature_that_tells_the_emotions_apart_is_found() -> None:
    table = table_of(3)
    summaries = np.random.default_rng(0).normal(size=(len(table), 162))
    for place, label in enumerate(LABELS):
        summaries[table["emotion"] == label, 13 + place] += 8.0
    found = ablate_features(table, summaries).set_index("feature")
    assert found.loc["MFCC", "alone_uar"] > 0.95
    assert found.loc["MFCC", "without_uar"] < 0.35
    assert found.loc["chroma", "alone_uar"] < 0.35
    assert found.loc["chroma", "without_uar"] > 0.6
    assert found.loc["all", "n"] == found["n"].iloc[1:].sum() == 162


@pytest.mark.parametrize("table", [table_of(1), table_of(3, "TESS")], ids=["one fold", "no RAVDESS"])
def test_without_unheard_ravdess_speakers_there_is_nothing_to_say(table: pd.DataFrame) -> None:
    assert len(ablate_features(table, np.zeros((len(table), 162)))) == 0
