"""A real server that cannot write to any disk, so that nothing of a voice can get there unseen."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class DisklessServer:
    """A running app whose process may write no file: the smallest attempt is an error of the system's.

    Parameters
    ----------
    url : str
        Its address.
    pid : int
        Its process.
    log : list of str
        What it has said so far, line by line.
    """

    url: str
    pid: int
    log: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def diskless() -> Iterator[DisklessServer]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = [sys.executable, "-B", "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    environment = {**os.environ, "SER_SAMPLES_URL": ""}
    environment.pop("SER_DATA_DIR", None)
    # A pipe is no file: what the app says still gets through.
    with subprocess.Popen(
        ["/bin/sh", "-c", 'ulimit -f 0 && exec "$@"', "sh", *app],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        server = DisklessServer(f"http://127.0.0.1:{port}", process.pid)
        reader = threading.Thread(target=lambda: server.log.extend(process.stdout), daemon=True)
        reader.start()
        try:
            _wait_until_healthy(server, process)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)
            reader.join(timeout=30)


def _wait_until_healthy(server: DisklessServer, process: subprocess.Popen[str]) -> None:
    for _ in range(240):
        try:
            requests.get(f"{server.url}/_stcore/health", timeout=5).raise_for_status()
        except requests.RequestException:
            try:
                process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
            pytest.fail(f"the app ended before it answered: {server.log[-3:]}")
        else:
            return
    pytest.fail("the app did not answer within two minutes")
