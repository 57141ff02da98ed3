"""A scan finds every recording under a folder, and names the files that it leaves out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ser_core.corpora import Skipped, scan
from ser_core.errors import CorpusError
from tests.unit.corpora.examples import EXPECTED, Plant, paths, reasons


def test_files_that_are_not_sound_are_reported(plant: Plant) -> None:
    other_files = ["nEMO/data.tsv", "CREMA-D/VideoDemographics.csv", "EmoDB/erkennung.txt", "LICENSE", "angry/1.xyz"]
    inventory = scan(plant("Crema/1001_DFA_ANG_XX.wav", *other_files))
    assert paths(inventory) == ["Crema/1001_DFA_ANG_XX.wav"]
    assert reasons(inventory) == dict.fromkeys(
        sorted(other_files), "the ending of the file name is not one of a format that is read"
    )


@pytest.mark.parametrize(
    ("path", "reported"),
    [
        ("Crema/._1001_DFA_HAP_XX.wav", "Crema/._1001_DFA_HAP_XX.wav"),
        ("__MACOSX/Crema/1001_DFA_HAP_XX.wav", "__MACOSX"),
        (".cache/1001_DFA_NEU_XX.wav", ".cache"),
        ("Crema/.DS_Store", "Crema/.DS_Store"),
        ("Crema/Thumbs.db", "Crema/Thumbs.db"),
        ("Crema/desktop.ini", "Crema/desktop.ini"),
    ],
)
def test_files_of_the_operating_system_are_left_out(path: str, reported: str, plant: Plant) -> None:
    inventory = scan(plant("Crema/1001_DFA_ANG_XX.wav", path))
    assert paths(inventory) == ["Crema/1001_DFA_ANG_XX.wav"]
    assert reasons(inventory) == {reported: "a hidden file or folder, or one that the operating system made"}


def test_a_sound_file_that_follows_no_rule_is_reported(plant: Plant) -> None:
    root = plant("1001_DFA_ANG_XX.wav", "z.wav", "odd/x.mp3", "OAF_back_odd.ogg")
    inventory = scan(root)
    assert [skip.path for skip in inventory.skipped] == ["OAF_back_odd.ogg", "odd/x.mp3", "z.wav"]
    assert {skip.reason for skip in inventory.skipped} == {inventory.skipped[0].reason}
    assert isinstance(inventory.skipped[0], Skipped)


def test_every_file_is_either_in_the_table_or_reported(plant: Plant) -> None:
    files = [*EXPECTED, "z.wav", "copy/1001_DFA_ANG_XX.wav", "wav/03a01Lb.wav", "01-01-03-01-02-01-08.mp4", "notes.txt"]
    inventory = scan(plant(*files))
    assert sorted(paths(inventory) + list(reasons(inventory))) == sorted(files)


def test_the_folder_of_one_corpus_can_be_the_data_folder(plant: Plant) -> None:
    root = plant("Tess/OAF_angry/OAF_back_angry.wav")
    assert paths(scan(str(root / "Tess" / "OAF_angry"))) == ["OAF_back_angry.wav"]


class TestLinks:
    def test_a_loop_of_links_ends(self, plant: Plant) -> None:
        root = plant("Crema/1001_DFA_ANG_XX.wav")
        (root / "Crema" / "up").symlink_to(root, target_is_directory=True)
        (root / "Crema" / "here").symlink_to(root / "Crema", target_is_directory=True)
        (root / "self").symlink_to(root / "self")
        inventory = scan(root)
        assert paths(inventory) == ["Crema/1001_DFA_ANG_XX.wav"]
        assert list(reasons(inventory)) == ["self"]

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


def test_a_folder_that_cannot_be_opened_is_reported(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
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
    def test_a_missing_folder_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match="no such data folder"):
            scan(tmp_path / "nowhere")

    def test_a_file_instead_of_a_folder_is_an_error(self, plant: Plant) -> None:
        with pytest.raises(CorpusError, match="no such data folder"):
            scan(plant("1001_DFA_ANG_XX.wav") / "1001_DFA_ANG_XX.wav")

    @pytest.mark.parametrize("path", ["x" * 5000, "a\0b"])
    def test_an_impossible_path_is_an_error(self, path: str) -> None:
        with pytest.raises(CorpusError, match="no such data folder"):
            scan(path)

    def test_a_folder_without_sound_files_is_an_error(self, plant: Plant) -> None:
        with pytest.raises(CorpusError, match="holds no sound files") as caught:
            scan(plant("README.md", "archive.zip"))
        assert "unpacked" in caught.value.advice
        assert "recordings of your own" in caught.value.expected

    def test_a_folder_with_only_unusable_sound_files_is_an_error(self, plant: Plant) -> None:
        with pytest.raises(CorpusError) as caught:
            scan(plant("03a01La.wav", "03a01Lb.wav", "z.wav"))
        assert "2 of 3" in caught.value.problem
        assert "boredom" in caught.value.problem
