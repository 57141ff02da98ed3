"""The data of a training: every clip of a corpus table, decoded once and cached as raw network input.

Decoding and analysing 15,000 clips takes minutes, an epoch takes seconds. So the log-mel levels, or the 162 averages,
of each clip are computed once, on all cores, and cached. The name of the cache file depends on the identity of the data
and on the parameters of the front end.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
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
from ser_core.inference.whisper_log_mel import WhisperFrontEnd
from ser_core.training.augmentation import Augmentation
from ser_core.training.clips import Clips, LogMelClips, PlainClips, SummaryClips
from ser_core.training.data_identity import DataIdentity
from ser_core.training.recording_conditions import ConditionSettings, record_again


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
) -> tuple[LogMelClips | PlainClips | SummaryClips, pd.DataFrame]:
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
        Settings of the augmentation of training clips; only for ``LogMelFrontEnd``.

    Returns
    -------
    LogMelClips, PlainClips or SummaryClips
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
    values, starts, readable = _cached_rows(
        partial(_analyse, front_end), table, data_dir, cache_dir, front_end.kind, analysis
    )
    table = table[readable].reset_index(drop=True)
    if isinstance(front_end, SummaryFrontEnd):
        return SummaryClips(front_end, values), table
    if isinstance(front_end, WhisperFrontEnd):
        return PlainClips(front_end, values, starts), table
    return LogMelClips(front_end, values, starts, augmentation or Augmentation()), table


def prepare_copy(
    table: pd.DataFrame,
    data_dir: Path,
    front_end: WhisperFrontEnd,
    cache_dir: Path,
    conditions: ConditionSettings,
    *,
    seed: int,
    copy: int,
) -> PlainClips:
    """Record every clip of a table again, by simulation, and analyse it.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table, as ``prepare_clips`` returns it: every clip can be read.
    data_dir, front_end, cache_dir
        As in ``prepare_clips``.
    conditions : ConditionSettings
        Rooms, noises, microphones and codecs.
    seed, copy : int
        Another seed, or another number of the copy, gives other conditions.

    Returns
    -------
    PlainClips
        One entry per row of the table.
    """
    analysis = json.dumps([to_config(front_end), asdict(conditions), seed, copy])
    analyse = partial(_record_and_analyse, front_end, conditions, seed, copy)
    kind = f"{front_end.kind}-copy-{copy}"
    values, starts, _ = _cached_rows(analyse, table, data_dir, cache_dir, kind, analysis)
    return PlainClips(front_end, values, starts)


def _cached_rows(
    extract_rows: Callable[[Audio], npt.NDArray[np.floating]],
    table: pd.DataFrame,
    data_dir: Path,
    cache_dir: Path,
    kind: str,
    analysis: str,
) -> tuple[npt.NDArray[np.floating], npt.NDArray[np.integer], npt.NDArray[np.bool_]]:
    """Return the rows of all clips, where the rows of each clip start, and which clips could be read."""
    cached = cache_dir / f"{kind}-{DataIdentity.of_table(table, data_dir).cache_key(analysis)}.npz"
    if cached.exists():
        with np.load(cached) as arrays:
            values, lengths, readable = arrays["rows"], arrays["lengths"], arrays["readable"]
    else:
        values, lengths, readable = map_clips(extract_rows, data_dir, table["path"].tolist())
        with replace_when_complete(cached) as temporary:
            np.savez(temporary, rows=values, lengths=lengths, readable=readable)
    return values, np.concatenate([[0], np.cumsum(lengths)]), readable


def _analyse(front_end: FrontEnd, audio: Audio) -> npt.NDArray[np.floating]:
    """Return the trimmed log-mel levels of a clip, or its summary as the only row."""
    if isinstance(front_end, SummaryFrontEnd):
        return extract_features(audio, with_pitch=False).summary()[None]
    mel_db = front_end.log_mel_db(audio.samples)
    return mel_db[front_end.trim(mel_db)].astype(np.float16)


def _record_and_analyse(
    front_end: WhisperFrontEnd, conditions: ConditionSettings, seed: int, copy: int, audio: Audio
) -> npt.NDArray[np.floating]:
    # Seeded with the samples: the result does not depend on the process that analyses the clip.
    rng = np.random.default_rng([seed, copy, zlib.crc32(audio.samples.tobytes())])
    return _analyse(front_end, record_again(audio, conditions, rng))
