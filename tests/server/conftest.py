"""A real server that cannot write to any disk: an attempt to store a part of a voice becomes an error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.harness.app_server import NO_FILE_WRITES, AppServer, running_app


@pytest.fixture(scope="module")
def diskless() -> Iterator[AppServer]:
    with running_app(command_prefix=NO_FILE_WRITES, settings={"PYTHONDONTWRITEBYTECODE": "1"}) as server:
        yield server
