"""The columns of the live charts."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.live import LiveSession
from ser_core.live.picture import COLUMN_S, SHOWN_S
from tests.unit.live.streams import RATE_HZ, play, silence


def test_the_columns_do_not_depend_on_the_block_sizes(voice: np.ndarray) -> None:
    steady, jittery = LiveSession(None), LiveSession(None)
    play(steady, voice)
    steady.advance()
    rng = np.random.default_rng(3)
    start = 0
    while start < len(voice):
        n = int(rng.integers(1, 3000))
        jittery.feed(voice[start : start + n, None], RATE_HZ)
        start += n
        if rng.random() < 0.3:
            jittery.advance()
    jittery.advance()
    steady_columns, jittery_columns = steady.columns(), jittery.columns()
    np.testing.assert_array_equal(steady_columns.mel, jittery_columns.mel)
    np.testing.assert_array_equal(steady_columns.pitch_hz, jittery_columns.pitch_hz)
    assert steady_columns.mel.shape[1] == pytest.approx(len(voice) / RATE_HZ / COLUMN_S, abs=2)


def test_columns_are_counted_from_the_start_and_thirty_seconds_are_kept() -> None:
    session = LiveSession(None)
    play(session, silence(40.0), advance_every_s=1.0)
    columns = session.columns()
    assert len(columns.level_db) == round(SHOWN_S / COLUMN_S)
    assert columns.first + len(columns.level_db) == pytest.approx(40.0 / COLUMN_S, abs=2)
    newest = session.columns(3.0)
    assert newest.first + len(newest.level_db) == columns.first + len(columns.level_db)
