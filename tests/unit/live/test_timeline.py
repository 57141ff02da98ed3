"""The timeline and the table of a stream that ended."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest

from ser_core.audio.loading import load_audio
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Recognizer
from ser_core.live import History, LiveSession, Moments, timeline_of, timeline_to_csv
from tests.harness.paths import COMPUTER_VOICES
from tests.unit.live.streams import play, silence


@pytest.fixture(scope="module")
def moments(recognizer: Recognizer) -> Moments:
    session = LiveSession(recognizer)
    play(session, np.concatenate([silence(1.0), load_audio(COMPUTER_VOICES / "sad_male.wav").samples, silence(1.0)]))
    return session.moments()


def test_the_timeline_has_gaps_where_there_is_no_speech(moments: Moments) -> None:
    timeline = timeline_of(moments)
    assert timeline.probabilities.shape == (len(moments.time_s), len(LABELS))
    has_prediction = ~np.isnan(timeline.probabilities[:, 0])
    assert not has_prediction[0]
    assert not has_prediction[-1]
    assert has_prediction.any()
    np.testing.assert_allclose(timeline.probabilities[has_prediction].sum(axis=1), 1.0, atol=1e-6)


def test_the_timeline_of_a_long_stream_has_at_most_six_hundred_points() -> None:
    history = History(14_400)
    assert timeline_of(history.newest()).probabilities.shape == (0, len(LABELS))
    for number in range(7_200):
        history.add(number / 4, -30.0, 200.0, None)
    timeline = timeline_of(history.newest())
    assert 500 < len(timeline.start_s) <= 600
    assert timeline.start_s[-1] > 1_790.0


def test_the_table_has_a_row_for_each_moment(moments: Moments) -> None:
    rows = list(csv.DictReader(io.StringIO(timeline_to_csv(moments))))
    assert len(rows) == len(moments.time_s)
    assert rows[0]["emotion"] == rows[0]["happy"] == rows[0]["pitch_hz"] == ""
    rows_with_prediction = [row for row in rows if row["emotion"]]
    assert rows_with_prediction
    for row in rows_with_prediction:
        assert row["emotion"] == max(LABELS, key=lambda label: float(row[label]))
        assert row["unsure"] in ("0", "1")
    assert float(rows[-1]["time_s"]) == pytest.approx(moments.time_s[-1], abs=1e-3)
