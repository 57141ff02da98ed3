"""The commands ``export`` and ``serve``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ser_core.cli import main, serve
from ser_core.inference.recognizer import Recognizer
from ser_core.paths import MODELS_DIR
from tests.harness.paths import ROOT


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


@pytest.fixture
def serve_with(tmp_path: Path) -> Callable[[str], subprocess.Popen[str]]:
    """Return a function that starts ``ser serve`` with some code in the place of Streamlit."""

    def start(code: str) -> subprocess.Popen[str]:
        (tmp_path / "streamlit.py").write_text(code)
        return subprocess.Popen(
            [sys.executable, "-m", "ser_core", "serve", "--port", "9001"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )

    return start


def test_serve_starts_the_app_in_its_folder(serve_with: Callable[[str], subprocess.Popen[str]]) -> None:
    with serve_with("import os, sys; print(os.getcwd(), *sys.argv[1:], sep='\\n'); sys.exit(3)") as command:
        assert command.stdout is not None
        folder, run, app, *options = command.stdout.read().splitlines()
    assert command.returncode == 2
    assert Path(folder, "app.py").samefile(app)
    assert [run, *options] == ["run", "--server.port", "9001"]


@pytest.mark.skipif(os.name == "nt", reason="signals of Linux and macOS")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_passes_signals_on_and_waits_for_the_app(
    number: signal.Signals, serve_with: Callable[[str], subprocess.Popen[str]]
) -> None:
    app = (
        "import signal, time\n"
        f"signal.signal({number}, lambda *_: print('stops') or exit(0))\n"
        "print('runs', flush=True)\n"
        "time.sleep(20)\n"
        "print('was not stopped')"
    )
    with serve_with(app) as command:
        assert command.stdout is not None
        assert command.stdout.readline() == "runs\n"
        # Only the command gets it, as from a service manager.
        command.send_signal(number)
        # Reads until both processes have ended.
        assert command.stdout.read() == "stops\n"
    assert command.returncode == 128 + number


def test_serve_without_the_pages_says_where_they_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "_APP", tmp_path / "app.py")
    assert main(["serve"]) == 2
    assert "checkout" in capsys.readouterr().err
