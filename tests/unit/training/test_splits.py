"""Folds of speakers, the random split, and corpora left out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ser_core.training.splits import (
    N_FOLDS,
    Split,
    fold_of_speaker,
    folds,
    random_split,
    speaker_independent,
    without_corpora,
    without_test_part,
)

SPEAKERS = {
    "RAVDESS": [f"RAVDESS-{actor:02d}" for actor in range(1, 25)],
    "RAVDESS song": [f"RAVDESS-{actor:02d}" for actor in range(1, 25) if actor != 18],
    "CREMA-D": [f"CREMA-D-{actor}" for actor in range(1001, 1092)],
    "TESS": ["TESS-OAF", "TESS-YAF"],
    "SAVEE": [f"SAVEE-{name}" for name in ("DC", "JE", "JK", "KL")],
    "nEMO": [f"nEMO-{name}" for name in ("EB0", "IC0", "KD0", "KS0", "SM0", "TP0", "WR0")],
    "EMOVO": [f"EMOVO-{name}" for name in ("f1", "f2", "f3", "m1", "m2", "m3")],
}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Four clips per speaker, and twenty clips of unknown speakers."""
    rows = [(corpus, speaker) for corpus, speakers in SPEAKERS.items() for speaker in speakers for _ in range(4)]
    rows += [("folder", None)] * 20
    return pd.DataFrame(rows, columns=["corpus", "speaker"]).astype({"speaker": "str"})


def parts_of(table: pd.DataFrame, split: Split) -> list[set[str]]:
    return [set(table["speaker"].iloc[part].dropna()) for part in (split.train, split.test)]


@pytest.mark.parametrize(
    ("fold", "actors"),
    [(0, range(1, 5)), (1, range(5, 9)), (2, range(9, 13)), (3, range(13, 17)), (4, range(17, 21))],
)
@pytest.mark.parametrize("corpus", ["RAVDESS", "RAVDESS song"])
def test_ravdess_has_four_actors_per_fold(corpus: str, fold: int, actors: range) -> None:
    assert {fold_of_speaker(corpus, f"RAVDESS-{actor:02d}") for actor in actors} == {fold}


@pytest.mark.parametrize("actor", [1001, 1002, 1044, 1050, 1091])
def test_the_fold_of_crema_d_is_the_actor_number_modulo_five(actor: int) -> None:
    assert fold_of_speaker("CREMA-D", f"CREMA-D-{actor}") == actor % 5


def test_the_two_women_of_tess_are_in_different_folds() -> None:
    assert fold_of_speaker("TESS", "TESS-OAF") != fold_of_speaker("TESS", "TESS-YAF")


def test_a_speakers_fold_never_changes() -> None:
    # Hard-coded: published figures name these folds.
    assert [fold_of_speaker("EMOVO", speaker) for speaker in SPEAKERS["EMOVO"]] == [0, 1, 2, 3, 4, 0]
    assert [fold_of_speaker("SAVEE", speaker) for speaker in SPEAKERS["SAVEE"]] == [0, 1, 2, 3]
    assert [fold_of_speaker("nEMO", speaker) for speaker in SPEAKERS["nEMO"]] == [0, 1, 2, 3, 4, 0, 1]
    assert fold_of_speaker("folder", "folder-somebody new") == 4


def test_every_row_has_a_fold_but_those_without_a_speaker(table: pd.DataFrame) -> None:
    row_folds = folds(table)
    has_speaker = table["speaker"].notna().to_numpy()
    assert set(row_folds[has_speaker]) == set(range(N_FOLDS))
    assert set(row_folds[~has_speaker]) == {-1}


@pytest.mark.parametrize("fold", range(N_FOLDS))
def test_no_speaker_is_in_two_parts(table: pd.DataFrame, fold: int) -> None:
    split = speaker_independent(table, fold)
    train, test = parts_of(table, split)
    assert train
    assert test
    assert not train & test
    assert sorted([*split.train, *split.test]) == list(range(len(table)))


def test_each_speaker_is_tested_in_exactly_one_fold(table: pd.DataFrame) -> None:
    tested = np.concatenate([speaker_independent(table, fold).test for fold in range(N_FOLDS)])
    assert len(tested) == len(set(tested))
    assert set(table["speaker"].iloc[tested]) == set(table["speaker"].dropna())


def test_the_shipped_network_is_trained_on_every_clip(table: pd.DataFrame) -> None:
    split = without_test_part(table)
    assert split.train.tolist() == list(range(len(table)))
    assert len(split.test) == 0


def test_a_corpus_left_out_is_tested_on_and_not_trained_on(table: pd.DataFrame) -> None:
    split = without_corpora(table, ("RAVDESS", "RAVDESS song"))
    assert set(table["corpus"].iloc[split.test]) == {"RAVDESS", "RAVDESS song"}
    assert not {"RAVDESS", "RAVDESS song"} & set(table["corpus"].iloc[split.train])
    assert sorted([*split.train, *split.test]) == list(range(len(table)))


def test_clips_without_a_speaker_are_only_trained_on(table: pd.DataFrame) -> None:
    unknown = np.flatnonzero(table["speaker"].isna())
    for fold in range(N_FOLDS):
        assert set(unknown) <= set(speaker_independent(table, fold).train)


def test_a_random_split_shares_speakers(table: pd.DataFrame) -> None:
    train, test = parts_of(table, random_split(table, seed=0))
    assert len(train & test) > 0.5 * len(test)


def test_the_parts_of_a_random_split_are_disjoint_and_hold_80_and_20_percent(table: pd.DataFrame) -> None:
    split = random_split(table, seed=0)
    parts = (split.train, split.test)
    assert sorted(np.concatenate(parts)) == list(range(len(table)))
    assert [len(part) / len(table) for part in parts] == pytest.approx([0.8, 0.2], abs=0.002)


def test_a_random_split_depends_only_on_its_seed(table: pd.DataFrame) -> None:
    first, again, other_seed = (random_split(table, seed).test.tolist() for seed in (1, 1, 2))
    assert first == again != other_seed
