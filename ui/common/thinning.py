"""Thinning of long clips before they are sent to the browser: more columns than a wide screen has are not visible."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating]


def frames_per_column(n_frames: int, max_columns: int) -> int:
    """Return the number of frames per column that gives at most ``max_columns`` columns."""
    return max(1, -(-n_frames // max_columns))


def column_max(values: Array, frames: int) -> Array:
    """Return the largest value of each column, so that a short burst stays visible.

    Parameters
    ----------
    values : np.ndarray [shape=(..., t)]
        One value per frame.
    frames : int
        Frames per column; the last column may have fewer.

    Returns
    -------
    np.ndarray [shape=(..., ceil(t / frames))]
    """
    largest: Array = np.maximum.reduceat(values, _first_frames(values, frames), axis=-1)
    return largest


def column_mean(values: Array, frames: int) -> Array:
    """Return the mean of each column without its NaN values; NaN where a column has no other values.

    Parameters
    ----------
    values : np.ndarray [shape=(..., t)]
        One value per frame.
    frames : int
        Frames per column; the last column may have fewer.

    Returns
    -------
    np.ndarray [shape=(..., ceil(t / frames))]
    """
    first_frames = _first_frames(values, frames)
    n_finite = np.add.reduceat(np.isfinite(values), first_frames, axis=-1, dtype=int)
    total = np.add.reduceat(np.nan_to_num(values), first_frames, axis=-1)
    mean: Array = np.divide(total, n_finite, out=np.full(total.shape, np.nan), where=n_finite > 0)
    return mean


def waveform_outline(samples: Array, max_columns: int) -> Array:
    """Return the smallest and the largest sample of each column, alternating.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        A waveform.
    max_columns : int
        The largest number of columns.

    Returns
    -------
    np.ndarray [shape=(2 * min(n, max_columns),)]
    """
    edges = np.linspace(0, len(samples), min(max_columns, len(samples)), endpoint=False).astype(int)
    low, high = np.minimum.reduceat(samples, edges), np.maximum.reduceat(samples, edges)
    return np.stack([low, high], axis=1).ravel()


def _first_frames(values: Array, frames: int) -> npt.NDArray[np.intp]:
    return np.arange(0, values.shape[-1], frames)
