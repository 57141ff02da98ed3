"""Each recording is used once, whatever the names, folders and formats of its copies."""

from __future__ import annotations

import io
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import soundfile as sf

from ser_core.corpora import Inventory, Skipped, scan
from tests.unit.corpora.examples import Plant, paths, reasons, rows

SAMPLE_RATE_HZ = 16_000


def sound(seed: int, duration_s: float = 1.0) -> npt.NDArray[np.float64]:
    """Return a syllable-like sound: a gliding tone with overtones and a changing loudness."""
    generator = np.random.default_rng(seed)
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    phase = 2.0 * np.pi * np.cumsum(generator.uniform(100, 300) + 50.0 * np.sin(3.0 * time_s)) / SAMPLE_RATE_HZ
    tone = sum(np.sin(k * phase + generator.uniform(0, 6)) / k for k in range(1, 6))
    curve = np.interp(time_s, np.linspace(0, duration_s, 9), generator.uniform(0.02, 0.3, 9))
    return curve * tone


def encoded(samples: npt.NDArray[np.float64], file_format: str, subtype: str | None = None) -> bytes:
    file = io.BytesIO()
    sf.write(file, samples, SAMPLE_RATE_HZ, format=file_format, subtype=subtype)
    return file.getvalue()


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def write(data_dir: Path, path: str, content: bytes) -> None:
    file = data_dir / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def copies(inventory: Inventory) -> dict[str, str | None]:
    return {skip.path: skip.copy_of for skip in inventory.skipped}


class TestNamesOfCopies:
    @pytest.mark.parametrize(
        "stem",
        [
            "{} (1)",
            "{}(2)",
            "Copy of {}",
            "Copy (3) of {}",
            "{}_copy",
            "{}-copy",
            "{} copy",
            "{} copy 2",
            "{} - Copy",
            "{} - Copy (2)",
            "Copy of {} (1)",
        ],
    )
    @pytest.mark.parametrize("name", ["03-01-02-01-01-01-01", "1001_DFA_ANG_XX", "OAF_back_angry", "DC_a01", "03a01Wa"])
    def test_the_name_of_a_copy_is_recognised(self, stem: str, name: str, plant: Plant) -> None:
        original, copy = f"{name}.wav", f"somewhere/{stem.format(name)}.wav"
        inventory = scan(plant(original, copy))
        assert paths(inventory) == [original]
        assert copies(inventory) == {copy: original}
        assert "same official name" in reasons(inventory)[copy]

    def test_a_copy_without_its_original_has_the_labels_of_the_recording(self, plant: Plant) -> None:
        copy = "calm/03-01-06-01-01-01-02 (1).flac"
        row = rows(scan(plant(copy)))[copy]
        assert (row["corpus"], row["speaker"], row["emotion"]) == ("RAVDESS", "RAVDESS-02", "fear")

    def test_the_original_name_is_preferred(self, plant: Plant) -> None:
        assert paths(scan(plant("1001_DFA_ANG_XX (1).wav", "deeper/down/1001_DFA_ANG_XX.wav"))) == [
            "deeper/down/1001_DFA_ANG_XX.wav"
        ]

    def test_the_copy_of_an_unusable_recording_is_unusable(self, plant: Plant) -> None:
        inventory = scan(plant("1006_TIE_HAP_XX (1).wav", "happy/1.wav"))
        assert paths(inventory) == ["happy/1.wav"]
        assert "two labels" in reasons(inventory)["1006_TIE_HAP_XX (1).wav"]


class TestSameBytes:
    def test_a_copy_of_a_corpus_recording_under_another_name_is_left_out(self, plant: Plant) -> None:
        original = "Actor_01/03-01-02-01-01-01-01.flac"
        for copy in ("calm/my clip.flac", "angry/x.flac"):
            root = plant(original, copy, text="the same bytes")
        inventory = scan(root)
        assert paths(inventory) == [original]
        assert copies(inventory) == {"calm/my clip.flac": original, "angry/x.flac": original}

    def test_copies_in_own_folders_count_once(self, plant: Plant) -> None:
        plant("nest/angry/1.wav", "angry/1 (1).wav", "__MACOSX/angry/1.wav", text="the same bytes")
        inventory = scan(plant("angry/1.wav", text="the same bytes"))
        assert paths(inventory) == ["angry/1.wav"]
        assert copies(inventory) == {
            "__MACOSX": None,
            "angry/1 (1).wav": "angry/1.wav",
            "nest/angry/1.wav": "angry/1.wav",
        }

    def test_copies_with_different_labels_are_all_left_out(self, plant: Plant) -> None:
        plant("angry/1.wav", "sad/7.wav", text="the same bytes")
        inventory = scan(plant("happy/1.wav"))
        assert paths(inventory) == ["happy/1.wav"]
        assert copies(inventory) == {"angry/1.wav": None, "sad/7.wav": None}
        assert "different labels" in reasons(inventory)["sad/7.wav"]

    def test_files_of_equal_size_and_middle_can_differ(self, data_dir: Path) -> None:
        for name, first_byte in (("1", b"a"), ("2", b"b")):
            write(data_dir, f"sad/{name}.wav", first_byte + bytes(20_000))
        assert len(scan(data_dir).table) == 2

    def test_empty_files_are_not_copies(self, plant: Plant) -> None:
        assert len(scan(plant("sad/1.wav", "sad/2.wav", text="")).table) == 2

    def test_12_000_files_of_one_size_are_compared_quickly(self, data_dir: Path) -> None:
        for number in range(12_000):
            folder = data_dir / f"Actor_{number % 100}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"OAF_{_letters(number)}_angry.wav").write_bytes(b"%08d" % number * 100)
        start_s = time.process_time()
        inventory = scan(data_dir)
        assert time.process_time() - start_s < 5.0
        assert len(inventory.table) == 12_000


