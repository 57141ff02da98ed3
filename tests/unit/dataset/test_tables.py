"""The committed table of clips holds the whole Kaggle set, with the counts that its corpora publish."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ser_core.dataset.clip_list import N_CLIPS
from ser_core.dataset.tables import INVENTORY_ONLY, MEASURED, RECONSTRUCTED, read_clips, read_sound_map, read_votes
from ser_core.errors import CorpusError
from ser_core.features.cues import MEL_BASED, WORDS


@pytest.fixture(scope="module")
def clips() -> pd.DataFrame:
    return read_clips()


def test_it_holds_the_whole_target_set(clips: pd.DataFrame) -> None:
    assert len(clips) == N_CLIPS == 12_162
    assert not clips.duplicated(["corpus", "clip"]).any()
    by_corpus = clips.groupby("corpus").agg(clips=("clip", "size"), speakers=("speaker", "nunique"))
    assert by_corpus.to_dict("index") == {
        "CREMA-D": {"clips": 7_442, "speakers": 91},
        "RAVDESS": {"clips": 1_440, "speakers": 24},
        "SAVEE": {"clips": 480, "speakers": 4},
        "TESS": {"clips": 2_800, "speakers": 2},
    }


def test_emotions_are_those_that_the_corpora_publish(clips: pd.DataFrame) -> None:
    table = pd.crosstab(clips["corpus"], clips["emotion"])
    assert table.loc["CREMA-D"].tolist() == [1271, 0, 1271, 1271, 1271, 1087, 1271, 0]
    assert table.loc["RAVDESS"].tolist() == [192, 192, 192, 192, 192, 96, 192, 192]
    assert table.loc["SAVEE"].tolist() == [60, 0, 60, 60, 60, 120, 60, 60]
    assert table.loc["TESS"].tolist() == [400, 0, 400, 400, 400, 400, 400, 400]


def test_ages_and_durations_are_those_that_the_corpora_publish(clips: pd.DataFrame) -> None:
    n_known = clips.groupby("corpus")[["age_years", "duration_s"]].count()
    assert n_known.loc["CREMA-D"].tolist() == [7_442, 7_442]
    assert n_known.loc["SAVEE"].tolist() == [0, 0]
    assert n_known.loc["RAVDESS", "age_years"] == 0
    assert n_known.loc["TESS", "age_years"] == 2_800
    # The sentence is a code or TESS's one word, never a whole sentence.
    assert not clips["sentence"].str.contains(" ").any()


def test_a_reconstructed_clip_has_only_measures_of_its_mel_spectrogram(clips: pd.DataFrame) -> None:
    reconstructed = clips[clips["source"] == RECONSTRUCTED]
    assert set(reconstructed["corpus"]) == {"CREMA-D"}
    assert reconstructed[["mfcc_2", "mfcc_20", "map_x", *sorted(MEL_BASED)]].notna().all().all()
    assert reconstructed[["mfcc_1", *(set(WORDS) - MEL_BASED)]].isna().all().all()


def test_a_clip_without_a_recording_has_no_measurement(clips: pd.DataFrame) -> None:
    only_listed = clips[clips["source"] == INVENTORY_ONLY]
    assert only_listed[[*WORDS, "mfcc_1", "mfcc_2", "map_x"]].isna().all().all()
    measured = clips[clips["source"] == MEASURED]
    assert measured[["level_dbfs", "mfcc_1", "map_x", "duration_s"]].notna().all().all()


def test_a_clip_that_cannot_be_used_has_no_measurement(clips: pd.DataFrame) -> None:
    defects = clips[clips["defect"] != ""]
    assert len(defects) == 9
    assert set(defects["source"]) == {INVENTORY_ONLY}


def test_votes_and_sound_map_belong_to_the_table(clips: pd.DataFrame) -> None:
    votes = read_votes()
    assert set(votes.index) == set(clips.loc[clips["corpus"] == "CREMA-D", "clip"])
    assert votes.sum(axis=1).between(4, 12).all()
    assert read_sound_map().components.shape == (2, 162)


def test_a_missing_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"table clips\.csv\.gz is missing"):
        read_clips(tmp_path)
