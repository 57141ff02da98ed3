"""Several visitors at once on a real server: each sees only their own clip. ``benchmarks.load`` does it with many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ser_core import Recognizer
from tests.harness.app_server import AppServer, running_app
from tests.harness.visitors import foreign_parts, memory_over_long_session, run_crowd, visitor_clips

PATIENCE_S = 240.0


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    with running_app() as started:
        yield started


def test_each_visitor_sees_their_own_clip(server: AppServer) -> None:
    outcome = run_crowd(server.url, n_visitors=4, duration_s=0.0, pause_s=0.0, patience_s=PATIENCE_S)
    assert outcome.errors == []
    assert len(outcome.analysis_s) == 8


def test_memory_does_not_grow_from_clip_to_clip(server: AppServer) -> None:
    before_mb, after_mb = memory_over_long_session(server, n_clips=30, n_before=15)
    assert after_mb - before_mb < 0.05 * before_mb


def test_the_check_notices_the_clip_of_another_visitor() -> None:
    first, second = (next(visitor_clips(visitor, Recognizer())) for visitor in (0, 1))

    class PageOfFirst:
        def text(self) -> str:
            return f"{first.name}, {first.audio.duration_s:.1f} s"

        def charts(self) -> list[dict[str, Any]]:
            return [{"data": [{"x": first.probabilities}]}]

        def sounds(self) -> list[bytes]:
            return [first.wav]

    assert foreign_parts(PageOfFirst(), first) == []
    parts = foreign_parts(PageOfFirst(), second)
    assert parts == ["another clip's name or length", "another clip's answer", "another clip's sound"]
