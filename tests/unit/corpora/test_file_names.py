"""Labels are read from file names, wherever the files lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core.audio.file_types import AUDIO_SUFFIXES
from ser_core.corpora import CORPORA, KAGGLE_CORPORA, LABELS_OF, Utterance, on_request, scan
from ser_core.emotions import LABELS
from tests.unit.corpora.examples import EXPECTED, Plant, paths, rows


@pytest.mark.parametrize("path", EXPECTED)
def test_every_field_is_read_from_the_name(path: str, plant: Plant) -> None:
    inventory = scan(plant(path))
    corpus, speaker, sex, emotion, sentence, intensity = EXPECTED[path]
    assert rows(inventory)[path] == {
        "corpus": corpus,
        "speaker": speaker,
        "sex": sex,
        "emotion": emotion,
        "sentence": sentence,
        "intensity": intensity,
        "reconstructed": False,
    }
    assert inventory.skipped == ()


def test_all_corpora_make_one_table_sorted_by_corpus_and_path(plant: Plant) -> None:
    table = scan(plant(*EXPECTED)).table
    expected = sorted((row[0], path) for path, row in EXPECTED.items())
    assert list(zip(table["corpus"], table["path"], strict=True)) == expected
    assert list(table.columns) == list(Utterance.__dataclass_fields__)
    assert table.index.tolist() == list(range(len(EXPECTED)))


def test_the_examples_cover_every_label_that_each_corpus_has() -> None:
    for corpus in (*KAGGLE_CORPORA, "EMOVO", "EmoDB"):
        labels = {row[3] for row in EXPECTED.values() if row[0] == corpus}
        assert labels == set(LABELS_OF[corpus]), corpus


def test_labels_of_each_corpus() -> None:
    assert CORPORA[:4] == KAGGLE_CORPORA == ("CREMA-D", "RAVDESS", "SAVEE", "TESS")
    assert CORPORA[4:] == ("RAVDESS song", "nEMO", "EMOVO", "EmoDB", *on_request.CORPORA, "folder")
    assert {corpus: len(labels) for corpus, labels in LABELS_OF.items() if corpus not in on_request.CORPORA} == {
        "CREMA-D": 6,
        "RAVDESS": 8,
        "RAVDESS song": 6,
        "SAVEE": 7,
        "TESS": 7,
        "nEMO": 6,
        "EMOVO": 7,
        "EmoDB": 6,
        "folder": 8,
    }
    assert LABELS_OF["RAVDESS"] == LABELS
    assert [corpus for corpus in CORPORA if "calm" in LABELS_OF[corpus]] == [
        "RAVDESS",
        "RAVDESS song",
        "folder",
    ]
    assert "surprise" not in LABELS_OF["CREMA-D"] + LABELS_OF["RAVDESS song"] + LABELS_OF["EmoDB"]


@pytest.mark.parametrize("path", EXPECTED)
def test_the_file_name_is_enough_in_any_folder(path: str, plant: Plant) -> None:
    name = Path(path).name
    for place in (name, f"a/b/c/{name}"):
        root = plant(place)
        assert rows(scan(root))[place]["corpus"] == EXPECTED[path][0]
        (root / place).unlink()


@pytest.mark.parametrize("suffix", [*AUDIO_SUFFIXES, ".WAV", ".Flac"])
def test_every_audio_file_ending_is_read(suffix: str, plant: Plant) -> None:
    path = f"OAF_back_angry{suffix}"
    assert paths(scan(plant(path))) == [path]


def test_names_in_other_letter_case_are_recognised(plant: Plant) -> None:
    table = scan(plant("1001_dfa_ang_xx.wav", "oaf_Back_Angry.wav", "dc_A01.wav", "GIO-F1-B1.wav")).table
    assert table["speaker"].tolist() == ["CREMA-D-1001", "EMOVO-f1", "SAVEE-DC", "TESS-OAF"]
    assert table["sentence"].tolist() == ["DFA", "b1", "a01", "back"]
    assert table["emotion"].tolist() == ["angry", "happy", "angry", "angry"]
