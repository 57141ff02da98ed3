"""A few visitors at once, on a real server: nobody sees what is another's. ``benchmarks/load.py`` does it with many."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.load import clips, crowd, long_session, look_at
from benchmarks.visiting import Server, running_app
from ser_core import Recognizer

PATIENCE_S = 240.0


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_app() as started:
        yield started


def test_each_visitor_sees_their_own_clip(server: Server) -> None:
    outcome = crowd(server.url, visitors=4, duration_s=0.0, pause_s=0.0, patience_s=PATIENCE_S)
    assert outcome.errors == []
    assert len(outcome.analysis_s) == 8


def test_memory_does_not_grow_from_clip_to_clip(server: Server) -> None:
    before_mb, after_mb = long_session(server, n_predictions=30, n_before=15)
    assert after_mb - before_mb < 0.05 * before_mb


def test_anothers_clip_would_be_noticed() -> None:
    first, second = (next(clips(visitor, Recognizer())) for visitor in (0, 1))

    class Page:
        """Shows the first visitor's clip."""

        def text(self) -> str:
            return f"**Your file** · {first.audio.duration_s:.1f} s"

        def charts(self) -> list[dict[str, object]]:
            return [{"data": [{"x": first.probabilities}]}]

        def played(self) -> list[bytes]:
            return [first.wav]

    assert look_at(Page(), first) == []
    assert look_at(Page(), second) == ["another clip's length", "another clip's answer", "another clip's sound"]
