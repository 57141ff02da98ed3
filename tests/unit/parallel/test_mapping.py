"""A function over many tasks, in processes of this machine."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from ser_core.errors import SerError, StorageError, WorkerError
from ser_core.parallel.mapping import map_tasks
from tests.harness.paths import ROOT


def test_each_task_comes_back_once_with_its_place() -> None:
    words = [str(10**n) for n in range(9)]
    assert sorted(map_tasks(len, words)) == [(n, n + 1) for n in range(9)]
    assert list(map_tasks(len, [])) == []


def test_a_process_that_ends_is_an_error_with_advice() -> None:
    with pytest.raises(WorkerError, match="Run the same command again"):
        list(map_tasks(os._exit, [1]))


def test_an_error_keeps_its_parts_between_processes() -> None:
    error = StorageError("The disk is full", expected="free space", advice="Delete something")
    copy: SerError = pickle.loads(pickle.dumps(error))
    assert type(copy) is StorageError
    assert (copy.problem, copy.expected, copy.advice) == (error.problem, error.expected, error.advice)


_STOPPED_RUN = """
import os, signal, sys, threading, time
from contextlib import closing
from ser_core.parallel.mapping import map_tasks
if __name__ == "__mp_main__":
    # A worker that still loads its modules.
    time.sleep(2)
if __name__ == "__main__":
    threading.Timer(float(sys.argv[1]), lambda: os.killpg(0, signal.SIGINT)).start()
    try:
        with closing(map_tasks(time.sleep, [60, 60])) as results:
            list(results)
    except KeyboardInterrupt:
        print("stopped")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes that get one signal")
@pytest.mark.parametrize("after_s", [0.5, 1.0, 3.5])
def test_interrupt_of_all_processes_ends_them_quietly(after_s: float, tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(_STOPPED_RUN)
    result = subprocess.run(
        [sys.executable, str(script), str(after_s)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        capture_output=True,
        text=True,
        timeout=40,
    )
    assert (result.stdout, result.stderr) == ("stopped\n", "")
