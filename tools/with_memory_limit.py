"""Run a command under a memory limit, as a small host would, and say how much it used.

    python tools/with_memory_limit.py --limit-mb 690 -- streamlit run app.py

Needs Linux, and the right to make a control group (root, or a delegated one). Where more is asked for than the limit,
the kernel ends the command, and this exits with 137.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")


def make_group(limit_bytes: int) -> Path:
    """Make a control group with a limit and without swap; return its folder.

    Raises
    ------
    OSError
        If that is not allowed here.
    """
    is_v1 = (CGROUPS / "memory").is_dir()
    group = (CGROUPS / "memory" if is_v1 else CGROUPS) / f"with-memory-limit-{os.getpid()}"
    group.mkdir()
    limits = ("memory.limit_in_bytes", "memory.memsw.limit_in_bytes") if is_v1 else ("memory.max",)
    for name in limits:
        # A kernel that does not count swap has no limit of it.
        if (group / name).exists():
            (group / name).write_text(str(limit_bytes))
    if not is_v1:
        (group / "memory.swap.max").write_text("0")
    return group


def run(command: list[str], limit_bytes: int) -> int:
    """Run a command in a group of its own until it ends or this is told to; return its exit status."""
    group = make_group(limit_bytes)

    def enter() -> None:
        (group / "cgroup.procs").write_text(str(os.getpid()))

    try:
        with subprocess.Popen(command, preexec_fn=enter) as process:  # noqa: S603 - the caller's own command
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: process.terminate())
            status = process.wait()
    finally:
        group.rmdir()
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    print(f"peak: {peak_mb:.0f} MB of {limit_bytes / 1e6:.0f} MB", file=sys.stderr)
    return status if status >= 0 else 128 - status


def main() -> int:
    """Read the words of the command line, and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit-mb", type=float, required=True, help="in millions of bytes")
    parser.add_argument("command", nargs="+", help="what to run, after --")
    arguments = parser.parse_args()
    try:
        return run(arguments.command, round(arguments.limit_mb * 1e6))
    except OSError as error:
        print(f"no control group can be made here ({error}); try as root, or use", file=sys.stderr)
        print("systemd-run --user --scope -p MemoryMax=690M COMMAND", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
