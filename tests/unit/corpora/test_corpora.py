from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from ser_core.corpora import (
    CORPORA,
    KAGGLE_CORPORA,
    LABELS_OF,
    Inventory,
    Skipped,
    Utterance,
    fingerprint,
    scan,
)
from ser_core.emotions import LABELS
from ser_core.errors import CorpusError

ACTOR_07 = "Ravdess/audio_speech_actors_01-24/Actor_07"
ACTOR_12 = "Ravdess/audio_speech_actors_01-24/Actor_12"

# path -> corpus, speaker, sex, emotion, sentence, intensity
KAGGLE = {
    "Crema/1001_DFA_ANG_XX.wav": ("CREMA-D", "CREMA-D-1001", "male", "angry", "DFA", "unspecified"),
    "Crema/1002_IEO_DIS_LO.wav": ("CREMA-D", "CREMA-D-1002", "female", "disgust", "IEO", "low"),
    "Crema/1015_IEO_FEA_MD.wav": ("CREMA-D", "CREMA-D-1015", "male", "fear", "IEO", "medium"),
    "Crema/1091_IEO_HAP_HI.wav": ("CREMA-D", "CREMA-D-1091", "female", "happy", "IEO", "high"),
    "Crema/1040_ITH_SAD_X.wav": ("CREMA-D", "CREMA-D-1040", "male", "sad", "ITH", "unspecified"),
    "Crema/1006_TIE_SAD_XX.wav": ("CREMA-D", "CREMA-D-1006", "female", "sad", "TIE", "unspecified"),
    "Crema/1064_IEO_DIS_HI.wav": ("CREMA-D", "CREMA-D-1064", "male", "disgust", "IEO", "high"),
    "Crema/1076_MTI_NEU_XX.wav": ("CREMA-D", "CREMA-D-1076", "female", "neutral", "MTI", "unspecified"),
    f"{ACTOR_07}/03-01-01-01-01-01-07.wav": ("RAVDESS", "RAVDESS-07", "male", "neutral", "01", "normal"),
    f"{ACTOR_07}/03-01-02-02-02-01-07.wav": ("RAVDESS", "RAVDESS-07", "male", "calm", "02", "strong"),
    f"{ACTOR_07}/03-01-03-01-02-01-07.wav": ("RAVDESS", "RAVDESS-07", "male", "happy", "02", "normal"),
    f"{ACTOR_12}/03-01-04-02-01-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "sad", "01", "strong"),
    f"{ACTOR_12}/03-01-05-01-02-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "angry", "02", "normal"),
    f"{ACTOR_12}/03-01-06-01-02-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "fear", "02", "normal"),
    f"{ACTOR_12}/03-01-07-01-02-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "disgust", "02", "normal"),
    f"{ACTOR_12}/03-01-08-01-02-02-12.wav": ("RAVDESS", "RAVDESS-12", "female", "surprise", "02", "normal"),
    "Savee/DC_a01.wav": ("SAVEE", "SAVEE-DC", "male", "angry", "a01", "unspecified"),
    "Savee/DC_d02.wav": ("SAVEE", "SAVEE-DC", "male", "disgust", "d02", "unspecified"),
    "Savee/JE_f03.wav": ("SAVEE", "SAVEE-JE", "male", "fear", "f03", "unspecified"),
    "Savee/JK_h15.wav": ("SAVEE", "SAVEE-JK", "male", "happy", "h15", "unspecified"),
    "Savee/KL_n30.wav": ("SAVEE", "SAVEE-KL", "male", "neutral", "n30", "unspecified"),
    "Savee/KL_sa05.wav": ("SAVEE", "SAVEE-KL", "male", "sad", "sa05", "unspecified"),
    "Savee/KL_su05.wav": ("SAVEE", "SAVEE-KL", "male", "surprise", "su05", "unspecified"),
    "Tess/OAF_angry/OAF_bar_angry.wav": ("TESS", "TESS-OAF", "female", "angry", "bar", "unspecified"),
    "Tess/OAF_Fear/OAF_food_fear.wav": ("TESS", "TESS-OAF", "female", "fear", "food", "unspecified"),
    "Tess/OAF_neutral/OA_bite_neutral.wav": ("TESS", "TESS-OAF", "female", "neutral", "bite", "unspecified"),
    "Tess/OAF_Pleasant_surprise/OAF_dab_ps.wav": (
        "TESS", "TESS-OAF", "female", "surprise", "dab", "unspecified",
    ),
    "Tess/YAF_pleasant_surprised/YAF_dab_ps.wav": (
        "TESS", "TESS-YAF", "female", "surprise", "dab", "unspecified",
    ),
    "Tess/YAF_disgust/YAF_back_disgust.wav": (
        "TESS", "TESS-YAF", "female", "disgust", "back", "unspecified",
    ),
    "Tess/YAF_happy/YAF_back_happy.wav": ("TESS", "TESS-YAF", "female", "happy", "back", "unspecified"),
    "Tess/YAF_sad/YAF_back_sad.wav": ("TESS", "TESS-YAF", "female", "sad", "back", "unspecified"),
}  # fmt: skip
BESIDE_KAGGLE = {
    "song/03-02-06-01-02-02-08.opus": ("RAVDESS song", "RAVDESS-08", "female", "fear", "02", "normal"),
    "nEMO/samples/WR0_anger_48.opus": ("nEMO", "nEMO-WR0", "male", "angry", "48", "unspecified"),
    "nEMO/samples/KD0_happiness_9.opus": ("nEMO", "nEMO-KD0", "female", "happy", "9", "unspecified"),
    "nEMO/samples/SM0_sadness_1.opus": ("nEMO", "nEMO-SM0", "male", "sad", "1", "unspecified"),
    "nEMO/samples/EB0_surprised_79.opus": ("nEMO", "nEMO-EB0", "female", "surprise", "79", "unspecified"),
    "nEMO/samples/AA0_neutral_1.opus": ("nEMO", "nEMO-AA0", "unknown", "neutral", "1", "unspecified"),
    "EMOVO/f1/dis-f1-b1.opus": ("EMOVO", "EMOVO-f1", "female", "disgust", "b1", "unspecified"),
    "EMOVO/f1/gio-f1-b2.opus": ("EMOVO", "EMOVO-f1", "female", "happy", "b2", "unspecified"),
    "EMOVO/f2/neu-f2-d1.opus": ("EMOVO", "EMOVO-f2", "female", "neutral", "d1", "unspecified"),
    "EMOVO/m1/pau-m1-l4.opus": ("EMOVO", "EMOVO-m1", "male", "fear", "l4", "unspecified"),
    "EMOVO/m2/rab-m2-n5.opus": ("EMOVO", "EMOVO-m2", "male", "angry", "n5", "unspecified"),
    "EMOVO/m3/sor-m3-n5.opus": ("EMOVO", "EMOVO-m3", "male", "surprise", "n5", "unspecified"),
    "EMOVO/m3/tri-m3-n5.opus": ("EMOVO", "EMOVO-m3", "male", "sad", "n5", "unspecified"),
    "EmoDB/wav/03a01Wa.wav": ("EmoDB", "EmoDB-03", "male", "angry", "a01", "unspecified"),
    "EmoDB/wav/08a02Eb.wav": ("EmoDB", "EmoDB-08", "female", "disgust", "a02", "unspecified"),
    "EmoDB/wav/09b10Aa.wav": ("EmoDB", "EmoDB-09", "female", "fear", "b10", "unspecified"),
    "EmoDB/wav/10b10Fd.wav": ("EmoDB", "EmoDB-10", "male", "happy", "b10", "unspecified"),
    "EmoDB/wav/13a07Nc.wav": ("EmoDB", "EmoDB-13", "female", "neutral", "a07", "unspecified"),
    "EmoDB/wav/16a07Td.wav": ("EmoDB", "EmoDB-16", "female", "sad", "a07", "unspecified"),
}
EXPECTED = {**KAGGLE, **BESIDE_KAGGLE}

