"""How much memory the host has left for a training."""

from __future__ import annotations

import math
from pathlib import Path

from ser_core.own_network.choices import KERAS, MLP

# What the process of a training needs at most, measured with 4,000 clips.
NEEDED_MB = {KERAS: 1_000, MLP: 300}

_BYTES_PER_MB = 1e6
# A limit of version 1 that is not set is nearly two to the 63.
_NO_LIMIT_BYTES = 2**60


def free_mb(root: Path = Path("/")) -> float:
    """Return the free memory of the machine, or of the control group that the server runs in, if that is less.

    Parameters
    ----------
    root : Path, optional
        The folder that holds ``proc`` and ``sys``.

    Returns
    -------
    float
        In MB of a million bytes; infinite where neither can be read, as outside Linux.
    """
    free_bytes = [_machine_bytes(root), *(_group_bytes(folder) for folder in _groups(root))]
    return min(free_bytes) / _BYTES_PER_MB


def is_enough(method: str, running: str | None = None, root: Path = Path("/")) -> bool:
    """Return whether the host has the memory for a training.

    Parameters
    ----------
    method : str
        Its method.
    running : str or None
        The method of the training that runs now. Its memory is free again before another one starts.
    root : Path, optional
        As for ``free_mb``.
    """
    return free_mb(root) + (NEEDED_MB[running] if running else 0.0) >= NEEDED_MB[method]


def _machine_bytes(root: Path) -> float:
    try:
        for line in (root / "proc" / "meminfo").read_text(encoding="ascii").splitlines():
            name, _, value = line.partition(":")
            if name == "MemAvailable":
                return float(value.split()[0]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    return math.inf


def _groups(root: Path) -> list[Path]:
    """Return the folders of the server's control group and of the groups around it."""
    try:
        lines = (root / "proc" / "self" / "cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    groups = []
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "memory" not in controllers.split(","):
            continue
        # Version 2 has one tree for everything, version 1 a tree for each controller.
        tree = root / "sys" / "fs" / "cgroup" / ("memory" if controllers else "")
        inner = Path(path.lstrip("/"))
        groups += [tree / part for part in (inner, *inner.parents)]
    return groups


def _group_bytes(group: Path) -> float:
    for limit_name, used_name, cache_name in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        try:
            limit = float((group / limit_name).read_text(encoding="ascii"))
            used = float((group / used_name).read_text(encoding="ascii"))
            statistics = (group / "memory.stat").read_text(encoding="ascii").split()
        except (OSError, ValueError):
            # No such group, another version, or "max": no limit.
            continue
        # Pages of files that the kernel drops when memory is needed.
        cache = float(dict(zip(statistics[::2], statistics[1::2], strict=False)).get(cache_name, 0))
        if limit < _NO_LIMIT_BYTES:
            return max(limit - used + cache, 0.0)
    return math.inf
