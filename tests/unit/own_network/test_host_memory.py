"""The free memory of a host, read from a copy of Linux's files."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from ser_core.own_network.choices import KERAS, MLP
from ser_core.own_network.host_memory import free_mb, is_enough

MB = 1_000_000


def write(path: Path, text: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n", encoding="ascii")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "proc/meminfo", f"MemTotal: 9 kB\nMemAvailable:  {8_000 * MB // 1024} kB")
    write(tmp_path / "proc/self/cgroup", "0::/app/worker")
    return tmp_path


def limit_group(group: Path, *, limit_mb: int, used_mb: int, cache_mb: int = 0) -> None:
    write(group / "memory.max", limit_mb * MB)
    write(group / "memory.current", used_mb * MB)
    write(group / "memory.stat", f"anon 1\ninactive_file {cache_mb * MB}")


def test_without_a_limit_the_machine_counts(root: Path) -> None:
    write(root / "sys/fs/cgroup/app/worker/memory.max", "max")
    assert free_mb(root) == pytest.approx(8_000, abs=1)
    assert is_enough(KERAS, root=root)


def test_the_limit_of_a_group_around_the_server_counts(root: Path) -> None:
    limit_group(root / "sys/fs/cgroup/app", limit_mb=690, used_mb=400, cache_mb=50)
    assert free_mb(root) == pytest.approx(340, abs=1)
    assert not is_enough(KERAS, root=root)
    assert is_enough(MLP, root=root)


def test_the_memory_of_the_running_training_is_free_before_the_next(root: Path) -> None:
    limit_group(root / "sys/fs/cgroup", limit_mb=2_000, used_mb=1_500)
    assert not is_enough(KERAS, root=root)
    assert is_enough(KERAS, running=KERAS, root=root)


def test_version_1_of_control_groups(root: Path) -> None:
    write(root / "proc/self/cgroup", "5:cpu:/x\n4:memory:/docker/1")
    group = root / "sys/fs/cgroup/memory"
    write(group / "memory.limit_in_bytes", 2**63 - 4096)
    write(group / "memory.usage_in_bytes", 10 * MB)
    write(group / "memory.stat", "total_inactive_file 0")
    assert free_mb(root) == pytest.approx(8_000, abs=1)
    write(group / "memory.limit_in_bytes", 500 * MB)
    assert free_mb(root) == pytest.approx(490, abs=1)


def test_outside_linux_nothing_is_read(tmp_path: Path) -> None:
    assert free_mb(tmp_path) == math.inf