def _letters(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:05d}")


class TestSameSound:
    @pytest.mark.parametrize(
        ("copy", "file_format", "subtype"),
        [
            ("nest/angry/1.flac", "FLAC", None),
            ("angry/1.ogg", "OGG", "VORBIS"),
            ("angry/1.opus", "OGG", "OPUS"),
            ("angry/1.mp3", "MP3", None),
            ("elsewhere/angry/another name.flac", "FLAC", None),
            ("elsewhere/angry/another name.opus", "OGG", "OPUS"),
        ],
    )
    def test_a_recording_in_another_format_is_a_copy(
        self, data_dir: Path, copy: str, file_format: str, subtype: str | None
    ) -> None:
        write(data_dir, "angry/1.wav", encoded(sound(1), "WAV"))
        write(data_dir, copy, encoded(sound(1), file_format, subtype))
        inventory = scan(data_dir)
        assert paths(inventory) == ["angry/1.wav"]
        assert copies(inventory) == {copy: "angry/1.wav"}
        assert "same sound" in reasons(inventory)[copy]

    def test_one_name_with_different_sounds_is_two_recordings(self, data_dir: Path) -> None:
        write(data_dir, "angry/1.wav", encoded(sound(1), "WAV"))
        write(data_dir, "angry/1.mp3", encoded(sound(2), "MP3"))
        inventory = scan(data_dir)
        assert paths(inventory) == ["angry/1.mp3", "angry/1.wav"]
        assert inventory.skipped == ()

    def test_equal_durations_with_different_sounds_are_many_recordings(self, data_dir: Path) -> None:
        for seed in range(8):
            write(data_dir, f"sad/{seed}.wav", encoded(sound(seed), "WAV"))
        assert len(scan(data_dir).table) == 8

    def test_a_corpus_recording_in_another_format_and_name_is_a_copy(self, data_dir: Path) -> None:
        write(data_dir, "Actor_01/03-01-02-01-01-01-01.wav", encoded(sound(1), "WAV"))
        write(data_dir, "calm/my clip.flac", encoded(sound(1), "FLAC"))
        inventory = scan(data_dir)
        assert paths(inventory) == ["Actor_01/03-01-02-01-01-01-01.wav"]
        assert copies(inventory) == {"calm/my clip.flac": "Actor_01/03-01-02-01-01-01-01.wav"}

    def test_three_formats_of_one_recording_count_once(self, data_dir: Path) -> None:
        for name, file_format in (("1.wav", "WAV"), ("1.flac", "FLAC"), ("1.mp3", "MP3")):
            write(data_dir, f"sad/{name}", encoded(sound(1), file_format))
        assert len(scan(data_dir).table) == 1

    def test_one_sound_with_different_labels_is_left_out(self, data_dir: Path) -> None:
        write(data_dir, "angry/1.wav", encoded(sound(1), "WAV"))
        write(data_dir, "sad/1.flac", encoded(sound(1), "FLAC"))
        write(data_dir, "happy/1.wav", encoded(sound(2), "WAV"))
        assert paths(scan(data_dir)) == ["happy/1.wav"]

    def test_silence_and_damaged_files_have_no_copies(self, data_dir: Path) -> None:
        silence = np.zeros(8_000)
        for number, content in enumerate((encoded(silence, "WAV"), encoded(silence, "FLAC"), b"x", b"y")):
            write(data_dir, f"sad/{number}.wav", content)
        assert len(scan(data_dir).table) == 4

    def test_the_comparison_of_sounds_can_be_skipped(self, data_dir: Path) -> None:
        write(data_dir, "angry/1.wav", encoded(sound(1), "WAV"))
        write(data_dir, "angry/1.flac", encoded(sound(1), "FLAC"))
        assert len(scan(data_dir, compare_sound=False).table) == 2

    def test_recordings_of_corpora_are_not_decoded(self, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*arguments: object) -> None:
            raise AssertionError("decoded")

        monkeypatch.setattr("ser_core.audio.loading.load_audio", fail)
        assert len(scan(plant("OAF_back_angry.wav", "OAF_back_sad.wav")).table) == 2


def test_a_copy_names_the_recording_that_is_kept(plant: Plant) -> None:
    plant("sad/1.wav", "sad/2.wav", text="the same bytes")
    inventory = scan(plant("happy/1.wav"))
    assert inventory.skipped == (
        Skipped("sad/2.wav", "a copy of a recording that is kept: the same bytes", copy_of="sad/1.wav"),
    )
