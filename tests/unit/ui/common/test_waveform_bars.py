"""The waveform of the players, as bars."""

from __future__ import annotations

import numpy as np

from ui.common.waveform_bars import bar_heights


def test_a_bar_is_the_largest_magnitude_of_its_part() -> None:
    samples = np.zeros(1600, np.float32)
    samples[15], samples[25] = -0.5, 0.25
    heights = bar_heights(samples)
    assert len(heights) == 160
    assert heights[1:3] == [1.0, 0.5]
    assert sum(heights) == 1.5


def test_silence_and_very_short_recordings_have_bars() -> None:
    assert bar_heights(np.zeros(1600, np.float32)) == [0.0] * 160
    assert bar_heights(np.ones(3, np.float32)) == [1.0] * 3
