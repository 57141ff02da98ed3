"""A corpus on a Dask cluster of several processes, of which one is killed."""

from __future__ import annotations

import gc
import json
import os
import shutil
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from ser_core.cli import main
from ser_core.parallel import cluster as cluster_module
from ser_core.parallel import mapping
from tests.harness.paths import COMPUTER_VOICES, ROOT

pytest.importorskip("distributed", reason="the optional package distributed is not installed")

START_S = 60


class Cluster:
    """A scheduler and two workers, each a process of its own.

    Parameters
    ----------
    folder : Path
        Where they put their files.
    """

    def __init__(self, folder: Path) -> None:
        self._address_file = folder / "scheduler.json"
        log = (folder / "log.txt").open("w")
        paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])

        def start(program: str, *options: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.dask_{program}", "--no-dashboard"]
            where = ["--scheduler-file", str(self._address_file)]
            environment = {**os.environ, "PYTHONPATH": paths}
            return subprocess.Popen([*command, *where, *options], cwd=folder, env=environment, stdout=log, stderr=log)

        self.scheduler = start("scheduler", "--host", "127.0.0.1", "--port", "0")
        # Without a nanny, which would start a killed worker again.
        self.workers = [start("worker", "--nthreads", "1", "--no-nanny") for _ in range(2)]
        log.close()

    def address(self) -> str:
        """Return the scheduler's address, as soon as it is there."""
        end_s = time.monotonic() + START_S
        while time.monotonic() < end_s:
            try:
                return str(json.loads(self._address_file.read_text())["address"])
            except (OSError, ValueError):
                time.sleep(0.05)
        raise TimeoutError

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    processes = Cluster(tmp_path)
    yield processes
    processes.stop()


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the voices and of a file without sound, in the current directory."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(COMPUTER_VOICES, tmp_path / "clips")
    (tmp_path / "clips" / "bad.wav").write_bytes(b"this is no audio")
    return tmp_path


def kill_after_the_first_result(monkeypatch: pytest.MonkeyPatch, process: subprocess.Popen[bytes]) -> None:
    map_tasks = mapping.map_tasks

    def disturbed(function: Callable[[Any], Any], tasks: Sequence[Any], cluster: str | None) -> Iterator[Any]:
        for result in map_tasks(function, tasks, cluster):
            yield result
            process.kill()

    monkeypatch.setattr(mapping, "map_tasks", disturbed)


def test_a_killed_worker_or_scheduler_changes_no_row(
    corpus: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["predict", "clips", "--output", "single.parquet"])
    single = pd.read_parquet("single.parquet")
    command = ["predict", "clips", "--shard-size", "1"]
    with monkeypatch.context() as patch:
        kill_after_the_first_result(patch, cluster.workers[0])
        assert main([*command, "--shards", "a", "--cluster", cluster.address()]) == 1
    assert cluster.workers[0].wait() != 0
    pd.testing.assert_frame_equal(pd.read_parquet("a"), single)

    with monkeypatch.context() as patch:
        kill_after_the_first_result(patch, cluster.scheduler)
        capsys.readouterr()
        assert main([*command, "--shards", "b", "--cluster", cluster.address()]) == 2
        assert "The connection to the cluster's scheduler was lost" in capsys.readouterr().err
    n_written = len(list(Path("b").iterdir()))
    assert 1 <= n_written < len(single)
    # The rest on this machine, in one process.
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert main([*command, "--shards", "b"]) == 1
    assert f"going on after {n_written} of {len(single)} shards" in capsys.readouterr().err
    pd.testing.assert_frame_equal(pd.read_parquet("b"), single)


class NoWorkers:
    """Stands in for the client and the tasks of a cluster whose first worker comes after some questions."""

    scheduler = SimpleNamespace(address="tcp://scheduler:8786")
    n_questions = 0

    def nthreads(self) -> dict[str, int]:
        return {}

    def has_ready(self) -> bool:
        self.n_questions += 1
        return self.n_questions > 3

    def __next__(self) -> str:
        return "done"


def test_a_wait_for_the_first_worker_is_said_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cluster_module, "_NO_WORKER_S", 0.0)
    cluster_without = NoWorkers()
    assert cluster_module._next(cluster_without, cluster_without) == "done"
    (message,) = caplog.messages
    assert message.startswith("The cluster has no workers.")
    assert "dask worker tcp://scheduler:8786" in message


@pytest.fixture
def other_server() -> Iterator[str]:
    """Return the address of a server that is no scheduler, and answers as web servers do."""

    class Answer(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("address", ["nonsense", "foo://scheduler:1", "other server"])
def test_what_is_no_scheduler_is_one_sentence(
    address: str, other_server: str, corpus: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    if address == "other server":
        address = other_server
    assert main(["predict", "clips", "--shards", "out", "--cluster", address]) == 2
    gc.collect()
    printed = capfd.readouterr().err
    assert printed.startswith("error: The scheduler of the cluster cannot be reached.")
    assert len(printed.splitlines()) == 1
