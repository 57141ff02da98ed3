"""What was heard at each moment of a stream, kept in a space that does not grow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction


@dataclass(frozen=True, eq=False)
class Moments:
    """Some moments of a stream, oldest first.

    Parameters
    ----------
    time_s : np.ndarray [shape=(n,)]
        Since the stream began.
    level_db : np.ndarray [shape=(n,)]
        Loudness, decibels of full scale.
    pitch_hz : np.ndarray [shape=(n,)]
        NaN where there is none.
    probabilities : np.ndarray [shape=(n, 8)]
        In the order of ``LABELS``; NaN where nobody spoke, and in classroom mode.
    is_unsure : np.ndarray [shape=(n,), dtype=bool]
        Whether the likeliest was not likely enough.
    """

    time_s: np.ndarray
    level_db: np.ndarray
    pitch_hz: np.ndarray
    probabilities: np.ndarray
    is_unsure: np.ndarray

    @property
    def is_answered(self) -> np.ndarray:
        """Where an emotion was named [shape=(n,), dtype=bool]."""
        return ~np.isnan(self.probabilities[:, 0])


class History:
    """Keeps the newest moments, one row each.

    Parameters
    ----------
    capacity : int
        Moments kept.
    """

    _N_MEASURES = 4

    def __init__(self, capacity: int) -> None:
        self._rows = np.empty((capacity, self._N_MEASURES + len(LABELS)))
        self._written = 0

    def __len__(self) -> int:
        return min(self._written, len(self._rows))

    def add(self, time_s: float, level_db: float, pitch_hz: float, prediction: Prediction | None) -> None:
        """Append a moment, over the oldest one where there is no more room."""
        row = self._rows[self._written % len(self._rows)]
        row[: self._N_MEASURES] = time_s, level_db, pitch_hz, prediction is not None and prediction.unsure
        row[self._N_MEASURES :] = np.nan
        if prediction is not None:
            row[self._N_MEASURES :] = prediction.shares
        self._written += 1

    def newest(self, n: int | None = None) -> Moments:
        """Return a copy of the newest ``n`` moments, or of all."""
        n = len(self) if n is None else min(n, len(self))
        rows = self._rows[np.arange(self._written - n, self._written) % len(self._rows)]
        return Moments(*rows[:, :3].T, rows[:, self._N_MEASURES :], rows[:, 3].astype(bool))
