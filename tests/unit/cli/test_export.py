"""The commands ``export`` and ``serve``."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ser_core.cli import main, serve
from ser_core.inference.recognizer import Recognizer
from ser_core.paths import MODELS_DIR


def test_an_exported_network_can_be_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--model", str(MODELS_DIR / "ser_cnn"), str(tmp_path / "out")]) == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"network.tflite", "config.json", "LICENSE.SERAB.txt"}
    assert len(capsys.readouterr().out.splitlines()) == len(names)
    assert Recognizer(tmp_path / "out").config.network == "ser_cnn"


def test_a_format_that_the_folder_lacks_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", "--format", "keras", "--model", str(tmp_path), str(tmp_path / "out")]
    assert main(arguments) == 2
    assert "no network.keras" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_serve_starts_the_app_in_its_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[tuple[list[str], Path]] = []

    def run(command: list[str], *, cwd: Path, check: bool) -> subprocess.CompletedProcess[bytes]:
        started.append((command, cwd))
        return subprocess.CompletedProcess(command, returncode=3)

    monkeypatch.setattr(serve.subprocess, "run", run)
    assert main(["serve", "--port", "9001"]) == 3
    ((command, folder),) = started
    assert command[-2:] == ["--server.port", "9001"]
    assert (folder / "app.py").samefile(command[-3])


def test_serve_without_the_pages_says_where_they_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "_APP", tmp_path / "app.py")
    assert main(["serve"]) == 2
    assert "checkout" in capsys.readouterr().err
