"""Analysis of many clips in parallel, with one process per core.

This module imports little, because each of these processes imports it again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from tqdm import tqdm

from ser_core.audio.loading import Audio, load_audio
from ser_core.errors import AudioError, TrainingError
from ser_core.parallel.mapping import map_tasks

log = logging.getLogger(__name__)

# Many in one task, because handing a task to a process takes time too.
_CLIPS_PER_TASK = 32


def map_clips(
    extract_rows: Callable[[Audio], np.ndarray], data_dir: Path, clip_paths: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Analyse many clips in parallel.

    Parameters
    ----------
    extract_rows : callable
        Function from a clip to its feature rows [shape=(n_rows, n_columns)]. Another process must be able to import it.
    data_dir : Path
        The folder that the paths are relative to.
    clip_paths : sequence of str
        Paths of the recordings.

    Returns
    -------
    rows : np.ndarray [shape=(total of n_rows, n_columns)]
        The rows of all readable clips, one clip after the other.
    n_rows : np.ndarray [shape=(n_readable,), dtype=int]
        Number of rows of each readable clip.
    is_readable : np.ndarray [shape=(n_clips,), dtype=bool]
        True for each of ``clip_paths`` that could be read. Each unreadable clip is logged.

    Raises
    ------
    TrainingError
        If no clip could be read.
    """
    parts = [clip_paths[start : start + _CLIPS_PER_TASK] for start in range(0, len(clip_paths), _CLIPS_PER_TASK)]
    results: dict[int, list[np.ndarray | None]] = {}
    with tqdm(total=len(clip_paths), desc="analysing", unit="clip") as progress:
        for place, rows_of_part in map_tasks(partial(_load_and_extract, extract_rows, data_dir), parts):
            results[place] = rows_of_part
            progress.update(len(rows_of_part))
    rows_or_none = [rows for place in range(len(parts)) for rows in results[place]]
    is_readable = np.array([rows is not None for rows in rows_or_none])
    for path in np.array(clip_paths, dtype=object)[~is_readable]:
        log.warning("left out, cannot be read: %s", path)
    rows_per_clip = [rows for rows in rows_or_none if rows is not None]
    if not rows_per_clip:
        raise TrainingError(
            "Not one of the recordings could be read",
            expected="audio files of the corpora",
            advice="Check that the files in the data folder play",
        )
    return np.concatenate(rows_per_clip), np.array([len(rows) for rows in rows_per_clip]), is_readable


def _load_and_extract(
    extract_rows: Callable[[Audio], np.ndarray], data_dir: Path, clip_paths: Sequence[str]
) -> list[np.ndarray | None]:
    rows: list[np.ndarray | None] = []
    for path in clip_paths:
        try:
            clip = load_audio(data_dir / path)
        except AudioError:
            rows.append(None)
        else:
            rows.append(extract_rows(clip))
    return rows
