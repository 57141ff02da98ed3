"""Corpora that are read only on request: small files with the corpora's published names."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core.corpora import on_request, scan
from ser_core.corpora.label_map import read_label_map
from ser_core.corpora.own_labels import NAMES, Labels
from ser_core.emotions import LABELS
from tests.unit.corpora.examples import Plant, paths, reasons, rows

IEMOCAP_DIALOG = "IEMOCAP/Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01"
# path -> corpus, speaker, sex, emotion, sentence
EXPECTED = {
    "ESD/0011/Angry/0011_000351.wav": ("ESD", "ESD-0011", "unknown", "angry", "1"),
    "ESD/0020/Surprise/test/0020_001402.wav": ("ESD", "ESD-0020", "unknown", "surprise", "2"),
    "JL/male1_angry_1a_1.wav": ("JL-Corpus", "JL-Corpus-male1", "male", "angry", "1a"),
    "JL/female2_sad_10b_2.wav": ("JL-Corpus", "JL-Corpus-female2", "female", "sad", "10b"),
    "SUBESCO/F_01_OISHI_S_1_ANGRY_1.wav": ("SUBESCO", "SUBESCO-F_01", "female", "angry", "1"),
    "SUBESCO/M_10_TITHI_S_10_SURPRISE_5.wav": ("SUBESCO", "SUBESCO-M_10", "male", "surprise", "10"),
    "ShEMO/female/F01A01.wav": ("ShEMO", "ShEMO-F01", "female", "angry", None),
    "ShEMO/male/M56W12.wav": ("ShEMO", "ShEMO-M56", "male", "surprise", None),
    f"{IEMOCAP_DIALOG}_F000.wav": ("IEMOCAP", "IEMOCAP-01F", "female", "neutral", None),
    f"{IEMOCAP_DIALOG}_M001.wav": ("IEMOCAP", "IEMOCAP-01M", "male", "angry", None),
    "MELD.Raw/train_splits/dia0_utt0.mp4": ("MELD", "MELD-Joey", "unknown", "happy", None),
    "MELD.Raw/output_repeated_splits_test/dia0_utt0.mp4": ("MELD", "MELD-Mark", "unknown", "surprise", None),
}
WITHOUT_LABEL = (
    "JL/female1_excited_1a_1.wav",
    f"{IEMOCAP_DIALOG}_M002.wav",
    f"{IEMOCAP_DIALOG}_M003.wav",
)
IEMOCAP_LABELS = """% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]

[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]
C-E2:\tNeutral;\t()

[10.0100 - 11.3925]\tSes01F_impro01_M001\tang\t[2.5000, 2.5000, 2.5000]
[12.0100 - 13.3925]\tSes01F_impro01_M002\texc\t[2.5000, 2.5000, 2.5000]
[14.0100 - 15.3925]\tSes01F_impro01_M003\txxx\t[2.5000, 2.5000, 2.5000]
"""
MELD_LABELS = """Sr No.,Utterance,Speaker,Emotion,Sentiment,Dialogue_ID,Utterance_ID,Season,Episode,StartTime,EndTime
1,"well, hi",{speaker},{emotion},neutral,0,0,8,21,"00:16:16,059","00:16:21,731"
"""
ALL = Labels(NAMES, corpora=on_request.CORPORA)


@pytest.fixture
def plant_all(plant: Plant) -> Plant:
    """Make all example files, and the label files of two corpora."""

    def make(*paths: str, text: str | None = None) -> Path:
        root = plant(*EXPECTED, *WITHOUT_LABEL)
        labels = root / "IEMOCAP" / "Session1" / "dialog" / "EmoEvaluation" / "Ses01F_impro01.txt"
        labels.parent.mkdir(parents=True)
        labels.write_text(IEMOCAP_LABELS)
        for part, speaker, emotion in (("train", "Joey", "joy"), ("test", "Mark", "surprise")):
            table = MELD_LABELS.format(speaker=speaker, emotion=emotion)
            (root / "MELD.Raw" / f"{part}_sent_emo.csv").write_text(table)
        return root

    return make


def test_every_field_is_read(plant_all: Plant) -> None:
    inventory = scan(plant_all(), ALL)
    fields = ("corpus", "speaker", "sex", "emotion", "sentence")
    table = inventory.table.astype(object).where(inventory.table.notna(), None)
    assert {row["path"]: tuple(row[name] for name in fields) for row in table.to_dict("records")} == EXPECTED
    assert {row[0] for row in EXPECTED.values()} == set(on_request.CORPORA)


def test_other_emotions_are_left_out_and_a_label_map_changes_that(plant_all: Plant) -> None:
    root = plant_all()
    left_out = reasons(scan(root, ALL))
    assert all('"excited"' in left_out[path] for path in WITHOUT_LABEL[:2])
    assert '"no agreement"' in left_out[WITHOUT_LABEL[2]]
    mapped = scan(root, Labels(NAMES, label_map=read_label_map("excited=happy"), corpora=on_request.CORPORA))
    assert rows(mapped)[WITHOUT_LABEL[0]]["emotion"] == "happy"
    assert mapped.n_by_words["excited", "happy"] == 2
    foreign = scan(root, Labels(NAMES, label_map=read_label_map("excited=calm"), corpora=on_request.CORPORA))
    assert "none of the emotions of JL-Corpus" in reasons(foreign)[WITHOUT_LABEL[0]]


def test_a_corpus_that_was_not_requested_is_left_out(plant_all: Plant) -> None:
    root = plant_all()
    (root / "1001_DFA_ANG_XX.wav").write_text("another")
    inventory = scan(root)
    assert paths(inventory) == ["1001_DFA_ANG_XX.wav"]
    assert "--corpus ShEMO" in reasons(inventory)["ShEMO/female/F01A01.wav"]


def test_the_labels_of_each_corpus_are_in_the_order_of_the_networks() -> None:
    for labels in on_request.LABELS_OF.values():
        assert list(labels) == sorted(labels, key=LABELS.index)
