"""Logits of clips by a network in training, and the UAR that the training logs after each epoch."""

from __future__ import annotations

from collections.abc import Sequence

import keras
import numpy as np
import numpy.typing as npt

from ser_core.inference.calibration import pool_windows
from ser_core.inference.windows import Windows
from ser_core.labels import label_indices, likeliest_labels, uar
from ser_core.training.clips import Clips
from ser_core.training.training_data import TrainingData

_WINDOWS_PER_STEP = 256


def clip_logits(network: keras.Model, clips: Clips, rows: npt.NDArray[np.integer]) -> npt.NDArray[np.float64]:
    """Return the pooled logits of some clips, computed as in serving.

    Parameters
    ----------
    network : keras.Model
        From windows to logits.
    clips : Clips
        The clips of the training.
    rows : np.ndarray [shape=(n,), dtype=int]
        Rows of the corpus table.

    Returns
    -------
    np.ndarray [shape=(n, 8)]
    """
    return pooled_logits(network, [clips.windows(row) for row in rows])


def pooled_logits(network: keras.Model, clip_windows: Sequence[Windows]) -> npt.NDArray[np.float64]:
    """Return the pooled logits of clips that are cut into windows.

    Parameters
    ----------
    network : keras.Model
        From windows to logits [shape=(w, 8)], or to those of several heads [shape=(w, heads, 8)], which are averaged.
    clip_windows : sequence of Windows
        The windows of each clip; at least one clip.

    Returns
    -------
    np.ndarray [shape=(n, 8)]
    """
    n_windows = [len(windows.inputs) for windows in clip_windows]
    inputs = np.concatenate([windows.inputs for windows in clip_windows])
    # Without a voice profile, the second input of a network is zero.
    references = [np.zeros((len(inputs), *tensor.shape[1:]), np.float32) for tensor in network.inputs[1:]]
    window_logits = network.predict(
        [inputs, *references] if references else inputs, batch_size=_WINDOWS_PER_STEP, verbose=0
    )
    if window_logits.ndim == 3:
        window_logits = window_logits.mean(axis=1)
    logits_by_clip = np.split(window_logits, np.cumsum(n_windows)[:-1])
    return np.stack(
        [pool_windows(logits, windows.weight) for logits, windows in zip(logits_by_clip, clip_windows, strict=True)]
    )


def mean_uar(network: keras.Model, data: TrainingData, rows: npt.NDArray[np.integer]) -> float:
    """Return the UAR among the labels of each corpus, averaged over the corpora.

    Parameters
    ----------
    network : keras.Model
        From windows to logits.
    data : TrainingData
        The recordings.
    rows : np.ndarray [shape=(n,), dtype=int]
        Rows of the corpus table; at least one.

    Returns
    -------
    float
        0 to 1.
    """
    logits = clip_logits(network, data.clips, rows)
    tested_rows = data.table.iloc[rows]
    corpora = tested_rows["corpus"].to_numpy()
    truth, guess = label_indices(tested_rows["emotion"]), likeliest_labels(logits, tested_rows["corpus"])
    return float(np.mean([uar(truth[corpora == corpus], guess[corpora == corpus]) for corpus in np.unique(corpora)]))
