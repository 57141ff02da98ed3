"""Every clip of a corpus table, decoded once and kept as its network's raw input.

Decoding and analysing 15,000 clips takes minutes, an epoch seconds: so each clip's log-mel levels, or 162
averages, are computed once, on all cores, and kept on disk under a name made from the data's fingerprint and the
front end's parameters.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio
from ser_core.corpora import fingerprint
from ser_core.corpora.map_clips import map_clips
from ser_core.features.extraction import extract_features
from ser_core.features.spectrum import db_under_peak, from_db
from ser_core.inference.front_end import FrontEnd, LogMelFrontEnd, SummaryFrontEnd, Windows, to_config
from ser_core.training.augmentation import Augmentation, mask, vary


@dataclass(frozen=True, eq=False)
class LogMelClips:
    """The log-mel levels of all clips, one after the other.

    Parameters
    ----------
    front_end : LogMelFrontEnd
        What made them, and makes windows of them.
    frames : np.ndarray [shape=(sum of t, bands), dtype=float16]
        Trimmed levels in decibels.
    starts : np.ndarray [shape=(n + 1,)]
        Clip ``i`` lies in rows ``starts[i]`` to ``starts[i + 1]``.
    augmentation : Augmentation
        How training clips are varied.
    """

    front_end: LogMelFrontEnd
    frames: np.ndarray
    starts: np.ndarray
    augmentation: Augmentation

    def clip(self, row: int) -> np.ndarray:
        """Return one clip's levels [shape=(t, bands)], float32."""
        return self.frames[self.starts[row] : self.starts[row + 1]].astype(np.float32)

    def training_input(self, row: int, rng: np.random.Generator) -> np.ndarray:
        """Return a varied clip, or a random window of a long one, as network input."""
        front_end = self.front_end
        hop_s = front_end.hop_length / SAMPLE_RATE_HZ
        varied = vary(self.clip(row), settings=self.augmentation, hop_s=hop_s, rng=rng)
        # The noise was added to levels that had already lost theirs.
        mel_db = db_under_peak(front_end.without_noise(from_db(varied)), front_end.floor_db)
        start = rng.integers(0, max(len(mel_db) - front_end.window_frames, 0) + 1)
        window = front_end.standardise(mel_db[start : start + front_end.window_frames])
        return mask(window, self.augmentation, rng)

    def windows(self, row: int) -> Windows:
        """Return all windows of a clip, as serving cuts them."""
        return self.front_end.cut(self.clip(row))

    def description(self) -> dict[str, Any]:
        """Return what must be the same for a cut-off training to go on, JSON-ready."""
        return {"front_end": to_config(self.front_end), "augmentation": asdict(self.augmentation)}

    def fitted_to(self, rows: np.ndarray) -> LogMelClips:
        """Return itself: each window is normalised by itself, nothing is learnt from the training clips."""
        return self


@dataclass(frozen=True, eq=False)
class SummaryClips:
    """The 162 averages of all clips.

    Parameters
    ----------
    front_end : SummaryFrontEnd
        Holds the standardisation.
    summaries : np.ndarray [shape=(n, 162)]
        As ``Features.summary`` gives them.
    """

    front_end: SummaryFrontEnd
    summaries: np.ndarray

    def training_input(self, row: int, rng: np.random.Generator) -> np.ndarray:
        """Return a clip as network input; time averages are not varied."""
        return self.front_end.standardise(self.summaries[row])

    def windows(self, row: int) -> Windows:
        """Return a clip as its one window."""
        return self.front_end.cut(self.summaries[row])

    def description(self) -> dict[str, Any]:
        """Return what must be the same for a cut-off training to go on, JSON-ready."""
        return {"front_end": to_config(self.front_end)}

    def fitted_to(self, rows: np.ndarray) -> SummaryClips:
        """Return the same clips, standardised with the mean and deviation of ``rows`` alone."""
        chosen = self.summaries[rows]
        mean, deviation = chosen.mean(axis=0), np.maximum(chosen.std(axis=0), 1e-8)
        return replace(self, front_end=SummaryFrontEnd(tuple(map(float, mean)), tuple(map(float, deviation))))


class Clips(Protocol):
    """What a training needs of the clips it is given, one entry a row of the corpus table."""

    front_end: FrontEnd

    def training_input(self, row: int, rng: np.random.Generator) -> np.ndarray:
        """Return a clip as network input, varied."""

    def windows(self, row: int) -> Windows:
        """Return all windows of a clip, as serving cuts them."""

    def description(self) -> dict[str, Any]:
        """Return what must be the same for a cut-off training to go on, JSON-ready."""

    def fitted_to(self, rows: np.ndarray) -> Clips:
        """Return the same clips, with whatever is learnt from data learnt from ``rows`` alone."""


def prepare(
    table: pd.DataFrame,
    data_dir: Path,
    front_end: FrontEnd,
    cache_dir: Path,
    augmentation: Augmentation | None = None,
) -> tuple[LogMelClips | SummaryClips, pd.DataFrame]:
    """Decode and analyse every clip of a table, or read that from the cache.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    data_dir : Path
        The folder that the table's paths start from.
    front_end : FrontEnd
        What the network is fed.
    cache_dir : Path
        Where the outcome is kept.
    augmentation : Augmentation, optional
        How training clips are varied; for log-mel alone.

    Returns
    -------
    LogMelClips or SummaryClips
        One entry a row of the returned table.
    pd.DataFrame
        The table without the clips that could not be read; each of them is logged.

    Raises
    ------
    TrainingError
        If no clip could be read.
    """
    # The averages are the same whatever they are standardised with.
    key = front_end.kind if isinstance(front_end, SummaryFrontEnd) else json.dumps(to_config(front_end))
    # The fingerprint ignores how files are nested, and with it their order, which decides whose numbers are whose.
    order = "\0".join(table["path"])
    name = hashlib.sha256(f"{fingerprint(table, data_dir)} {key} {order}".encode()).hexdigest()[:16]
    cached = cache_dir / f"{front_end.kind}-{name}.npz"
    if cached.exists():
        with np.load(cached) as arrays:
            rows, lengths, readable = arrays["rows"], arrays["lengths"], arrays["readable"]
    else:
        rows, lengths, readable = map_clips(partial(_analyse, front_end), data_dir, table["path"].tolist())
        cache_dir.mkdir(parents=True, exist_ok=True)
        unfinished = cached.with_suffix(".part.npz")
        np.savez(unfinished, rows=rows, lengths=lengths, readable=readable)
        os.replace(unfinished, cached)
    table = table[readable].reset_index(drop=True)
    if isinstance(front_end, SummaryFrontEnd):
        return SummaryClips(front_end, rows), table
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return LogMelClips(front_end, rows, starts, augmentation or Augmentation()), table


def _analyse(front_end: FrontEnd, audio: Audio) -> np.ndarray:
    """Return a clip's trimmed levels or its one summary."""
    if isinstance(front_end, SummaryFrontEnd):
        return extract_features(audio, with_pitch=False).summary()[None]
    mel_db = front_end.log_mel_db(audio.samples)
    return mel_db[front_end.trim(mel_db)].astype(np.float16)
