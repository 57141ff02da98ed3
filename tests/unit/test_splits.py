from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.splits import N_FOLDS, Split, fold_of_speaker, folds, random_split, speaker_independent

SPEAKERS = {
    "RAVDESS": [f"RAVDESS-{actor:02d}" for actor in range(1, 25)],
    "RAVDESS song": [f"RAVDESS-{actor:02d}" for actor in range(1, 25) if actor != 18],
    "CREMA-D": [f"CREMA-D-{actor}" for actor in range(1001, 1092)],
    "TESS": ["TESS-OAF", "TESS-YAF"],
    "SAVEE": [f"SAVEE-{name}" for name in ("DC", "JE", "JK", "KL")],
    "nEMO": [f"nEMO-{name}" for name in ("WR0", "KD0", "SM0", "EB0", "AA0", "BB1", "CC2")],
    "EMOVO": [f"EMOVO-{name}" for name in ("f1", "f2", "f3", "m1", "m2", "m3")],
}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Four clips a speaker, and twenty whose speaker nobody knows."""
    rows = [(corpus, speaker) for corpus, speakers in SPEAKERS.items() for speaker in speakers for _ in range(4)]
    rows += [("folder", None)] * 20
    return pd.DataFrame(rows, columns=["corpus", "speaker"]).astype({"speaker": "str"})


def parts_of(table: pd.DataFrame, split: Split) -> list[set[str]]:
    return [set(table["speaker"].iloc[part].dropna()) for part in (split.train, split.validation, split.test)]


@pytest.mark.parametrize(
    ("fold", "actors"),
    [(0, range(1, 5)), (1, range(5, 9)), (2, range(9, 13)), (3, range(13, 17)), (4, range(17, 21))],
)
@pytest.mark.parametrize("corpus", ["RAVDESS", "RAVDESS song"])
def test_ravdess_goes_four_actors_a_fold(corpus: str, fold: int, actors: range) -> None:
    assert {fold_of_speaker(corpus, f"RAVDESS-{actor:02d}") for actor in actors} == {fold}


@pytest.mark.parametrize("actor", [1001, 1002, 1044, 1050, 1091])
def test_crema_d_goes_by_number(actor: int) -> None:
    assert fold_of_speaker("CREMA-D", f"CREMA-D-{actor}") == actor % 5


def test_tess_two_women_are_in_different_folds() -> None:
    assert fold_of_speaker("TESS", "TESS-OAF") != fold_of_speaker("TESS", "TESS-YAF")


def test_a_speakers_fold_never_changes() -> None:
    # Hard-coded: published figures name these folds.
    assert [fold_of_speaker("EMOVO", speaker) for speaker in SPEAKERS["EMOVO"]] == [1, 1, 2, 3, 4, 4]
    assert [fold_of_speaker("SAVEE", speaker) for speaker in SPEAKERS["SAVEE"]] == [1, 0, 0, 3]


def test_every_row_has_a_fold_but_those_without_a_speaker(table: pd.DataFrame) -> None:
    found = folds(table)
    known = table["speaker"].notna().to_numpy()
    assert set(found[known]) == set(range(N_FOLDS))
    assert set(found[~known]) == {-1}


@pytest.mark.parametrize("fold", [*range(N_FOLDS), None])
def test_no_speaker_is_in_two_parts(table: pd.DataFrame, fold: int | None) -> None:
    split = speaker_independent(table, fold)
    train, validation, test = parts_of(table, split)
    assert not train & validation
    assert not train & test
    assert not validation & test
    every_row = np.concatenate([split.train, split.validation, split.test])
    assert sorted(every_row) == list(range(len(table)))


def test_each_speaker_is_tested_in_exactly_one_fold(table: pd.DataFrame) -> None:
    tested = np.concatenate([speaker_independent(table, fold).test for fold in range(N_FOLDS)])
    assert len(tested) == len(set(tested))
    assert set(table["speaker"].iloc[tested]) == set(table["speaker"].dropna())


def test_the_shipped_network_is_tested_on_nobody(table: pd.DataFrame) -> None:
    assert len(speaker_independent(table, None).test) == 0


@pytest.mark.parametrize("fold", [*range(N_FOLDS), None])
def test_a_tenth_of_each_large_corpus_stops_the_training(table: pd.DataFrame, fold: int | None) -> None:
    split = speaker_independent(table, fold)
    stopping = table.iloc[split.validation]
    assert set(stopping["corpus"]) == {"RAVDESS", "RAVDESS song", "CREMA-D"}
    n_speakers = stopping.groupby("corpus")["speaker"].nunique()
    assert n_speakers["RAVDESS"] == 2
    assert n_speakers["CREMA-D"] in {7, 9}


def test_clips_without_a_speaker_are_only_trained_on(table: pd.DataFrame) -> None:
    unknown = np.flatnonzero(table["speaker"].isna())
    for fold in (0, None):
        assert set(unknown) <= set(speaker_independent(table, fold).train)


def test_a_random_split_shares_speakers(table: pd.DataFrame) -> None:
    train, _, test = parts_of(table, random_split(table, seed=0))
    assert len(train & test) > 0.5 * len(test)


def test_a_random_splits_parts_are_disjoint_and_of_the_promised_size(table: pd.DataFrame) -> None:
    split = random_split(table, seed=0)
    parts = (split.train, split.validation, split.test)
    assert sorted(np.concatenate(parts)) == list(range(len(table)))
    assert [len(part) / len(table) for part in parts] == pytest.approx([0.72, 0.08, 0.2], abs=0.002)


def test_a_random_split_depends_on_its_seed_alone(table: pd.DataFrame) -> None:
    first, again, other = (random_split(table, seed).test.tolist() for seed in (1, 1, 2))
    assert first == again != other


def test_of_small_corpora_alone_one_speaker_stops_the_training() -> None:
    rows = [("TESS", f"TESS-{name}") for name in ("OAF", "YAF")] + [("SAVEE", f"SAVEE-{name}") for name in ("DC", "KL")]
    small = pd.DataFrame([*rows, ("SAVEE", "SAVEE-JE")], columns=["corpus", "speaker"])
    split = speaker_independent(small, None)
    assert small["speaker"].iloc[split.validation].tolist() == ["SAVEE-KL"]
    assert len(split.train) == 4


def test_a_lone_speaker_cannot_stop_a_training() -> None:
    alone = pd.DataFrame([("TESS", "TESS-OAF")] * 3, columns=["corpus", "speaker"])
    assert len(speaker_independent(alone, None).validation) == 0
