"""The machine of the measurements: enough to compare them, and nothing that identifies the machine or its owner."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from typing import TypedDict

_PACKAGES = ("ai-edge-litert", "librosa", "numpy", "scipy", "streamlit", "tensorflow-cpu")


class MachineDescription(TypedDict):
    """Hardware, system and software versions."""

    cores: int
    memory_gb: int
    architecture: str
    system: str
    python: str
    packages: dict[str, str]


def describe() -> MachineDescription:
    """Return a description of this machine."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory_gb),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
    }