Plant = Callable[..., Path]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Make empty files (or of the given text) under a fresh folder, which is returned."""

    def make(*paths: str, text: str = "") -> Path:
        for path in paths:
            file = tmp_path / "data" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return tmp_path / "data"

    return make


def rows(inventory: Inventory) -> dict[str, dict]:
    return {row.pop("path"): row for row in inventory.table.to_dict("records")}


def paths(inventory: Inventory) -> list[str]:
    return inventory.table["path"].tolist()


def reasons(inventory: Inventory) -> dict[str, str]:
    return {skip.path: skip.reason for skip in inventory.skipped}


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
        found = {row[3] for row in EXPECTED.values() if row[0] == corpus}
        assert found == set(LABELS_OF[corpus]), corpus


def test_labels_of_each_corpus() -> None:
    assert CORPORA[:4] == KAGGLE_CORPORA == ("CREMA-D", "RAVDESS", "SAVEE", "TESS")
    assert CORPORA[4:] == ("RAVDESS song", "nEMO", "EMOVO", "EmoDB", "folder")
    assert {corpus: len(labels) for corpus, labels in LABELS_OF.items()} == {
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
def test_names_alone_decide_without_the_usual_folders(path: str, plant: Plant) -> None:
    name = Path(path).name
    for place in (name, f"a/b/c/{name}"):
        root = plant(place)
        assert rows(scan(root))[place]["corpus"] == EXPECTED[path][0]
        (root / place).unlink()


@pytest.mark.parametrize(
    "extension",
    ["wav", "flac", "ogg", "opus", "mp3", "m4a", "mp4", "aac", "aif", "aiff", "webm", "WAV", "Flac"],
)
def test_any_audio_extension_will_do(extension: str, plant: Plant) -> None:
    path = f"OAF_back_angry.{extension}"
    assert paths(scan(plant(path))) == [path]


def test_names_in_other_letter_case_are_recognised(plant: Plant) -> None:
    table = scan(plant("1001_dfa_ang_xx.wav", "oaf_Back_Angry.wav", "dc_A01.wav", "GIO-F1-B1.wav")).table
    assert table["speaker"].tolist() == ["CREMA-D-1001", "EMOVO-f1", "SAVEE-DC", "TESS-OAF"]
    assert table["sentence"].tolist() == ["DFA", "b1", "a01", "back"]
    assert table["emotion"].tolist() == ["angry", "happy", "angry", "angry"]


def test_what_is_not_sound_or_hidden_is_passed_over(plant: Plant) -> None:
    root = plant(
        "Crema/1001_DFA_ANG_XX.wav",
        "Crema/._1001_DFA_HAP_XX.wav",
        "__MACOSX/Crema/._1001_DFA_ANG_XX.wav",
        ".cache/1001_DFA_NEU_XX.wav",
        "nEMO/data.tsv",
        "CREMA-D/VideoDemographics.csv",
        "EmoDB/erkennung.txt",
        "LICENSE",
        "README.md",
    )
    inventory = scan(root)
    assert paths(inventory) == ["Crema/1001_DFA_ANG_XX.wav"]
    assert inventory.skipped == ()


class TestCremaD:
    def test_sex_of_all_91_actors(self, plant: Plant) -> None:
        table = scan(plant(*(f"{actor}_DFA_ANG_XX.wav" for actor in range(1001, 1092)))).table
        assert Counter(table["sex"]) == {"male": 48, "female": 43}

    @pytest.mark.parametrize("actor", [1000, 1092, 2001])
    def test_actors_it_does_not_have(self, actor: int, plant: Plant) -> None:
        path = f"{actor}_DFA_ANG_XX.wav"
        assert list(reasons(scan(plant(path, "1001_DFA_ANG_XX.wav")))) == [path]

    @pytest.mark.parametrize(
        ("stem", "why"),
        [
            ("1006_TIE_HAP_XX", "two labels"),
            ("1006_TIE_NEU_XX", "two labels"),
            ("1013_WSI_DIS_XX", "two labels"),
            ("1013_WSI_SAD_XX", "two labels"),
            ("1017_IWW_ANG_XX", "two labels"),
            ("1017_IWW_FEA_XX", "two labels"),
            ("1064_IEO_DIS_MD", "several emotions"),
            ("1076_MTI_SAD_XX", "no voice"),
            ("1076_MTI_SAD_X", "no voice"),
        ],
    )
    def test_clips_known_to_be_unusable_are_reported(self, stem: str, why: str, plant: Plant) -> None:
        inventory = scan(plant(f"Crema/{stem}.wav", "Crema/1001_DFA_ANG_XX.wav"))
        assert paths(inventory) == ["Crema/1001_DFA_ANG_XX.wav"]
        assert why in reasons(inventory)[f"Crema/{stem}.wav"]

    def test_opus_is_reconstructed_and_other_formats_are_not(self, plant: Plant) -> None:
        table = scan(plant("1001_DFA_ANG_XX.opus", "1001_DFA_HAP_XX.OPUS", "1001_DFA_NEU_XX.wav")).table
        assert table["reconstructed"].tolist() == [True, True, False]
        assert table["reconstructed"].dtype == bool

    def test_opus_of_another_corpus_is_not_reconstructed(self, plant: Plant) -> None:
        assert not scan(plant("OAF_back_angry.opus")).table["reconstructed"].any()

    @pytest.mark.parametrize("original", ["CREMA-D/AudioWAV", "ZZZ/deep/down", "."])
    def test_an_original_is_kept_before_a_reconstructed_copy(self, original: str, plant: Plant) -> None:
        root = plant("Crema/1013_TIE_DIS_XX.opus", f"{original}/1013_TIE_DIS_XX.wav")
        inventory = scan(root)
        assert paths(inventory) == [(Path(original) / "1013_TIE_DIS_XX.wav").as_posix()]
        assert "copy" in reasons(inventory)["Crema/1013_TIE_DIS_XX.opus"]

    def test_a_lossy_original_is_kept_before_a_reconstructed_copy(self, plant: Plant) -> None:
        assert paths(scan(plant("1001_DFA_ANG_XX.opus", "a/b/1001_DFA_ANG_XX.mp3"))) == ["a/b/1001_DFA_ANG_XX.mp3"]

    def test_the_lossless_format_is_kept_of_the_two_that_its_makers_hand_out(self, plant: Plant) -> None:
        inventory = scan(plant("AudioMP3/1001_DFA_ANG_XX.mp3", "AudioWAV/1001_DFA_ANG_XX.wav"))
        assert paths(inventory) == ["AudioWAV/1001_DFA_ANG_XX.wav"]

    def test_the_misspelt_and_the_corrected_name_are_one_recording(self, plant: Plant) -> None:
        inventory = scan(plant("1040_ITH_SAD_X.wav", "1040_ITH_SAD_XX.wav"))
        assert len(inventory.table) == len(inventory.skipped) == 1


class TestRavdess:
    def test_of_the_byte_identical_pair_the_first_is_kept(self, plant: Plant) -> None:
        first, second = "03-01-03-01-02-01-07.wav", "03-01-03-01-02-02-07.wav"
        inventory = scan(plant(first, second))
        assert paths(inventory) == [first]
        assert "same recording as 03-01-03-01-02-01-07" in reasons(inventory)[second]

    def test_two_repetitions_are_two_recordings(self, plant: Plant) -> None:
        assert len(scan(plant("03-01-03-01-02-01-08.wav", "03-01-03-01-02-02-08.wav")).table) == 2

    @pytest.mark.parametrize("modality", ["01", "02"])
    def test_videos_are_reported(self, modality: str, plant: Plant) -> None:
        video = f"{modality}-01-03-01-02-01-08.mp4"
        inventory = scan(plant("03-01-03-01-02-01-08.wav", video))
        assert paths(inventory) == ["03-01-03-01-02-01-08.wav"]
        assert "video" in reasons(inventory)[video]

    def test_speech_and_song_share_their_speakers(self, plant: Plant) -> None:
        table = scan(plant("03-01-03-01-02-01-08.wav", "03-02-03-01-02-01-08.wav")).table
        assert table["corpus"].tolist() == ["RAVDESS", "RAVDESS song"]
        assert table["speaker"].tolist() == ["RAVDESS-08", "RAVDESS-08"]

    @pytest.mark.parametrize("emotion", ["07", "08"])
    def test_song_lacks_two_emotions(self, emotion: str, plant: Plant) -> None:
        song = f"03-02-{emotion}-01-02-01-08.wav"
        inventory = scan(plant("03-02-03-01-02-01-08.wav", song))
        assert "no such emotion" in reasons(inventory)[song]

    @pytest.mark.parametrize(
        "stem",
        [
            "03-01-00-01-01-01-01",
            "03-01-09-01-01-01-01",
            "03-01-01-01-01-01-00",
            "03-01-01-01-01-01-25",
            "03-01-01-03-01-01-01",
            "03-03-01-01-01-01-01",
            "03-01-01-01-01-01",
            "03-01-01-01-01-01-01-01",
        ],
    )
    def test_numbers_it_does_not_have(self, stem: str, plant: Plant) -> None:
        inventory = scan(plant("03-01-03-01-02-01-08.wav", f"{stem}.wav"))
        assert list(reasons(inventory)) == [f"{stem}.wav"]


class TestSavee:
    def test_as_its_makers_hand_it_out(self, plant: Plant) -> None:
        table = scan(plant("AudioData/DC/a01.wav", "AudioData/KL/su15.wav")).table
        assert table["speaker"].tolist() == ["SAVEE-DC", "SAVEE-KL"]
        assert table["emotion"].tolist() == ["angry", "surprise"]
        assert table["sentence"].tolist() == ["a01", "su15"]

    def test_both_layouts_of_one_recording_are_copies(self, plant: Plant) -> None:
        inventory = scan(plant("AudioData/DC/a01.wav", "Savee/DC_a01.wav", "AudioData/JE/a01.wav"))
        assert paths(inventory) == ["AudioData/JE/a01.wav", "Savee/DC_a01.wav"]
        assert list(reasons(inventory)) == ["AudioData/DC/a01.wav"]

    def test_a_bare_code_in_any_other_folder_is_not_its(self, plant: Plant) -> None:
        assert list(reasons(scan(plant("other/a01.wav", "Savee/DC_a01.wav")))) == ["other/a01.wav"]


class TestTess:
    def test_a_nested_duplicate_of_the_set_is_left_out(self, plant: Plant) -> None:
        inner = "Tess/TESS Toronto emotional speech set data"
        names = ("OAF_Sad/OAF_back_sad.wav", "YAF_sad/YAF_back_sad.wav")
        inventory = scan(plant(*(f"Tess/{name}" for name in names), *(f"{inner}/{name}" for name in names)))
        assert paths(inventory) == [f"Tess/{name}" for name in names]
        assert sorted(reasons(inventory)) == [f"{inner}/{name}" for name in names]

    def test_the_misspelt_and_the_corrected_name_are_one_recording(self, plant: Plant) -> None:
        inventory = scan(plant("OA_bite_neutral.wav", "OAF_bite_neutral.wav"))
        assert len(inventory.table) == len(inventory.skipped) == 1

    def test_the_speakers_may_say_the_same_word(self, plant: Plant) -> None:
        assert len(scan(plant("OAF_bite_neutral.wav", "YAF_bite_neutral.wav")).table) == 2


class TestEmoDB:
    def test_boredom_is_reported(self, plant: Plant) -> None:
        inventory = scan(plant("wav/03a01Lb.wav", "wav/03a01Wa.wav", "neutral/08a01La.wav"))
        assert paths(inventory) == ["wav/03a01Wa.wav"]
        assert set(reasons(inventory).values()) == {"boredom has no counterpart among the eight labels"}

    def test_versions_of_one_sentence_are_several_recordings(self, plant: Plant) -> None:
        assert len(scan(plant("03a01Wa.wav", "03a01Wb.wav")).table) == 2

    def test_speakers(self, plant: Plant) -> None:
        numbers = ("03", "08", "09", "10", "11", "12", "13", "14", "15", "16")
        table = scan(plant(*(f"{number}a01Fa.wav" for number in numbers))).table
        women = table.loc[table["sex"] == "female", "speaker"].tolist()
        assert women == ["EmoDB-08", "EmoDB-09", "EmoDB-13", "EmoDB-14", "EmoDB-16"]
        assert len(table) == 10


class TestEmotionFolders:
    def test_any_files_in_folders_named_after_emotions(self, plant: Plant) -> None:
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

    def test_the_nearest_folder_that_names_an_emotion_counts(self, plant: Plant) -> None:
        table = scan(plant("happy/sad/session 2/x.wav")).table
        assert table["emotion"].tolist() == ["sad"]

    def test_a_known_name_counts_before_its_folder(self, plant: Plant) -> None:
        table = scan(plant("happy/1001_DFA_ANG_XX.wav")).table
        assert table[["corpus", "emotion"]].values.tolist() == [["CREMA-D", "angry"]]

    def test_one_name_in_two_folders_is_two_recordings(self, plant: Plant) -> None:
        assert len(scan(plant("happy/1.wav", "sad/1.wav", "other/sad/1.wav")).table) == 3

    def test_two_formats_side_by_side_are_one_recording(self, plant: Plant) -> None:
        inventory = scan(plant("happy/1.mp3", "happy/1.wav"))
        assert paths(inventory) == ["happy/1.wav"]
        assert list(reasons(inventory)) == ["happy/1.mp3"]


def test_what_fits_no_rule_is_reported_and_not_fatal(plant: Plant) -> None:
    root = plant("1001_DFA_ANG_XX.wav", "z.wav", "bored/x.mp3", "1001_DFA_ANG_XX (1).wav", "OAF_back_bored.ogg")
    inventory = scan(root)
    assert [skip.path for skip in inventory.skipped] == [
        "1001_DFA_ANG_XX (1).wav",
        "OAF_back_bored.ogg",
        "bored/x.mp3",
        "z.wav",
    ]
    assert {skip.reason for skip in inventory.skipped} == {inventory.skipped[0].reason}
    assert isinstance(inventory.skipped[0], Skipped)


def test_every_sound_file_is_either_in_the_table_or_reported(plant: Plant) -> None:
    made = [*EXPECTED, "z.wav", "copy/1001_DFA_ANG_XX.wav", "wav/03a01Lb.wav", "01-01-03-01-02-01-08.mp4"]
    inventory = scan(plant(*made))
    assert sorted(paths(inventory) + list(reasons(inventory))) == sorted(made)


def test_one_corpus_alone_is_enough(plant: Plant) -> None:
    root = plant("Tess/OAF_angry/OAF_back_angry.wav")
    assert paths(scan(str(root / "Tess" / "OAF_angry"))) == ["OAF_back_angry.wav"]


class TestLinks:
    def test_loops_end(self, plant: Plant) -> None:
        root = plant("Crema/1001_DFA_ANG_XX.wav")
        (root / "Crema" / "up").symlink_to(root, target_is_directory=True)
        (root / "Crema" / "here").symlink_to(root / "Crema", target_is_directory=True)
        (root / "self").symlink_to(root / "self")
        inventory = scan(root)
        assert paths(inventory) == ["Crema/1001_DFA_ANG_XX.wav"]
        assert inventory.skipped == ()

    def test_a_linked_corpus_is_found(self, plant: Plant, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "OAF_back_angry.wav").touch()
        root = plant("1001_DFA_ANG_XX.wav")
        (root / "Tess").symlink_to(elsewhere, target_is_directory=True)
        assert paths(scan(root)) == ["1001_DFA_ANG_XX.wav", "Tess/OAF_back_angry.wav"]

    def test_a_link_to_nowhere_is_reported(self, plant: Plant) -> None:
        root = plant("1001_DFA_ANG_XX.wav")
        (root / "1001_DFA_HAP_XX.wav").symlink_to(root / "gone.wav")
        (root / "loop.wav").symlink_to(root / "loop.wav")
        assert list(reasons(scan(root))) == ["1001_DFA_HAP_XX.wav", "loop.wav"]


def test_a_folder_named_like_a_sound_file_is_a_folder(plant: Plant) -> None:
    assert paths(scan(plant("Tess.wav/OAF_back_angry.wav"))) == ["Tess.wav/OAF_back_angry.wav"]


def test_a_closed_folder_is_reported_and_not_fatal(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    root = plant("Crema/1001_DFA_ANG_XX.wav", "Tess/OAF_back_angry.wav")
    scandir = os.scandir

    def refuse_tess(folder: Path) -> object:
        if Path(folder).name == "Tess":
            raise PermissionError(folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse_tess)
    inventory = scan(root)
    assert paths(inventory) == ["Crema/1001_DFA_ANG_XX.wav"]
    assert inventory.skipped == (Skipped("Tess", "the folder cannot be opened"),)


def test_a_name_that_is_not_unicode_is_reported(plant: Plant) -> None:
    root = plant("happy/ok.wav")
    try:
        (root / "happy" / os.fsdecode(b"caf\xe9.wav")).touch()
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    inventory = scan(root)
    assert paths(inventory) == ["happy/ok.wav"]
    assert inventory.skipped == (Skipped("happy/caf?.wav", "the name is not valid Unicode"),)


class TestNothingToUse:
    def test_no_such_folder(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match="no such data folder"):
            scan(tmp_path / "nowhere")

    def test_a_file_instead_of_a_folder(self, plant: Plant) -> None:
        with pytest.raises(CorpusError, match="no such data folder"):
            scan(plant("1001_DFA_ANG_XX.wav") / "1001_DFA_ANG_XX.wav")

    @pytest.mark.parametrize("path", ["x" * 5000, "a\0b"])
    def test_an_impossible_path(self, path: str) -> None:
        with pytest.raises(CorpusError, match="no such data folder"):
            scan(path)

    def test_no_sound_files(self, plant: Plant) -> None:
        with pytest.raises(CorpusError, match="holds no sound files") as caught:
            scan(plant("README.md", "archive.zip"))
        assert "unpacked" in caught.value.advice
        assert "one sub-folder for each emotion" in caught.value.expected

    def test_only_unusable_sound_files(self, plant: Plant) -> None:
        with pytest.raises(CorpusError) as caught:
            scan(plant("03a01La.wav", "03a01Lb.wav", "z.wav"))
        assert "2 of 3" in caught.value.found
        assert "boredom" in caught.value.found


class TestFingerprint:
    FILES = ("Crema/1001_DFA_ANG_XX.wav", "Tess/OAF_back_angry.wav", "happy/1.wav")

    def test_known_value(self, plant: Plant) -> None:
        root = plant(*self.FILES, text="12345")
        # sha256 over corpus, stem, emotion and size of each row in turn, every field closed by a zero byte.
        assert fingerprint(scan(root).table, root) == (
            "761d367640d774fef481a52c5d438365c376fc2cd0c1a3051874aad8265418d4"
        )

    def test_place_nesting_and_order_do_not_count(self, plant: Plant, tmp_path: Path) -> None:
        root = plant(*self.FILES)
        table = scan(root).table
        expected = fingerprint(table, root)
        assert fingerprint(table.iloc[::-1], str(root)) == expected
        moved = root.rename(tmp_path / "moved")
        (moved / "Crema").rename(moved / "CREMA-D")
        assert fingerprint(scan(moved).table, moved) == expected

    def test_size_emotion_name_and_number_count(self, plant: Plant) -> None:
        root = plant(*self.FILES)
        table = scan(root).table
        relabelled = table.assign(emotion=table["emotion"].replace("happy", "sad"))
        seen = {fingerprint(table, root), fingerprint(table.iloc[1:], root), fingerprint(relabelled, root)}
        (root / "happy" / "1.wav").write_text("longer")
        seen.add(fingerprint(table, root))
        (root / "happy" / "1.wav").rename(root / "happy" / "2.wav")
        seen.add(fingerprint(scan(root).table, root))
        assert len(seen) == 5

    def test_a_missing_recording(self, plant: Plant) -> None:
        root = plant(*self.FILES)
        table = scan(root).table
        (root / self.FILES[0]).unlink()
        with pytest.raises(CorpusError, match="cannot be found"):
            fingerprint(table, root)

    def test_of_no_rows(self, tmp_path: Path) -> None:
        empty = pd.DataFrame({"corpus": [], "path": [], "emotion": []})
        assert len(fingerprint(empty, tmp_path)) == 64
