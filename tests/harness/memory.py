"""Memory of a process, as Linux counts it."""

from __future__ import annotations

from pathlib import Path

_BYTES_PER_MB = 1e6


def memory_mb(pid: int | str = "self", *, peak: bool = False) -> float:
    """Return the resident memory of a process, now or at its peak.

    Parameters
    ----------
    pid : int or str
        Process id; ``"self"`` for this process.
    peak : bool
        The largest value since the start of the process or since ``reset_peak``. ``ru_maxrss`` would not do: a child
        inherits it from its parent.

    Returns
    -------
    float
        MB of a million bytes.
    """
    counter = "VmHWM" if peak else "VmRSS"
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    n_kib = next(int(line.split()[1]) for line in status.splitlines() if line.startswith(counter))
    return 1024.0 * n_kib / _BYTES_PER_MB


def reset_peak(pid: int | str = "self") -> None:
    """Make the peak memory of a process start again from its present memory."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
