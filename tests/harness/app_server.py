"""The app as a real server process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.harness.paths import ROOT

# A prefix for the app's command: the process can then write to no file, and each attempt is an error of the system.
# Its output still arrives, because a pipe is not a file.
NO_FILE_WRITES = ("/bin/sh", "-c", 'ulimit -f 0 && exec "$@"', "sh")

# Short, because the benchmarks measure the time until the server answers.
_POLL_INTERVAL_S = 0.01
_HEALTH_TIMEOUT_S = 5.0
_STOP_TIMEOUT_S = 30.0


@dataclass
class AppServer:
    """A running app.

    Parameters
    ----------
    url : str
        Its address, without a slash at the end.
    pid : int
        Process id of the started command.
    started_s : float
        When the command was started, on the clock of ``time.perf_counter``.
    log_lines : list of str
        The output so far, standard output and standard error together. Complete when ``running_app`` has ended.
    """

    url: str
    pid: int
    started_s: float
    log_lines: list[str] = field(default_factory=list)


def free_port() -> int:
    """Return a TCP port that is not in use."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_app(
    folder: Path = ROOT,
    *,
    script: str = "app.py",
    command_prefix: Sequence[str] = (),
    port: int | None = None,
    patience_s: float = 120.0,
    settings: Mapping[str, str] | None = None,
) -> Iterator[AppServer]:
    """Start the app as its users do, wait until it is healthy, and stop it at the end.

    Parameters
    ----------
    folder : Path
        The folder that holds the app.
    script : str
        The script that Streamlit runs, relative to the folder.
    command_prefix : sequence of str
        A command that starts the app's command, such as ``NO_FILE_WRITES``.
    port : int or None
        None for any free port.
    patience_s : float
        How long the app may take to become healthy.
    settings : mapping of str to str, or None
        Environment variables. Without them there are no corpora, no clips are fetched from the internet, and the
        temporary folder is the server's own, so that it does not wait for the trainings of another test's server.

    Yields
    ------
    AppServer

    Raises
    ------
    RuntimeError
        If the app ended, or was not healthy in time.
    """
    port = port or free_port()
    started_s = time.perf_counter()
    with (
        tempfile.TemporaryDirectory() as temporary_dir,
        subprocess.Popen(
            [*command_prefix, *_app_command(port, script)],
            cwd=folder,
            env=_environment({"TMPDIR": temporary_dir, **(settings or {})}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process,
    ):
        server = AppServer(f"http://127.0.0.1:{port}", process.pid, started_s)
        reader = threading.Thread(target=_read_log, args=(process, server.log_lines), daemon=True)
        reader.start()
        try:
            _wait_until_healthy(server, process, patience_s)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(timeout=_STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
            reader.join(timeout=_STOP_TIMEOUT_S)


def _app_command(port: int, script: str) -> list[str]:
    return [
        *(sys.executable, "-m", "streamlit", "run", script),
        f"--server.port={port}",
        # Reachable from this machine only. Without an address Streamlit asks the internet for the machine's own.
        "--server.address=127.0.0.1",
        "--server.headless=true",
    ]


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name != "SER_DATA_DIR"}
    defaults = {
        "SER_SAMPLES_URL": "",
        # As in the app's own settings. An app in another folder has no settings.
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
    }
    return {**inherited, **defaults, **settings}


def _read_log(process: subprocess.Popen[str], lines: list[str]) -> None:
    if process.stdout:
        lines.extend(process.stdout)


def _wait_until_healthy(server: AppServer, process: subprocess.Popen[str], patience_s: float) -> None:
    deadline_s = time.monotonic() + patience_s
    while time.monotonic() < deadline_s:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=_HEALTH_TIMEOUT_S):
                return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"the app ended before it answered: {server.log_lines[-3:]}") from None
        time.sleep(_POLL_INTERVAL_S)
    raise RuntimeError(f"the app was not healthy within {patience_s:.0f} s: {server.log_lines[-3:]}")
