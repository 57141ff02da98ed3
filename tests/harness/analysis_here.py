"""Analysis of clips in the test's own process: starting other processes takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from ser_core.corpora import map_clips


def _map_here(function: Callable[[Any], Any], tasks: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    return ((place, function(task)) for place, task in enumerate(tasks))


@pytest.fixture(scope="module", autouse=True)
def analysis_here() -> Iterator[None]:
    """Analyse clips in this process in the tests of the module that imports this fixture."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(map_clips, "map_tasks", _map_here)
        yield
