"""Reading of the predictions tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.predictions_table import predictions_path, read_predictions, with_answers


def predictions() -> pd.DataFrame:
    """One clip of CREMA-D and one of RAVDESS, with the same probabilities."""
    table = pd.DataFrame(0.0, index=range(2), columns=list(LABELS))
    table["calm"], table["neutral"], table["sad"] = 0.6, 0.3, 0.1
    return table.assign(corpus=["CREMA-D", "RAVDESS"], emotion="neutral", clip=["0012", "0013"])


def test_the_answer_is_the_likeliest_label_that_the_corpus_has() -> None:
    table = with_answers(predictions())
    assert table["answer"].tolist() == ["neutral", "calm"]
    assert table["probability"].tolist() == pytest.approx([0.75, 0.6])


def test_clip_names_stay_text(tmp_path: Path) -> None:
    path = predictions_path("tiny", "out_of_fold", tmp_path)
    predictions().to_csv(path, index=False)
    assert read_predictions(path)["clip"].tolist() == ["0012", "0013"]


@pytest.mark.parametrize("damage", ["missing", "empty", "no probabilities", "not text"])
def test_a_damaged_table_is_a_model_error(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    if damage == "empty":
        path.touch()
    elif damage == "no probabilities":
        predictions().drop(columns="sad").to_csv(path, index=False)
    elif damage == "not text":
        path.write_bytes(b"\xff\x00\xfe")
    with pytest.raises(ModelError, match=r"table\.csv"):
        read_predictions(path)


@pytest.mark.parametrize("network", ["ser_cnn", "seed_cnn"])
@pytest.mark.parametrize("kind", ["out_of_fold", "random_split", "unseen_corpus"])
def test_the_committed_tables_can_be_read(network: str, kind: str) -> None:
    table = read_predictions(predictions_path(network, kind))
    assert set(table["emotion"]) <= set(LABELS)
    assert not table["unsure"].isna().any()
