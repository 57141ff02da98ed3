"""How the app is started by what visits it: benchmarks, and the tests that need a real server or a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

_LOOK_AGAIN_S = 0.5


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def app_command(port: int, *options: str) -> list[str]:
    """Return the command that starts the app of the current folder on a port."""
    start = [sys.executable, "-m", "streamlit", "run", "app.py"]
    return [*start, f"--server.port={port}", "--server.headless=true", *options]


def app_environment(**settings: str) -> dict[str, str]:
    """Return an environment in which no clips come from elsewhere, unless ``settings`` say so."""
    inherited = {name: value for name, value in os.environ.items() if name != "SER_DATA_DIR"}
    return {**inherited, "SER_SAMPLES_URL": "", **settings}


def wait_until_healthy(url: str, app: subprocess.Popen, patience_s: float) -> None:
    """Wait until a server says of itself that it is well.

    Parameters
    ----------
    url : str
        Its address.
    app : subprocess.Popen
        Its process.
    patience_s : float
        How long, beyond what its answers take.

    Raises
    ------
    RuntimeError
        If it ended, or did not answer.
    """
    for _ in range(round(patience_s / _LOOK_AGAIN_S)):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except OSError:
            try:
                app.wait(timeout=_LOOK_AGAIN_S)
            except subprocess.TimeoutExpired:
                continue
            raise RuntimeError("the app ended before it answered") from None
    raise RuntimeError(f"the app did not answer within {patience_s:.0f} s")


def chromium_path() -> str | None:
    """Return where this machine has a Chromium."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def chromium_flags(microphone: Path | str | None = None) -> list[str]:
    """Return how Chromium is started where nobody is there to answer its questions.

    Parameters
    ----------
    microphone : Path, str or None
        A WAV file that its microphone plays again and again, or once with ``%noloop`` behind its name.
    """
    flags = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
    if microphone:
        flags += ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={microphone}"]
    return flags
