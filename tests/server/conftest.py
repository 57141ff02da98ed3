"""A real server that cannot write to any disk, so that nothing of a voice can get there unseen."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.harness.paths import ROOT
from tests.harness.serving import app_command, app_environment, free_port, wait_until_healthy


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
    port = free_port()
    # A pipe is no file: what the app says still gets through.
    with subprocess.Popen(
        ["/bin/sh", "-c", 'ulimit -f 0 && exec "$@"', "sh", *app_command(port)],
        cwd=ROOT,
        env=app_environment(PYTHONDONTWRITEBYTECODE="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        server = DisklessServer(f"http://127.0.0.1:{port}", process.pid)
        reader = threading.Thread(target=lambda: server.log.extend(process.stdout), daemon=True)
        reader.start()
        try:
            try:
                wait_until_healthy(server.url, process, patience_s=120.0)
            except RuntimeError as error:
                pytest.fail(f"{error}: {server.log[-3:]}")
            yield server
        finally:
            process.terminate()
            process.wait(timeout=30)
            reader.join(timeout=30)
