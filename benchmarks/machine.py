"""What the measurements were made on: as much as is needed to compare, and nothing that tells whose machine it was."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from typing import Any

_PACKAGES = ("ai-edge-litert", "librosa", "numpy", "scipy", "streamlit", "tensorflow-cpu")


def describe() -> dict[str, Any]:
    """Return cores, memory, system, Python and the versions of what matters most."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory_gb),
        "architecture": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
    }
