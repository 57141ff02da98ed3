"""Sample libraries with other settings, and the files that they store."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

from ser_core.errors import SampleError
from ser_core.samples import SampleLibrary, SampleSettings, open_library
from tests.unit.samples.local_server import STALLS, Behaviour, Server

# The time limit for servers that stall: a short one makes the tests quick. Where no server should stall the limit is
# long, so that a busy machine fails no test.
SHORT_S = 0.3
LONG_S = 60.0


def with_failing_server(settings: SampleSettings, server: Server, behave: Behaviour) -> SampleLibrary:
    server.behave = behave
    return open_with(settings, timeout_s=SHORT_S if behave in STALLS else LONG_S)


def open_with(settings: SampleSettings, **changes: Any) -> SampleLibrary:
    return open_library(replace(settings, **changes))


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def assert_error_advises_another_clip(error: SampleError) -> None:
    assert "could not be fetched" in error.problem
    assert "computer voice" in error.advice
