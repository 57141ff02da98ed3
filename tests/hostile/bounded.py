"""Uploads handed to a process of their own, which may hang, crash or swell without the tests doing so."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.harness.paths import ROOT

MEASURED_HERE = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="memory is measured as Linux alone tells it"
)

# In seconds of the processor's time, which a busy machine does not lengthen.
MAX_CPU_S = 5.0
# A ten-minute clip is 38 MB of samples; an upload of 50 MB that is all index costs FFmpeg four times as much.
MAX_EXTRA_MB = 260.0
# What has worked this long, or has not ended after minutes in which it hardly worked, never will.
_HANGS_AFTER_CPU_S = 2 * MAX_CPU_S
_HANGS_AFTER_S = 240.0


@dataclass(frozen=True)
class Ending:
    """How an upload ended.

    Parameters
    ----------
    ended : str
        ``"result"``, ``"error"`` for one of ``ser_core``'s own, or what else happened.
    cpu_s, extra_mb : float
        What it took: time of the processor, and memory beyond what was resident before.
    """

    ended: str
    cpu_s: float = 0.0
    extra_mb: float = 0.0

    @property
    def is_well(self) -> bool:
        """Whether it ended as an upload must."""
        return self.ended in {"result", "error"} and self.cpu_s <= MAX_CPU_S and self.extra_mb <= MAX_EXTRA_MB


class BoundedWorker:
    """Does a job with one upload after another.

    Parameters
    ----------
    job : str
        ``"decode"`` or ``"analyse"``, see ``worker.py``.
    """

    def __init__(self, job: str) -> None:
        self._command = [sys.executable, "-m", "tests.hostile.worker", job]
        self._process: subprocess.Popen[bytes] | None = None

    def give(self, data: bytes) -> Ending:
        """Give it an upload; return how it ended."""
        if self._process is None:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(len(data).to_bytes(8, "little") + data)
            self._process.stdin.flush()
        has_answered = self._wait_for_answer()
        answer = self._process.stdout.readline() if has_answered else b""
        if answer:
            return Ending(**json.loads(answer))
        status = self.close()
        return Ending(f"crashed with status {status}" if has_answered else "hangs")

    def _wait_for_answer(self) -> bool:
        """Wait until there is an answer, or the process has ended; return False where it hangs."""
        until_s, until_cpu_s = time.monotonic() + _HANGS_AFTER_S, self._cpu_s() + _HANGS_AFTER_CPU_S
        while time.monotonic() < until_s and self._cpu_s() < until_cpu_s:
            if select.select([self._process.stdout], [], [], 1.0)[0]:
                return True
        return False

    def _cpu_s(self) -> float:
        """Return for how many seconds of the processor the process has worked."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> int | None:
        """End the process; return its status."""
        process, self._process = self._process, None
        if process is None:
            return None
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        try:
            status = process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        process.stdout.close()
        return status
