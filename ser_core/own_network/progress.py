"""What a training reports while it runs and when it has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Epoch:
    """The figures after one pass through the training clips.

    Parameters
    ----------
    split : str
        The split of the network that is trained.
    number : int
        Number of the epoch, from 1.
    loss, accuracy : float
        On the training clips: mean cross-entropy, and share of right answers.
    test_loss, test_accuracy : float
        On the test clips. Nothing is chosen with their help.
    """

    split: str
    number: int
    loss: float
    accuracy: float
    test_loss: float
    test_accuracy: float


@dataclass(frozen=True)
class Result:
    """A trained network and its test.

    Parameters
    ----------
    split : str
        The split that it was trained with.
    labels : tuple of str
        Its outputs.
    n_train, n_test : int
        Number of clips.
    n_shared_speakers, n_test_speakers : int
        How many of the speakers of the test clips are also in the training clips, and how many there are.
    accuracy, uar : float
        On the test clips, 0 to 1.
    confusion : tuple of tuple of int [shape=(n_labels, n_labels)]
        Number of test clips; rows: the emotion that was meant, columns: the network's answer.
    files : mapping of str to bytes
        The network, by the ending of the file: ``keras`` and ``tflite``, or ``npz``.
    """

    split: str
    labels: tuple[str, ...]
    n_train: int
    n_test: int
    n_shared_speakers: int
    n_test_speakers: int
    accuracy: float
    uar: float
    confusion: tuple[tuple[int, ...], ...]
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def confusion_shares(self) -> npt.NDArray[np.floating]:
        """Return the confusion matrix as shares of its rows [shape=(n_labels, n_labels)]; NaN in an empty row."""
        counts = np.array(self.confusion, dtype=float)
        n_of_row = counts.sum(axis=1, keepdims=True)
        shares: npt.NDArray[np.floating] = np.full(counts.shape, np.nan)
        np.divide(counts, n_of_row, out=shares, where=n_of_row > 0)
        return shares

    def as_json(self) -> dict[str, Any]:
        """Return the result without its files, ready for JSON."""
        return asdict(self) | {"files": {}}

    @classmethod
    def from_json(cls, values: Mapping[str, Any], files: Mapping[str, bytes]) -> Result:
        """Make a result from what ``as_json`` returns, and its files."""
        lists = {
            "labels": tuple(values["labels"]),
            "confusion": tuple(tuple(row) for row in values["confusion"]),
            "files": dict(files),
        }
        return cls(**{**values, **lists})


def epochs_to_csv(epochs: Sequence[Epoch]) -> str:
    """Return the log of a training as CSV, one row for each epoch."""
    names = [column.name for column in fields(Epoch)]
    rows = [",".join(str(getattr(epoch, name)) for name in names) for epoch in epochs]
    return "\n".join([",".join(names), *rows]) + "\n"
