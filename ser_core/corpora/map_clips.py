"""Many clips analysed at once, one process a core. It imports little, for each of these processes imports it anew."""

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
    analyse: Callable[[Audio], np.ndarray], data_dir: Path, paths: Sequence[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Analyse many clips, one process a core.

    Parameters
    ----------
    analyse : callable
        From a clip to rows [shape=(t, numbers)]; one that another process can import.
    data_dir : Path
        The folder that the paths start from.
    paths : sequence of str
        Of the recordings.

    Returns
    -------
    rows : np.ndarray [shape=(sum of t, numbers)]
        Those of all readable clips, one after the other.
    lengths : np.ndarray [dtype=int]
        How many rows each readable clip has.
    readable : np.ndarray [shape=(n,), dtype=bool]
        Which of ``paths`` could be read; each that could not is logged.

    Raises
    ------
    TrainingError
        If no clip could be read.
    """
    # Spawned, not forked: TensorFlow's threads may already run here, and a forked lock is never released.
    with ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=threads.take_one) as pool:
        outcomes: Iterable[np.ndarray | None] = pool.map(partial(_read_and, analyse, data_dir), paths, chunksize=32)
        parts = list(tqdm(outcomes, total=len(paths), desc="analysing", unit="clip"))
    readable = np.array([part is not None for part in parts])
    for path in np.array(paths, dtype=object)[~readable]:
        log.warning("left out, cannot be read: %s", path)
    good = [part for part in parts if part is not None]
    if not good:
        raise TrainingError(
            "Not one of the recordings could be read",
            expected="Audio files of the corpora",
            advice="Check that the files in the data folder play",
        )
    return np.concatenate(good), np.array([len(part) for part in good]), readable


def _read_and(analyse: Callable[[Audio], np.ndarray], data_dir: Path, path: str) -> np.ndarray | None:
    try:
        clip = load_audio(data_dir / path)
    except AudioError:
        return None
    return analyse(clip)
