"""Counts of listeners' votes and of answers, compared with counts by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.dataset import listeners
from ser_core.errors import CorpusError, ModelError

A, B, C = "1001_IEO_ANG_HI", "1001_IEO_SAD_LO", "1002_IEO_ANG_LO"
INTENDED = pd.Series({A: "angry", B: "sad", C: "angry"})


@pytest.fixture
def votes() -> pd.DataFrame:
    rows = {A: [8, 0, 0, 0, 2, 0], B: [0, 0, 0, 0, 5, 5], C: [1, 3, 0, 0, 6, 0]}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(listeners.LABELS))


def test_confusion_rows_are_shares_of_votes(votes: pd.DataFrame) -> None:
    shares = listeners.confusion(votes, INTENDED)
    assert shares.loc["angry"].to_dict() == {
        "angry": 9 / 20,
        "disgust": 3 / 20,
        "fear": 0.0,
        "happy": 0.0,
        "neutral": 8 / 20,
        "sad": 0.0,
    }
    assert shares.loc["sad", "sad"] == 0.5
    assert shares.loc["happy"].isna().all()


def test_agreement_by_group(votes: pd.DataFrame) -> None:
    by_intensity = listeners.agreement(votes, INTENDED, pd.Series({A: "high", B: "low", C: "low"}))
    assert by_intensity.loc["high"].to_dict() == {"clips": 1, "responses": 10, "share": 0.8}
    assert by_intensity.loc["low"].to_dict() == {"clips": 2, "responses": 20, "share": 0.3}


def test_a_tie_counts_by_its_part_in_the_majority_share(votes: pd.DataFrame) -> None:
    # The majority chose the intended emotion for A and, in a tie of two, for B.
    assert listeners.majority_share(votes, INTENDED) == 0.5


def test_clips_without_an_intended_emotion_do_not_count(votes: pd.DataFrame) -> None:
    assert listeners.majority_share(votes, INTENDED[[A]]) == 1.0
    assert listeners.confusion(votes, INTENDED[[A]]).loc["angry", "angry"] == 0.8


def test_votes_of_people_who_saw_the_face_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "tabulatedVotes.csv").write_text(
        f'"","A","D","F","H","N","S","fileName"\n"100001",1,2,3,4,5,6,"{A}"\n"200001",9,9,9,9,9,9,"{A}"\n'
    )
    votes = listeners.read_official_votes(tmp_path)
    assert votes.loc[A].tolist() == [1, 2, 3, 4, 5, 6]
    assert len(votes) == 1


def test_answers_are_among_the_labels_of_the_corpus(tmp_path: Path) -> None:
    path = tmp_path / "out_of_fold.csv"
    path.write_text(
        "corpus,clip,emotion,surprise,angry,calm,disgust,fear,happy,neutral,sad\n"
        f"CREMA-D,{A},angry,0.7,0.2,0.1,0,0,0,0,0\n"
        f"CREMA-D,{B},sad,0,0,0,0,0,0,0.9,0.1\n"
        "RAVDESS,03-01-08-01-01-01-01,surprise,0.7,0.2,0.1,0,0,0,0,0\n"
        "nEMO,x,sad,0,0,0,0,0,0,0,1\n"
    )
    answers = listeners.read_network_answers(path)
    assert answers.set_index("clip")["answer"].to_dict() == {
        A: "angry",
        B: "neutral",
        "03-01-08-01-01-01-01": "surprise",
    }
    as_votes = listeners.as_votes(answers)
    assert np.array_equal(as_votes.sum(axis=1), [1, 1])
    assert listeners.majority_share(as_votes, INTENDED[[A, B]]) == 0.5


def test_missing_files_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="table of votes"):
        listeners.read_official_votes(tmp_path)
    with pytest.raises(ModelError, match="missing or damaged"):
        listeners.read_network_answers(tmp_path / "none.csv")


def test_the_committed_answers_can_be_read() -> None:
    answers = listeners.read_network_answers()
    assert answers["clip"].notna().all()
    assert not answers.duplicated(["corpus", "clip"]).any()
    assert set(answers["corpus"]) <= {"CREMA-D", "RAVDESS", "SAVEE", "TESS"}
