"""Run a function in a Python process of its own, and measure its time and peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from tests.harness.memory import memory_mb
from tests.harness.paths import ROOT


@dataclass(frozen=True)
class Outcome:
    """The result of a fresh process.

    Parameters
    ----------
    result : Any
        The function's result.
    wall_s : float
        From the start of the process to the result.
    peak_mb : float
        Peak memory of the process, in MB of a million bytes.
    """

    result: Any
    wall_s: float
    peak_mb: float


def run(function: Callable[..., Any], *arguments: Any) -> Outcome:
    """Call a function in a fresh process.

    Parameters
    ----------
    function : callable
        A function of a module that imports little. Its result must be JSON.
    arguments
        Positional arguments, ready for JSON.

    Raises
    ------
    RuntimeError
        If the function fails.
    """
    call = json.dumps([function.__module__, function.__name__, arguments])
    command = [sys.executable, "-m", "benchmarks.fresh_process", call]
    started_s = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=quiet_environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        wall_s = time.perf_counter() - started_s
    if process.returncode:
        raise RuntimeError(f"{function.__name__} failed in its own process")
    answer = json.loads(line)
    return Outcome(answer["result"], wall_s, answer["peak_mb"])


def quiet_environment() -> dict[str, str]:
    """Return the environment with TensorFlow's messages switched off."""
    return {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}


def _answer(call: str) -> None:
    module, name, arguments = json.loads(call)
    result = getattr(import_module(module), name)(*arguments)
    sys.stdout.write(json.dumps({"result": result, "peak_mb": memory_mb(peak=True)}) + "\n")


if __name__ == "__main__":
    _answer(sys.argv[1])
