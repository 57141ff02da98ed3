"""The chart of loudness and pitch after a stream."""

from __future__ import annotations

import numpy as np

from ser_core.live.history import Moments
from ui.live.feature_timeline import feature_timeline


def test_silence_does_not_stretch_the_axis_of_the_loudness() -> None:
    level_db = np.array([-120.0, -20.0, -110.0])
    pitch_hz = np.array([np.nan, 210.0, np.nan])
    moments = Moments(np.arange(3.0), level_db, pitch_hz, np.full((3, 8), np.nan), np.zeros(3, dtype=bool))
    figure = feature_timeline(moments)
    loudness, pitch = figure.data
    low, high = figure.layout.yaxis.range
    assert (low, high) == (-80.0, 0.0)
    assert figure.layout.yaxis.dtick == 20
    assert loudness.y.tolist() == [-80.0, -20.0, -80.0]
    np.testing.assert_array_equal(pitch.y, pitch_hz)
