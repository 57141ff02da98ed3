"""The two ways to train: Keras' Conv1D network and scikit-learn's perceptron. Only the worker imports this module."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ser_core.own_network.choices import KERAS, SEED, Choices
from ser_core.own_network.learning_table import LearningTable
from ser_core.own_network.progress import Epoch

Report = Callable[[Epoch], None]

_SMALLEST_PROBABILITY = 1e-12
_DECIMALS = 4


def train(
    choices: Choices, table: LearningTable, split: str, report: Report
) -> tuple[npt.NDArray[np.int64], dict[str, bytes]]:
    """Train one network.

    Parameters
    ----------
    choices : Choices
        Method and number of epochs.
    table : LearningTable
        The clips.
    split : str
        The split that divides them.
    report : callable
        Takes the figures of each epoch.

    Returns
    -------
    np.ndarray [shape=(n_test,), dtype=int]
        The network's answers to the test clips, as positions in the labels of the table.
    dict of str to bytes
        The network's files, by their ending.
    """
    return (_train_keras if choices.method == KERAS else _train_mlp)(choices, table, split, report)


def _train_keras(
    choices: Choices, table: LearningTable, split: str, report: Report
) -> tuple[npt.NDArray[np.int64], dict[str, bytes]]:
    import keras

    from ser_core.own_network.keras_recipe import build_network

    is_test, x, y = table.is_test(split), table.numbers, table.targets
    keras.utils.set_random_seed(SEED)
    network = build_network(x[~is_test], len(table.labels))  # type: ignore[no-untyped-call]

    def report_epoch(index: int, logs: dict[str, float]) -> None:
        figures = [logs[name] for name in ("loss", "accuracy", "val_loss", "val_accuracy")]
        report(Epoch(split, index + 1, *(round(float(figure), _DECIMALS) for figure in figures)))

    network.fit(
        x[~is_test],
        y[~is_test],
        epochs=choices.n_epochs,
        validation_data=(x[is_test], y[is_test]),
        verbose=0,
        callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=report_epoch)],
    )
    guesses = network.predict(x[is_test], verbose=0).argmax(axis=1)
    with tempfile.TemporaryDirectory() as scratch:
        keras_file, litert_file = Path(scratch) / "network.keras", Path(scratch) / "network.tflite"
        network.save(keras_file)
        network.export(litert_file, format="litert", verbose=False)
        files = {"keras": keras_file.read_bytes(), "tflite": litert_file.read_bytes()}
    return guesses.astype(np.int64), files


def _train_mlp(
    choices: Choices, table: LearningTable, split: str, report: Report
) -> tuple[npt.NDArray[np.int64], dict[str, bytes]]:
    from ser_core.own_network.mlp_recipe import build_mlp

    is_test, x, y = table.is_test(split), table.numbers, table.targets
    scaler, classifier = (step for _, step in build_mlp().steps)
    x_train, x_test = scaler.fit_transform(x[~is_test]), scaler.transform(x[is_test])
    for number in range(1, choices.n_epochs + 1):
        classifier.partial_fit(x_train, y[~is_test], classes=np.arange(len(table.labels)))
        figures = (
            *_loss_and_accuracy(classifier.predict_proba(x_train), y[~is_test]),
            *_loss_and_accuracy(classifier.predict_proba(x_test), y[is_test]),
        )
        report(Epoch(split, number, *figures))
    arrays = {"mean": scaler.mean_, "scale": scaler.scale_}
    arrays |= {f"weights_{layer}": weights for layer, weights in enumerate(classifier.coefs_)}
    arrays |= {f"biases_{layer}": biases for layer, biases in enumerate(classifier.intercepts_)}
    with tempfile.TemporaryFile() as file:
        np.savez_compressed(file, allow_pickle=False, **{name: np.float32(array) for name, array in arrays.items()})
        file.seek(0)
        files = {"npz": file.read()}
    guesses: npt.NDArray[np.int64] = classifier.predict(x_test)
    return guesses, files


def _loss_and_accuracy(probabilities: npt.NDArray[np.floating], targets: npt.NDArray[np.int64]) -> tuple[float, float]:
    of_target = probabilities[np.arange(len(targets)), targets]
    loss = -np.log(np.maximum(of_target, _SMALLEST_PROBABILITY)).mean()
    accuracy = (probabilities.argmax(axis=1) == targets).mean()
    return round(float(loss), _DECIMALS), round(float(accuracy), _DECIMALS)
