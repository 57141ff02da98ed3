"""Analysis of many clips in parallel, with one process per core.

This module imports little, because each of these processes imports it again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from tqdm import tqdm

from ser_core import threads
from ser_core.audio.loading import Audio, load_audio
from ser_core.errors import AudioError, TrainingError

log = logging.getLogger(__name__)


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
    # Spawn, not fork: TensorFlow's threads may already run in this process, and a forked lock is never released.
    with ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=threads.use_one_thread) as pool:
        results: Iterable[np.ndarray | None] = pool.map(
            partial(_load_and_extract, extract_rows, data_dir), clip_paths, chunksize=32
        )
        rows_or_none = list(tqdm(results, total=len(clip_paths), desc="analysing", unit="clip"))
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


def _load_and_extract(extract_rows: Callable[[Audio], np.ndarray], data_dir: Path, clip_path: str) -> np.ndarray | None:
    try:
        clip = load_audio(data_dir / clip_path)
    except AudioError:
        return None
    return extract_rows(clip)
