"""Level, pitch and prediction at each moment of a stream, in a buffer of fixed size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction


@dataclass(frozen=True, eq=False)
class Moments:
    """Moments of a stream, oldest first.

    Parameters
    ----------
    time_s : np.ndarray [shape=(n,)]
        Seconds since the start of the stream.
    level_db : np.ndarray [shape=(n,)]
        Level, decibels of full scale.
    pitch_hz : np.ndarray [shape=(n,)]
        Fundamental frequency; NaN where there is none.
    probabilities : np.ndarray [shape=(n, 8)]
        In the order of ``LABELS``; NaN where there is no speech, and in classroom mode.
    is_unsure : np.ndarray [shape=(n,), dtype=bool]
        True where the highest probability is under the confidence threshold.
    """

    time_s: np.ndarray
    level_db: np.ndarray
    pitch_hz: np.ndarray
    probabilities: np.ndarray
    is_unsure: np.ndarray

    @property
    def has_prediction(self) -> np.ndarray:
        """True where there is a prediction [shape=(n,), dtype=bool]."""
        has_prediction: np.ndarray = ~np.isnan(self.probabilities[:, 0])
        return has_prediction


class History:
    """Ring buffer of moments, one row each.

    Parameters
    ----------
    capacity : int
        Number of moments kept.
    """

    _N_MEASURES = 4

    def __init__(self, capacity: int) -> None:
        self._rows = np.empty((capacity, self._N_MEASURES + len(LABELS)))
        self._n_written = 0

    def __len__(self) -> int:
        return min(self._n_written, len(self._rows))

    def add(self, time_s: float, level_db: float, pitch_hz: float, prediction: Prediction | None) -> None:
        """Append a moment; when the buffer is full, it replaces the oldest one.

        Parameters
        ----------
        time_s : float
            Seconds since the start of the stream.
        level_db : float
            Level, decibels of full scale.
        pitch_hz : float
            Fundamental frequency; NaN if there is none.
        prediction : Prediction or None
            None if there is no speech, and in classroom mode.
        """
        row = self._rows[self._n_written % len(self._rows)]
        row[: self._N_MEASURES] = time_s, level_db, pitch_hz, prediction is not None and prediction.unsure
        row[self._N_MEASURES :] = np.nan if prediction is None else prediction.shares
        self._n_written += 1

    def newest(self, n: int | None = None) -> Moments:
        """Return a copy of the newest ``n`` moments, or of all that are kept."""
        n = len(self) if n is None else min(n, len(self))
        rows = self._rows[np.arange(self._n_written - n, self._n_written) % len(self._rows)]
        time_s, level_db, pitch_hz, is_unsure = rows[:, : self._N_MEASURES].T
        return Moments(time_s, level_db, pitch_hz, rows[:, self._N_MEASURES :], is_unsure.astype(bool))
