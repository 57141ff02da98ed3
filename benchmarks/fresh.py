"""A function in a Python of its own: what it says, how long until it said it, and the memory that it took."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_MB = 1e6


@dataclass(frozen=True)
class Outcome:
    """What a fresh process came to.

    Parameters
    ----------
    said : Any
        What the function returned.
    wall_s : float
        From the start of the process until then.
    peak_mb : float
        The most memory that it held until then, in MB of a million bytes.
    """

    said: Any
    wall_s: float
    peak_mb: float


def run(function: Callable[..., Any], *arguments: Any) -> Outcome:
    """Call a function in a fresh process.

    Parameters
    ----------
    function : callable
        Of a module that imports little; returns what JSON can hold.
    arguments
        What JSON can hold.
    """
    call = json.dumps([function.__module__, function.__name__, arguments])
    started_s = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.fresh", call]
    with subprocess.Popen(command, cwd=ROOT, env=quiet_environment(), stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        wall_s = time.perf_counter() - started_s
    if process.returncode:
        raise RuntimeError(f"{function.__name__} failed in its own process")
    answer = json.loads(line)
    return Outcome(answer["said"], wall_s, answer["peak_mb"])


def quiet_environment() -> dict[str, str]:
    """Return the environment with TensorFlow's greetings switched off."""
    return {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}


def memory_mb(pid: int | str = "self", *, peak: bool = False) -> float:
    """Return what a process holds of the machine's memory, or held at the most, as Linux counts it."""
    # Not ``ru_maxrss``: a child inherits its parent's.
    wanted = "VmHWM" if peak else "VmRSS"
    with open(f"/proc/{pid}/status", encoding="ascii") as lines:
        return next(1024.0 * int(line.split()[1]) / _MB for line in lines if line.startswith(wanted))


def forget_peak(pid: int | str = "self") -> None:
    """Have Linux count the most that a process holds anew from here on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def _answer(call: str) -> None:
    from importlib import import_module

    module, name, arguments = json.loads(call)
    said = getattr(import_module(module), name)(*arguments)
    sys.stdout.write(json.dumps({"said": said, "peak_mb": memory_mb(peak=True)}) + "\n")


if __name__ == "__main__":
    _answer(sys.argv[1])
