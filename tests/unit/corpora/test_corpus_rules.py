"""Each corpus has its own file-name rules, copies and unusable recordings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ser_core.corpora import scan
from tests.unit.corpora.examples import Plant, paths, reasons


class TestCremaD:
    def test_sex_of_all_91_actors(self, plant: Plant) -> None:
        table = scan(plant(*(f"{actor}_DFA_ANG_XX.wav" for actor in range(1001, 1092)))).table
        assert Counter(table["sex"]) == {"male": 48, "female": 43}

    @pytest.mark.parametrize("actor", [1000, 1092, 2001])
    def test_an_actor_number_outside_the_corpus_is_not_recognised(self, actor: int, plant: Plant) -> None:
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

    def test_the_wav_is_kept_and_not_the_mp3_of_the_same_clip(self, plant: Plant) -> None:
        inventory = scan(plant("AudioMP3/1001_DFA_ANG_XX.mp3", "AudioWAV/1001_DFA_ANG_XX.wav"))
        assert paths(inventory) == ["AudioWAV/1001_DFA_ANG_XX.wav"]

    def test_the_misspelt_and_the_corrected_name_are_one_recording(self, plant: Plant) -> None:
        inventory = scan(plant("1040_ITH_SAD_X.wav", "1040_ITH_SAD_XX.wav"))
        assert len(inventory.table) == len(inventory.skipped) == 1


class TestRavdess:
    def test_the_first_of_the_byte_identical_pair_is_kept(self, plant: Plant) -> None:
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
    def test_songs_do_not_have_disgust_and_surprise(self, emotion: str, plant: Plant) -> None:
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
    def test_numbers_outside_the_corpus_are_not_recognised(self, stem: str, plant: Plant) -> None:
        inventory = scan(plant("03-01-03-01-02-01-08.wav", f"{stem}.wav"))
        assert list(reasons(inventory)) == [f"{stem}.wav"]


class TestSavee:
    def test_the_layout_of_the_original_archive_is_read(self, plant: Plant) -> None:
        table = scan(plant("AudioData/DC/a01.wav", "AudioData/KL/su15.wav")).table
        assert table["speaker"].tolist() == ["SAVEE-DC", "SAVEE-KL"]
        assert table["emotion"].tolist() == ["angry", "surprise"]
        assert table["sentence"].tolist() == ["a01", "su15"]

    def test_both_layouts_of_one_recording_are_copies(self, plant: Plant) -> None:
        inventory = scan(plant("AudioData/DC/a01.wav", "Savee/DC_a01.wav", "AudioData/JE/a01.wav"))
        assert paths(inventory) == ["AudioData/JE/a01.wav", "Savee/DC_a01.wav"]
        assert list(reasons(inventory)) == ["AudioData/DC/a01.wav"]

    def test_a_bare_code_in_another_folder_is_not_recognised(self, plant: Plant) -> None:
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

    def test_the_same_word_of_two_speakers_is_two_recordings(self, plant: Plant) -> None:
        assert len(scan(plant("OAF_bite_neutral.wav", "YAF_bite_neutral.wav")).table) == 2


class TestEmoDB:
    def test_boredom_is_reported(self, plant: Plant) -> None:
        inventory = scan(plant("wav/03a01Lb.wav", "wav/03a01Wa.wav", "neutral/08a01La.wav"))
        assert paths(inventory) == ["wav/03a01Wa.wav"]
        assert set(reasons(inventory).values()) == {"boredom has no counterpart among the eight labels"}

    def test_versions_of_one_sentence_are_several_recordings(self, plant: Plant) -> None:
        assert len(scan(plant("03a01Wa.wav", "03a01Wb.wav")).table) == 2

    def test_the_speakers_sexes(self, plant: Plant) -> None:
        numbers = ("03", "08", "09", "10", "11", "12", "13", "14", "15", "16")
        table = scan(plant(*(f"{number}a01Fa.wav" for number in numbers))).table
        women = table.loc[table["sex"] == "female", "speaker"].tolist()
        assert women == ["EmoDB-08", "EmoDB-09", "EmoDB-13", "EmoDB-14", "EmoDB-16"]
        assert len(table) == 10
