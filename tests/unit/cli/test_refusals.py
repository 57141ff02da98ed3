"""Inputs, outputs and options that cannot be used: each is refused at once, with what was expected."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ser_core.cli import main
from ser_core.inference.recognizer import Recognizer
from tests.harness.paths import SAD_VOICE
from tests.unit.batch.archives import marked_encrypted, zipped

Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every prediction an error of the test."""
    monkeypatch.setattr(Recognizer, "predict", lambda *_: pytest.fail("the work has begun"))


@pytest.mark.parametrize("command", ["predict", "features"])
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 cut", "The archive cannot be opened"),
        (marked_encrypted(zipped({"a.wav": SAD_VOICE.read_bytes()})), "without a password"),
        (zipped({}), "There is no recording in this archive that can be read"),
        (zipped({"notes.txt": b"x"}), "There is no recording in this archive that can be read"),
    ],
    ids=["damaged", "encrypted", "empty", "no recording"],
)
def test_archive_without_a_readable_recording_is_a_failure(
    content: bytes, sentence: str, command: str, capsys: Capture
) -> None:
    Path("x.zip").write_bytes(content)
    assert main([command, "x.zip"]) == 1
    assert sentence in capsys.readouterr().out
    assert main([command, "x.zip", "clips/al"]) == 1


def test_files_that_are_all_left_out_are_a_failure(capsys: Capture) -> None:
    Path("notes.csv").write_text("a,b\n1,2\n")
    for command in (["predict"], ["features"], ["features", "--what", "frames", "--output", "frames"]):
        assert main([*command, "notes.csv"]) == 1
        assert main([*command, "notes.csv", "clips/al"]) == 0
    assert "notes.csv: skipped: " in capsys.readouterr().err


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize(
    "arguments",
    [
        *(["predict", "clips", option] for option in ("--output", "--report", "--timeline", "--shards")),
        *(["features", "clips", option] for option in ("--output", "--shards")),
        ["features", "clips", "--what", "frames", "--output"],
        ["export"],
        *(["train", "--data", "clips", option] for option in ("--out", "--experiments", "--work")),
        ["inventory", "--data", "clips", "--out"],
        ["network-map", "--data", "clips", "--out"],
        ["fit-speech-detector", "--data", "clips", "--experiments"],
        ["convert-whisper", "clips/bad.wav"],
    ],
    ids=" ".join,
)
def test_output_that_cannot_be_written_is_refused_before_the_work(arguments: list[str], capsys: Capture) -> None:
    # Below a file, no user can make anything, not even root.
    assert main([*arguments, "clips/bad.wav/x/report.html"]) == 2
    assert "clips/bad.wav/x/report.html cannot be written" in capsys.readouterr().err
    assert Path("clips/bad.wav").is_file()


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize("option", ["--output", "--report"])
def test_folder_as_an_output_file_is_refused(option: str, capsys: Capture) -> None:
    Path("folder.html").mkdir()
    assert main(["predict", "clips", "--format", "csv", option, "folder.html"]) == 2
    assert "it is a folder or a device, not a file" in capsys.readouterr().err


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["predict", "clips", "--label-map", "missing.txt"], "There is no file with the name after --label-map"),
        (["evaluate", "--data", "clips", "--label-map", "missing.txt"], "no file with the name after --label-map"),
        (["predict", "clips", "--model", "missing"], "There is no model folder missing"),
        (["export", "out", "--model", "missing"], "There is no model folder missing"),
        (["train", "--data", "clips", "--pretrained", "missing"], "There is no file missing"),
        (["convert-whisper", "missing", "out"], "There is no file missing"),
    ],
)
def test_option_that_names_a_missing_file_is_refused(arguments: list[str], sentence: str, capsys: Capture) -> None:
    assert main(arguments) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes with a path")
@pytest.mark.parametrize("command", ["predict", "features"])
def test_pipe_and_device_are_named(command: str, capsys: Capture) -> None:
    os.mkfifo("pipe.wav")
    for path in ("pipe.wav", os.devnull):
        assert main([command, path]) == 1
        printed = capsys.readouterr().out
        assert "This is a pipe or a device, not a file" in printed
        assert "ser predict -" in printed


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize(
    "arguments",
    [["predict", "--format", "parquet"], ["features", "--format", "parquet"], ["features", "--format", "npz"]],
)
def test_terminal_gets_no_binary_format(arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main([*arguments, "clips"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Name a file with --output" in captured.err
