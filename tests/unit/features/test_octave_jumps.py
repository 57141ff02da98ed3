"""Removal of octave jumps from a pitch contour."""

from __future__ import annotations

import numpy as np
import pytest

from ser_core.features.octave_jumps import without_octave_jumps

NAN = float("nan")


@pytest.mark.parametrize(
    ("pitch_hz", "expected_hz"),
    [
        ([200.0, 205.0, 410.0, 420.0, 208.0], [200.0, 205.0, 205.0, 210.0, 208.0]),
        ([200.0, 205.0, 102.0, 210.0], [200.0, 205.0, 204.0, 210.0]),
        # The first frame is the wrong one.
        ([400.0, 200.0, 201.0, 202.0], [200.0, 200.0, 201.0, 202.0]),
        # A rise within half an octave per frame is real.
        ([200.0, 250.0, 320.0, 410.0], [200.0, 250.0, 320.0, 410.0]),
        # Across a pause the pitch may change.
        ([200.0, 201.0, NAN, 400.0, 401.0], [200.0, 201.0, NAN, 400.0, 401.0]),
        ([NAN, NAN], [NAN, NAN]),
        ([], []),
    ],
)
def test_frames_are_moved_to_the_octave_of_most_frames(pitch_hz: list[float], expected_hz: list[float]) -> None:
    pitch = np.array(pitch_hz, dtype=np.float64)
    np.testing.assert_allclose(without_octave_jumps(pitch), expected_hz)
    np.testing.assert_array_equal(pitch, np.array(pitch_hz, dtype=np.float64))
