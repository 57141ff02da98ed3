"""Run a command under a memory limit, as on a small host, and print its peak memory.

    python tools/with_memory_limit.py --limit-mb 690 -- streamlit run app.py

Needs Linux, and the right to make a control group (root, or a delegated control group). If the command needs more
memory than the limit, the kernel ends it, and this program exits with 137.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")

_BYTES_PER_MB = 1e6
_SHELL_SIGNAL_BASE = 128


def make_group(limit_bytes: int) -> Path:
    """Make a control group with a memory limit and without swap.

    Parameters
    ----------
    limit_bytes : int
        The memory limit.

    Returns
    -------
    Path
        The group's folder. Remove it when the group is empty.

    Raises
    ------
    OSError
        If this machine or this user does not allow it.
    """
    is_version_1 = (CGROUPS / "memory").is_dir()
    group = (CGROUPS / "memory" if is_version_1 else CGROUPS) / f"with-memory-limit-{os.getpid()}"
    group.mkdir()
    limits = ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes") if is_version_1 else ("memory.max",)
    for name in limits:
        # The limit on memory and swap together is missing where the kernel does not count swap.
        if (group / name).exists():
            (group / name).write_text(str(limit_bytes))
    if not is_version_1:
        (group / "memory.swap.max").write_text("0")
    return group


def run(command: Sequence[str], limit_bytes: int) -> int:
    """Run a command in a control group of its own.

    Parameters
    ----------
    command : sequence of str
        The command. SIGTERM and SIGINT to this process end it.
    limit_bytes : int
        The memory limit.

    Returns
    -------
    int
        The exit status as a shell would give it.
    """
    group = make_group(limit_bytes)

    def enter_group() -> None:
        (group / "cgroup.procs").write_text(str(os.getpid()))

    try:
        with subprocess.Popen(command, preexec_fn=enter_group) as process:  # noqa: S603 - the user's own command
            for signal_number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(signal_number, lambda *_: process.terminate())
            status = process.wait()
    finally:
        group.rmdir()
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / _BYTES_PER_MB
    print(f"peak: {peak_mb:.0f} MB of {limit_bytes / _BYTES_PER_MB:.0f} MB", file=sys.stderr)
    return status if status >= 0 else _SHELL_SIGNAL_BASE - status


def main() -> int:
    """Run the command of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit-mb", type=float, required=True, help="in millions of bytes")
    parser.add_argument("command", nargs="+", help="the command to run, after --")
    options = parser.parse_args()
    try:
        return run(options.command, round(options.limit_mb * _BYTES_PER_MB))
    except OSError as error:
        print(f"no control group can be made here ({error}). Try it as root, or use", file=sys.stderr)
        print("systemd-run --user --scope -p MemoryMax=690M COMMAND", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
