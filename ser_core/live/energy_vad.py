"""Voice activity detection (VAD) by energy: a frame is speech if its level is well above the noise floor.

The noise floor is a low percentile of the levels in the last seconds, after Martin (2001), "Noise power spectral
density estimation based on optimal smoothing and minimum statistics": speech has pauses between its sounds, and there
the level falls to the noise floor; steady noise, such as a fan's, has none.
"""

from __future__ import annotations

import numpy as np

# At the start, the noise floor is that of a quiet room, as if this level had been measured in so many frames.
_INITIAL_FLOOR_DB = -70.0
_INITIAL_FRAMES = 12

# The noise floor is the lowest tenth of the levels.
_FLOOR_PERCENTILE = 10


class EnergyVAD:
    """Detects frame by frame whether there is speech.

    Parameters
    ----------
    frame_ms : float
        Time from the start of one frame to the start of the next, in milliseconds.
    onset_threshold_db, offset_threshold_db : float
        Decibels above the noise floor: from the first on, speech begins; under the second, it ends. Two thresholds
        (hysteresis) keep the decision from flickering.
    min_level_db : float
        No frame under this level is speech, whatever the noise floor. Decibels of full scale.
    onset_ms : float
        Speech begins only after so long a time above the threshold, so that a click is no speech.
    hangover_ms : float
        Speech ends only after so long a time under the threshold, so that the gap between two words is speech.
    floor_window_s : float
        Length of the past from which the noise floor is estimated, in seconds.
    """

    def __init__(
        self,
        frame_ms: float,
        *,
        onset_threshold_db: float = 12.0,
        offset_threshold_db: float = 6.0,
        min_level_db: float = -60.0,
        onset_ms: float = 96.0,
        hangover_ms: float = 400.0,
        floor_window_s: float = 6.0,
    ) -> None:
        self._onset_threshold_db = onset_threshold_db
        self._offset_threshold_db = offset_threshold_db
        self._min_level_db = min_level_db
        self._onset_frames = round(onset_ms / frame_ms)
        self._hangover_frames = round(hangover_ms / frame_ms)
        self._levels_db = np.full(round(1000.0 * floor_window_s / frame_ms), _INITIAL_FLOOR_DB)
        self._n_frames = _INITIAL_FRAMES
        self._n_active_in_a_row = 0
        self._n_inactive_in_a_row = 0
        self._is_speech = False

    def detect(self, levels_db: np.ndarray) -> np.ndarray:
        """Decide for the next frames whether they are speech.

        Parameters
        ----------
        levels_db : np.ndarray [shape=(t,)]
            Root mean square of each frame, decibels of full scale.

        Returns
        -------
        np.ndarray [shape=(t,), dtype=bool]
            True where a frame is speech.
        """
        return np.array([self._detect_frame(float(level_db)) for level_db in levels_db], dtype=bool)

    def _detect_frame(self, level_db: float) -> bool:
        threshold_db = self._update_noise_floor_db(level_db) + (
            self._offset_threshold_db if self._is_speech else self._onset_threshold_db
        )
        is_active = level_db >= max(threshold_db, self._min_level_db)
        self._n_active_in_a_row = self._n_active_in_a_row + 1 if is_active else 0
        self._n_inactive_in_a_row = 0 if is_active else self._n_inactive_in_a_row + 1
        if self._is_speech:
            self._is_speech = self._n_inactive_in_a_row <= self._hangover_frames
        else:
            self._is_speech = self._n_active_in_a_row >= self._onset_frames
        return self._is_speech

    def _update_noise_floor_db(self, level_db: float) -> float:
        """Add the next frame's level, and return the noise floor of the last seconds."""
        self._levels_db[self._n_frames % len(self._levels_db)] = level_db
        self._n_frames += 1
        levels_db = self._levels_db[: self._n_frames]
        rank = len(levels_db) * _FLOOR_PERCENTILE // 100
        return float(np.partition(levels_db, rank)[rank])
