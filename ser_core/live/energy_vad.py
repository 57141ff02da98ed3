"""When is somebody speaking? A gate over loudness that learns how loud the room is.

The floor is a low percentile of the last seconds, after Martin (2001), "Noise power spectral density estimation based
on optimal smoothing and minimum statistics": whoever speaks makes gaps, a fan makes none.
"""

from __future__ import annotations

import numpy as np

# Taken for the room until the room is known.
_FIRST_FLOOR_DB = -70.0
_FIRST_FRAMES = 12


class EnergyVAD:
    """Tells frame by frame whether there is speech.

    Parameters
    ----------
    frame_ms : float
        From one frame to the next.
    open_db, close_db : float
        Speech begins this far above the floor, and ends this far above it.
    least_db : float
        Nothing quieter is speech, whatever the floor, decibels of full scale.
    min_speech_ms : float
        Shorter sounds, a click for example, do not open the gate.
    hang_ms : float
        The gap between two words does not close it.
    floor_s : float
        How far back the floor is looked for.
    """

    def __init__(
        self,
        frame_ms: float,
        *,
        open_db: float = 12.0,
        close_db: float = 6.0,
        least_db: float = -60.0,
        min_speech_ms: float = 96.0,
        hang_ms: float = 400.0,
        floor_s: float = 6.0,
    ) -> None:
        self._open_db, self._close_db, self._least_db = open_db, close_db, least_db
        self._min_frames = round(min_speech_ms / frame_ms)
        self._hang_frames = round(hang_ms / frame_ms)
        self._levels = np.full(round(1000.0 * floor_s / frame_ms), _FIRST_FLOOR_DB)
        self._heard = _FIRST_FRAMES
        self._loud_run = 0
        self._quiet_run = 0
        self._is_open = False

    def update(self, level_db: np.ndarray) -> np.ndarray:
        """Take the next frames' levels [shape=(t,)] in; return which are speech [shape=(t,), dtype=bool]."""
        return np.array([self._next(float(level)) for level in level_db], dtype=bool)

    def _next(self, level_db: float) -> bool:
        self._levels[self._heard % len(self._levels)] = level_db
        self._heard += 1
        levels = self._levels[: self._heard]
        tenth = len(levels) // 10
        floor_db = float(np.partition(levels, tenth)[tenth])
        threshold_db = max(floor_db + (self._close_db if self._is_open else self._open_db), self._least_db)
        is_loud = level_db >= threshold_db
        self._loud_run = self._loud_run + 1 if is_loud else 0
        self._quiet_run = 0 if is_loud else self._quiet_run + 1
        if self._is_open:
            self._is_open = self._quiet_run <= self._hang_frames
        else:
            self._is_open = self._loud_run >= self._min_frames
        return self._is_open
