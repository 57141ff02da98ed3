"""Long clips are thinned out before they travel: a browser needs no more columns than a wide screen can tell apart."""

from __future__ import annotations

import numpy as np


def frames_per_column(n_frames: int, max_columns: int) -> int:
    """Return how many frames share a column, so that there are ``max_columns`` at the most."""
    return max(1, -(-n_frames // max_columns))


def loudest(values: np.ndarray, frames: int) -> np.ndarray:
    """Return the largest value of each column, so that no short burst is lost.

    Parameters
    ----------
    values : np.ndarray [shape=(..., t)]
        One value a frame.
    frames : int
        Frames in a column; the last may have fewer.

    Returns
    -------
    np.ndarray [shape=(..., ceil(t / frames))]
    """
    return np.maximum.reduceat(values, _edges(values, frames), axis=-1)


def average(values: np.ndarray, frames: int) -> np.ndarray:
    """Return the mean of each column's values; NaN counts for nothing, and a column of nothing else is NaN.

    Parameters
    ----------
    values : np.ndarray [shape=(..., t)]
        One value a frame.
    frames : int
        Frames in a column; the last may have fewer.

    Returns
    -------
    np.ndarray [shape=(..., ceil(t / frames))]
    """
    edges = _edges(values, frames)
    counted = np.add.reduceat(np.isfinite(values), edges, axis=-1, dtype=int)
    total = np.add.reduceat(np.nan_to_num(values), edges, axis=-1)
    return np.divide(total, counted, out=np.full(total.shape, np.nan), where=counted > 0)


def outline(samples: np.ndarray, max_columns: int) -> np.ndarray:
    """Return a waveform's outline: the least and the largest sample of each column, by turns.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        A waveform.
    max_columns : int
        Columns at the most.

    Returns
    -------
    np.ndarray [shape=(2 * min(n, max_columns),)]
    """
    edges = np.linspace(0, len(samples), min(max_columns, len(samples)), endpoint=False).astype(int)
    low, high = np.minimum.reduceat(samples, edges), np.maximum.reduceat(samples, edges)
    return np.stack([low, high], axis=1).ravel()


def _edges(values: np.ndarray, frames: int) -> np.ndarray:
    return np.arange(0, values.shape[-1], frames)
