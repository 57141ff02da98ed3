"""The status of the server for its host: version, network, uptime, memory, visitors."""

from __future__ import annotations

import platform
import threading
import time
from dataclasses import dataclass

import psutil
import streamlit as st

from ser_core import __version__
from ui.common import engine, event_log


@dataclass(frozen=True)
class HostStatus:
    """The status of the server at one moment.

    Parameters
    ----------
    version : str
        The version of the app.
    network : str
        The network's name and the first twelve digits of the SHA-256 of its file.
    uptime_s : float
        Seconds since the process started.
    memory_mb : float
        Resident memory of the process, in MB of a million bytes.
    n_sessions : int
        Connected visitors; two tabs count as two.
    """

    version: str
    network: str
    uptime_s: float
    memory_mb: float
    n_sessions: int

    def in_words(self) -> str:
        """Return the status in one line."""
        sessions = "1 session" if self.n_sessions == 1 else f"{self.n_sessions} sessions"
        return (
            f"version {self.version} · network {self.network} · up {duration_in_words(self.uptime_s)} · "
            f"{self.memory_mb:.0f} MB · {sessions}"
        )


class _Counter:
    """A thread-safe counter: each session starts and ends in its own thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.n = 0

    def add(self, change: int) -> None:
        with self._lock:
            self.n += change


def register() -> None:
    """Count the visitor's session; the first call also logs the start of the app."""
    _log_start()
    _count_session()


def read_status() -> HostStatus:
    """Return the status of the server.

    Raises
    ------
    ModelError
        If the network is missing or damaged.
    """
    process, config = psutil.Process(), engine.recognizer().config
    return HostStatus(
        version=__version__,
        network=f"{config.network} {config.network_sha256[:12]}",
        uptime_s=time.time() - process.create_time(),
        memory_mb=_memory_mb(process),
        n_sessions=_counter().n,
    )


def duration_in_words(duration_s: float) -> str:
    """Return a duration in its two largest units: ``"3 d 4 h"``, ``"12 min"``."""
    minutes = int(duration_s // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _memory_mb(process: psutil.Process) -> float:
    resident_bytes: int = process.memory_info().rss
    return resident_bytes / 1e6


@st.cache_resource(show_spinner=False)
def _log_start() -> None:
    process = psutil.Process()
    event_log.log_event(
        "app started",
        version=__version__,
        python=platform.python_version(),
        duration_ms=round(1000.0 * (time.time() - process.create_time()), 1),
        memory_mb=round(_memory_mb(process), 1),
    )


@st.cache_resource(show_spinner=False)
def _counter() -> _Counter:
    return _Counter()


def _count_end(counter: _Counter) -> None:
    counter.add(-1)


# A session-scoped cache: its entry is released when the visitor's connection ends.
@st.cache_resource(scope="session", on_release=_count_end, show_spinner=False)
def _count_session() -> _Counter:
    counter = _counter()
    counter.add(1)
    return counter
