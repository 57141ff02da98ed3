"""Batches of one epoch: balanced random draws, soft targets, label masks and mixup, all reproducible from the seed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.emotions import LABELS
from ser_core.labels import allowed_labels, label_indices
from ser_core.training.settings import TrainingSettings
from ser_core.training.soft_labels import vote_shares
from ser_core.training.training_data import TrainingData

Batch = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]

# TESS has 2,800 clips of two speakers. With half the weight, these two do not dominate all other speakers.
_CORPUS_WEIGHT = {"TESS": 0.5}


def sampling_weights(table: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the probability that each clip is drawn.

    All clips of one corpus and emotion together are drawn in proportion to the square root of their number. This is
    between two extremes: the same probability for each clip, where small groups are hardly ever drawn, and the same
    probability for each group, where the few clips of small groups are drawn too often.

    Parameters
    ----------
    table : pd.DataFrame
        Rows of the corpus table.

    Returns
    -------
    np.ndarray [shape=(n,)]
        Probabilities; they sum to 1.
    """
    group_sizes = table.groupby(["corpus", "emotion"])["path"].transform("size").to_numpy()
    corpus_weights = table["corpus"].map(_CORPUS_WEIGHT).fillna(1.0).to_numpy(dtype=np.float64)
    weights: npt.NDArray[np.float64] = corpus_weights / np.sqrt(group_sizes)
    weights /= weights.sum()
    return weights


class Batches:
    """The batches of one epoch: drawn at random, but always the same for one seed and epoch.

    Parameters
    ----------
    data : TrainingData
        The recordings.
    rows : np.ndarray [shape=(n,), dtype=int]
        Rows of the training part.
    settings : TrainingSettings
        Hyperparameters of the training.
    epoch : int
        Number of the epoch, from 0.
    """

    def __init__(
        self, data: TrainingData, rows: npt.NDArray[np.integer], settings: TrainingSettings, epoch: int
    ) -> None:
        self._clips, self._rows, self._settings, self._epoch = data.clips, rows, settings, epoch
        training_table = data.table.iloc[rows]
        self._weights = sampling_weights(training_table)
        allowed = allowed_labels(training_table["corpus"]).astype(np.float32)
        if not settings.label_mask:
            allowed = np.ones_like(allowed)
        one_hot = np.eye(len(LABELS), dtype=np.float32)[label_indices(training_table["emotion"])]
        if settings.listeners_share > 0.0:
            votes = vote_shares(training_table, default=one_hot)
            one_hot = (1.0 - settings.listeners_share) * one_hot + settings.listeners_share * votes
        smoothing = settings.label_smoothing
        target = (1.0 - smoothing) * one_hot + smoothing * allowed / allowed.sum(axis=1, keepdims=True)
        self._targets: npt.NDArray[np.float32] = np.concatenate([target, allowed], axis=1, dtype=np.float32)

    def __len__(self) -> int:
        return self._settings.steps_per_epoch(len(self._rows))

    def __iter__(self) -> Iterator[Batch]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> Batch:
        """Return one batch.

        Parameters
        ----------
        number : int
            Number of the batch in its epoch.

        Returns
        -------
        inputs : np.ndarray [shape=(b, *input_shape), dtype=float32]
        targets : np.ndarray [shape=(b, 16), dtype=float32]
            Eight target probabilities, then 1 for each label that the clip's corpus has and 0 for the others.
        """
        rng = np.random.default_rng([self._settings.seed, self._epoch, number])
        drawn_rows = rng.choice(len(self._rows), size=self._settings.batch_size, p=self._weights)
        inputs = np.stack([self._clips.training_input(row, rng) for row in self._rows[drawn_rows]])
        targets = self._targets[drawn_rows]
        settings = self._settings
        # If every batch is mixed, no random number is drawn here: earlier trainings of this kind stay reproducible.
        is_mixed = settings.mixup_share >= 1.0 or rng.random() < settings.mixup_share
        if settings.mixup_alpha > 0.0 and is_mixed:
            return _mixup(inputs, targets, self._settings.mixup_alpha, rng)
        return inputs, targets


def _mixup(
    inputs: npt.NDArray[np.float32], targets: npt.NDArray[np.float32], alpha: float, rng: np.random.Generator
) -> Batch:
    """Mix each clip with another clip of the batch (Zhang et al. 2018, equations 1 and 2).

    A label is allowed in the mixture where it is allowed in one of the two clips.
    """
    drawn_share = rng.beta(alpha, alpha, size=len(inputs))
    # The clip itself always keeps the larger share.
    share = np.maximum(drawn_share, 1.0 - drawn_share).astype(np.float32)
    partner_rows = rng.permutation(len(inputs))
    input_share = share.reshape(-1, *[1] * (inputs.ndim - 1))
    n_labels = len(LABELS)
    mixed_inputs = input_share * inputs + (1 - input_share) * inputs[partner_rows]
    mixed_target = share[:, None] * targets[:, :n_labels] + (1 - share)[:, None] * targets[partner_rows, :n_labels]
    allowed = np.maximum(targets[:, n_labels:], targets[partner_rows, n_labels:])
    return mixed_inputs, np.concatenate([mixed_target, allowed], axis=1)
