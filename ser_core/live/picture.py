"""The last thirty seconds of frames for the live charts, four frames per column."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from ser_core.features.extraction import DEFAULT_FRAMES
from ser_core.live.frames import LIVE_MELS, LiveFrames, mel_loudness

SHOWN_S = 30.0

# 64 ms per column: with 30 s across, a column is narrower than a pixel of a small screen.
_FRAMES_PER_COLUMN = 4
COLUMN_S = _FRAMES_PER_COLUMN * DEFAULT_FRAMES.hop_s


@dataclass(frozen=True, eq=False)
class Columns:
    """The newest columns of the live charts.

    Parameters
    ----------
    first : int
        Number of the first column, counted from the start of the stream.
    mel : np.ndarray [shape=(LIVE_MELS, c)]
        Brightness of the spectrogram, 0 to 255, uint8.
    level_db : np.ndarray [shape=(c,)]
        Highest level of the column's frames, decibels of full scale.
    pitch_hz : np.ndarray [shape=(c,)]
        Median pitch of the column's voiced frames; NaN where no frame is voiced.
    """

    first: int
    mel: np.ndarray
    level_db: np.ndarray
    pitch_hz: np.ndarray


class Picture:
    """Collects frames into columns and keeps the newest columns."""

    def __init__(self) -> None:
        self._columns: deque[tuple[np.ndarray, float, float]] = deque(maxlen=round(SHOWN_S / COLUMN_S))
        self._n_columns = 0
        self._pending: list[LiveFrames] = []

    def add(self, frames: LiveFrames) -> None:
        """Add the next frames; frames that do not fill a column wait for the next call."""
        self._pending.append(frames)
        level_db = np.concatenate([pending.level_db for pending in self._pending])
        pitch_hz = np.concatenate([pending.pitch_hz for pending in self._pending])
        mel_db = np.concatenate([pending.mel_db for pending in self._pending], axis=1)
        n_columns = len(level_db) // _FRAMES_PER_COLUMN
        n_used = n_columns * _FRAMES_PER_COLUMN
        for start in range(0, n_used, _FRAMES_PER_COLUMN):
            column = slice(start, start + _FRAMES_PER_COLUMN)
            voiced_hz = pitch_hz[column][np.isfinite(pitch_hz[column])]
            median_hz = float(np.median(voiced_hz)) if len(voiced_hz) else math.nan
            loudness = mel_loudness(mel_db[:, column].max(axis=1))
            self._columns.append((loudness, float(level_db[column].max()), median_hz))
        self._n_columns += n_columns
        self._pending = [LiveFrames(level_db[n_used:], pitch_hz[n_used:], mel_db[:, n_used:])]

    def columns(self, last_s: float) -> Columns:
        """Return the columns of the last seconds, thirty seconds at the most."""
        newest_columns = list(self._columns)[-round(last_s / COLUMN_S) :]
        return Columns(
            first=self._n_columns - len(newest_columns),
            mel=np.array([loudness for loudness, _, _ in newest_columns], dtype=np.uint8).reshape(-1, LIVE_MELS).T,
            level_db=np.array([level_db for _, level_db, _ in newest_columns]),
            pitch_hz=np.array([pitch_hz for _, _, pitch_hz in newest_columns]),
        )
