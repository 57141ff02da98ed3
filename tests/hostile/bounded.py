"""Uploads are processed in a separate process, which may hang, crash or use much memory without harm to the tests."""

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
from typing import IO

import pytest

from tests.harness.paths import ROOT

NEEDS_LINUX = pytest.mark.skipif(
    not Path("/proc/self/clear_refs").exists(), reason="peak memory is measured with a file of Linux"
)

# Processor time in seconds, which does not depend on the load of the machine.
MAX_CPU_S = 5.0
# A ten-minute clip is 38 MB of samples; an upload of 50 MB that is all index costs FFmpeg four times as much.
MAX_EXTRA_MB = 260.0
# A process is stopped after this much processor time, or after this much elapsed time if it uses little processor time.
_HANGS_AFTER_CPU_S = 2 * MAX_CPU_S
_HANGS_AFTER_S = 240.0


@dataclass(frozen=True)
class Outcome:
    """Outcome of one upload.

    Parameters
    ----------
    outcome : str
        ``"result"``, ``"error"`` for one of ``ser_core``'s own errors, or a description of the failure.
    cpu_s : float
        Processor time in seconds.
    extra_mb : float
        Peak memory in megabytes, minus the memory used before.
    """

    outcome: str
    cpu_s: float = 0.0
    extra_mb: float = 0.0

    @property
    def is_accepted(self) -> bool:
        """Whether the upload gave a result or an error of our own, within the limits."""
        return self.outcome in {"result", "error"} and self.cpu_s <= MAX_CPU_S and self.extra_mb <= MAX_EXTRA_MB


class BoundedWorker:
    """A process that does the same job with one upload after the other.

    Parameters
    ----------
    job : str
        ``"decode"`` or ``"analyse"``, see ``worker.py``.
    """

    def __init__(self, job: str) -> None:
        self._command = [sys.executable, "-m", "tests.hostile.worker", job]
        self._process: subprocess.Popen[bytes] | None = None

    def process(self, data: bytes) -> Outcome:
        """Process one upload and return its outcome. A process that crashed or hung is replaced for the next upload."""
        process, stdin, stdout = self._running_process()
        with contextlib.suppress(BrokenPipeError):
            stdin.write(len(data).to_bytes(8, "little") + data)
            stdin.flush()
        has_answered = _wait_for_answer(process.pid, stdout)
        answer = stdout.readline() if has_answered else b""
        if answer:
            return Outcome(**json.loads(answer))
        status = self.close()
        return Outcome(f"crashed with status {status}" if has_answered else "hangs")

    def _running_process(self) -> tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process, self._process.stdin, self._process.stdout

    def close(self) -> int | None:
        """End the process and return its exit status; None if it is not running."""
        if self._process is None:
            return None
        process, stdin, stdout = self._running_process()
        self._process = None
        with contextlib.suppress(BrokenPipeError):
            stdin.close()
        try:
            status = process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        stdout.close()
        return status


def _wait_for_answer(process_id: int, stdout: IO[bytes]) -> bool:
    """Wait for an answer or the end of the process; return False if the process hangs."""
    until_s, until_cpu_s = time.monotonic() + _HANGS_AFTER_S, _cpu_s(process_id) + _HANGS_AFTER_CPU_S
    while time.monotonic() < until_s and _cpu_s(process_id) < until_cpu_s:
        if select.select([stdout], [], [], 1.0)[0]:
            return True
    return False


def _cpu_s(process_id: int) -> float:
    """Return the processor time that a process has used, in seconds."""
    fields = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))
