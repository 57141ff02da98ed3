"""A user's own recordings are labelled by the names of their folders."""

from __future__ import annotations

import pytest

from ser_core.corpora import scan
from tests.unit.corpora.examples import Plant, paths, reasons


def test_folders_named_after_emotions_label_their_files(plant: Plant) -> None:
    names = ("Angry", "happiness", "Pleasant Surprise", "SAD", "calm", "fearful", "joy")
    inventory = scan(plant(*(f"mine/{name}/take 1.m4a" for name in names)))
    emotions = dict(zip(inventory.table["path"], inventory.table["emotion"], strict=True))
    assert [emotions[f"mine/{name}/take 1.m4a"] for name in names] == [
        "angry", "happy", "surprise", "sad", "calm", "fear", "happy",
    ]  # fmt: skip
    table = inventory.table
    assert set(table["corpus"]) == {"folder"}
    assert set(table["sex"]) == {"unknown"}
    assert set(table["intensity"]) == {"unspecified"}
    assert table["speaker"].isna().all()
    assert table["sentence"].isna().all()
    assert table["speaker"].dtype == "str"
    assert inventory.skipped == ()


def test_folders_that_name_one_emotion_twice_label_their_files(plant: Plant) -> None:
    table = scan(plant("happy/joy/session 2/x.wav")).table
    assert table["emotion"].tolist() == ["happy"]


@pytest.mark.parametrize("path", ["angry/Joy/1.wav", "sad/Dis/3.wav", "happy/sad/session 2/x.wav"])
def test_folders_that_name_different_emotions_are_reported(path: str, plant: Plant) -> None:
    inventory = scan(plant(path, "calm/1.wav"))
    assert paths(inventory) == ["calm/1.wav"]
    assert reasons(inventory) == {path: "the words in its folders, its name or the table are for different emotions"}


def test_a_corpus_file_name_counts_more_than_its_folder(plant: Plant) -> None:
    table = scan(plant("happy/1001_DFA_ANG_XX.wav")).table
    assert table[["corpus", "emotion"]].values.tolist() == [["CREMA-D", "angry"]]


def test_one_name_in_two_folders_is_two_recordings(plant: Plant) -> None:
    assert len(scan(plant("happy/1.wav", "sad/1.wav", "other/sad/1.wav")).table) == 3
