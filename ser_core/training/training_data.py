"""The data of a training: every clip of a corpus table, decoded once and cached as raw network input.

Decoding and analysing 15,000 clips takes minutes, an epoch takes seconds. So the log-mel levels, or the 162 averages,
of each clip are computed once, on all cores, and cached. The name of the cache file depends on the identity of the data
and on the parameters of the front end.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.atomic_write import replace_when_complete
from ser_core.audio.loading import Audio
from ser_core.corpora.map_clips import map_clips
from ser_core.features.extraction import extract_features
from ser_core.inference.front_end import FrontEnd, to_config
from ser_core.inference.summary import SummaryFrontEnd
from ser_core.training.augmentation import Augmentation
from ser_core.training.clips import Clips, LogMelClips, SummaryClips
from ser_core.training.data_identity import DataIdentity


@dataclass(frozen=True, eq=False)
class TrainingData:
    """The recordings of a training.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    clips : Clips
        One entry per row of the table.
    identity : DataIdentity
        Identity of the table's recordings.
    """

    table: pd.DataFrame
    clips: Clips
    identity: DataIdentity


def prepare_clips(
    table: pd.DataFrame,
    data_dir: Path,
    front_end: FrontEnd,
    cache_dir: Path,
    augmentation: Augmentation | None = None,
) -> tuple[LogMelClips | SummaryClips, pd.DataFrame]:
    """Decode and analyse every clip of a table, or read the values from the cache.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    data_dir : Path
        The folder that the table's paths are relative to.
    front_end : FrontEnd
        The network's front end.
    cache_dir : Path
        Folder of the cache.
    augmentation : Augmentation, optional
        Settings of the augmentation of training clips; only for log-mel levels.

    Returns
    -------
    LogMelClips or SummaryClips
        One entry per row of the returned table.
    pd.DataFrame
        The table without the clips that could not be read; each of them is logged.

    Raises
    ------
    TrainingError
        If no clip could be read.
    """
    # The averages do not depend on the standardisation, so its parameters are no part of the name.
    analysis = front_end.kind if isinstance(front_end, SummaryFrontEnd) else json.dumps(to_config(front_end))
    cache_key = DataIdentity.of_table(table, data_dir).cache_key(analysis)
    cached = cache_dir / f"{front_end.kind}-{cache_key}.npz"
    if cached.exists():
        with np.load(cached) as arrays:
            values, lengths, readable = arrays["rows"], arrays["lengths"], arrays["readable"]
    else:
        values, lengths, readable = map_clips(partial(_analyse, front_end), data_dir, table["path"].tolist())
        with replace_when_complete(cached) as temporary:
            np.savez(temporary, rows=values, lengths=lengths, readable=readable)
    table = table[readable].reset_index(drop=True)
    if isinstance(front_end, SummaryFrontEnd):
        return SummaryClips(front_end, values), table
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return LogMelClips(front_end, values, starts, augmentation or Augmentation()), table


def _analyse(front_end: FrontEnd, audio: Audio) -> npt.NDArray[np.floating]:
    """Return the trimmed log-mel levels of a clip, or its summary as the only row."""
    if isinstance(front_end, SummaryFrontEnd):
        return extract_features(audio, with_pitch=False).summary()[None]
    mel_db = front_end.log_mel_db(audio.samples)
    return mel_db[front_end.trim(mel_db)].astype(np.float16)
