"""The moving picture: the last thirty seconds of frames, four to a column."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from ser_core.features.extraction import DEFAULT_FRAMES
from ser_core.live.frames import LIVE_MELS, LiveFrames, mel_loudness

SHOWN_S = 30.0

# 64 ms a column, which at 30 s across is finer than a small screen shows.
_FRAMES_PER_COLUMN = 4
COLUMN_S = _FRAMES_PER_COLUMN * DEFAULT_FRAMES.hop_s


@dataclass(frozen=True, eq=False)
class Columns:
    """The newest columns of the moving picture.

    Parameters
    ----------
    first : int
        The number of the first one, counted since the stream began.
    mel : np.ndarray [shape=(LIVE_MELS, c)]
        Brightness, 0 to 255, uint8.
    level_db, pitch_hz : np.ndarray [shape=(c,)]
        The loudest frame's level; the middle one of the voiced frames' pitches, NaN where none is.
    """

    first: int
    mel: np.ndarray
    level_db: np.ndarray
    pitch_hz: np.ndarray


class Picture:
    """Puts frames together into columns, and keeps the newest."""

    def __init__(self) -> None:
        self._columns: deque[tuple[np.ndarray, float, float]] = deque(maxlen=round(SHOWN_S / COLUMN_S))
        self._n_columns = 0
        self._waiting: list[LiveFrames] = []

    def add(self, frames: LiveFrames) -> None:
        """Take the next frames in; what does not fill a column waits for more."""
        self._waiting.append(frames)
        level_db = np.concatenate([each.level_db for each in self._waiting])
        pitch_hz = np.concatenate([each.pitch_hz for each in self._waiting])
        mel_db = np.concatenate([each.mel_db for each in self._waiting], axis=1)
        n_columns = len(level_db) // _FRAMES_PER_COLUMN
        done = n_columns * _FRAMES_PER_COLUMN
        for start in range(0, done, _FRAMES_PER_COLUMN):
            part = slice(start, start + _FRAMES_PER_COLUMN)
            voiced = pitch_hz[part][np.isfinite(pitch_hz[part])]
            pitch = float(np.median(voiced)) if len(voiced) else math.nan
            self._columns.append((mel_loudness(mel_db[:, part].max(axis=1)), float(level_db[part].max()), pitch))
        self._n_columns += n_columns
        self._waiting = [LiveFrames(level_db[done:], pitch_hz[done:], mel_db[:, done:])]

    def columns(self, last_s: float) -> Columns:
        """Return the columns of the last seconds, thirty at the most."""
        chosen = list(self._columns)[-round(last_s / COLUMN_S) :]
        return Columns(
            first=self._n_columns - len(chosen),
            mel=np.array([column[0] for column in chosen], dtype=np.uint8).reshape(-1, LIVE_MELS).T,
            level_db=np.array([column[1] for column in chosen]),
            pitch_hz=np.array([column[2] for column in chosen]),
        )
