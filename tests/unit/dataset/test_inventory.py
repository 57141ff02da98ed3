"""The committed table of clips: it counts what the corpora publish, and its filters lose nothing unsaid."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ser_core.dataset.selection import UNKNOWN, Selection, counts
from ser_core.dataset.tables import INVENTORY_ONLY, MEASURED, RECONSTRUCTED, read_clips, read_sound_map, read_votes
from ser_core.dataset.target import N_CLIPS, official_name, target_set
from ser_core.errors import CorpusError
from ser_core.features.cues import MEL_BASED, WORDS

KINDS = ["corpus", "emotion", "sex", "speaker", "age_years", "sentence", "intensity", "duration_s"]
SELECTIONS = [
    Selection(),
    Selection(corpus=("SAVEE",)),
    Selection(sex=("female",), emotion=("calm", "surprise")),
    Selection(age_years=(20.0, 29.0)),
    Selection(source=(INVENTORY_ONLY,)),
]


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


def test_what_is_known_and_what_is_not(clips: pd.DataFrame) -> None:
    known = clips.groupby("corpus")[["age_years", "duration_s"]].count()
    assert known.loc["CREMA-D"].tolist() == [7_442, 7_442]
    assert known.loc["SAVEE"].tolist() == [0, 0]
    assert known.loc["RAVDESS", "age_years"] == 0
    assert known.loc["TESS", "age_years"] == 2_800
    # The sentence is a code or TESS's one word, never what is said.
    assert not clips["sentence"].str.contains(" ").any()


def test_a_reconstructed_clip_has_mel_based_numbers_alone(clips: pd.DataFrame) -> None:
    reconstructed = clips[clips["source"] == RECONSTRUCTED]
    assert set(reconstructed["corpus"]) == {"CREMA-D"}
    assert reconstructed[["mfcc_2", "mfcc_20", "map_x", *sorted(MEL_BASED)]].notna().all().all()
    assert reconstructed[["mfcc_1", *(set(WORDS) - MEL_BASED)]].isna().all().all()


def test_what_is_inventory_only_has_no_measured_number(clips: pd.DataFrame) -> None:
    only_listed = clips[clips["source"] == INVENTORY_ONLY]
    assert only_listed[[*WORDS, "mfcc_1", "mfcc_2", "map_x"]].isna().all().all()
    measured = clips[clips["source"] == MEASURED]
    assert measured[["level_dbfs", "mfcc_1", "map_x", "duration_s"]].notna().all().all()


def test_a_clip_that_cannot_be_used_is_measured_by_nobody(clips: pd.DataFrame) -> None:
    defects = clips[clips["defect"] != ""]
    assert len(defects) == 9
    assert set(defects["source"]) == {INVENTORY_ONLY}


@pytest.mark.parametrize("by", KINDS)
@pytest.mark.parametrize("selection", SELECTIONS)
def test_counts_add_up(clips: pd.DataFrame, by: str, selection: Selection) -> None:
    chosen = selection.apply(clips)
    table = counts(chosen, by)
    assert len(chosen) > 0
    assert table.to_numpy().sum() == len(chosen)
    assert (table.sum(axis=1) > 0).all()
    assert list(table.columns) == [MEASURED, RECONSTRUCTED, INVENTORY_ONLY]


def test_what_is_not_known_is_a_kind_and_comes_last(clips: pd.DataFrame) -> None:
    table = counts(clips, "age_years").sum(axis=1)
    assert table.index[-1] == UNKNOWN
    assert table[UNKNOWN] == 1_440 + 480


def test_filters_keep_what_they_say(clips: pd.DataFrame) -> None:
    chosen = Selection(corpus=("CREMA-D", "TESS"), emotion=("sad",), age_years=(60.0, 70.0)).apply(clips)
    assert set(chosen["corpus"]) == {"CREMA-D", "TESS"}
    assert set(chosen["emotion"]) == {"sad"}
    assert chosen["age_years"].between(60, 70).all()
    assert len(Selection(speaker=("RAVDESS-03",), intensity=("strong",)).apply(clips)) == 28
    assert len(Selection(duration_s=(0.0, 100.0)).apply(clips)) == clips["duration_s"].notna().sum()
    assert Selection(emotion=("calm",), corpus=("TESS",)).apply(clips).empty


def test_votes_and_map_belong_to_the_table(clips: pd.DataFrame) -> None:
    votes = read_votes()
    assert set(votes.index) == set(clips.loc[clips["corpus"] == "CREMA-D", "clip"])
    assert votes.sum(axis=1).between(4, 12).all()
    assert read_sound_map().components.shape == (2, 162)


@pytest.mark.parametrize(
    ("corpus", "path", "name"),
    [
        ("CREMA-D", "Crema/1040_ITH_SAD_X.wav", "1040_ITH_SAD_XX"),
        ("CREMA-D", "1006_TIE_HAP_XX.opus", "1006_TIE_HAP_XX"),
        ("RAVDESS", "a/03-01-03-01-02-02-07.flac", "03-01-03-01-02-02-07"),
        ("TESS", "OA_bite_neutral.wav", "OAF_bite_neutral"),
        ("SAVEE", "DC/a01.wav", "DC_a01"),
        ("SAVEE", "XX_a01.wav", None),
    ],
)
def test_one_recording_has_one_name(corpus: str, path: str, name: str | None) -> None:
    assert official_name(corpus, path) == name


def test_missing_tables_are_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"table clips\.csv\.gz is missing"):
        read_clips(tmp_path)
    with pytest.raises(CorpusError, match="official tables are missing"):
        target_set(tmp_path, [])


def test_too_few_words_are_told(tmp_path: Path) -> None:
    (tmp_path / "audio_wav_sha256.tsv").write_text("path\tsha256\tbytes\n")
    (tmp_path / "VideoDemographics.csv").write_text("ActorID,Age,Sex\n")
    with pytest.raises(CorpusError, match="1 of TESS's words"):
        target_set(tmp_path, ["back", "back"])
