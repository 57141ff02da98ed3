"""Training of a small network on generated clips."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from ser_core.corpora import LABELS_OF
from ser_core.emotions import LABELS
from ser_core.errors import TrainingError
from ser_core.training import loop
from ser_core.training.loop import masked_cross_entropy, train_network
from ser_core.training.scoring import clip_logits
from ser_core.training.splits import without_test_part
from ser_core.training.training_data import TrainingData
from tests.unit.training.tiny_training import SETTINGS, SPLIT, build_tiny_network

pytestmark = pytest.mark.tensorflow


def log_without_times(run_dir: Path) -> list[dict[str, str]]:
    rows = list(csv.DictReader((run_dir / "log.csv").read_text().splitlines()))
    return [{name: value for name, value in row.items() if name != "seconds"} for row in rows]


class PowerCutError(Exception):
    """Ends a training in the middle."""


def test_training_recognises_new_speakers(uninterrupted: tuple[keras.Model, Path], data: TrainingData) -> None:
    network, _ = uninterrupted
    guess = clip_logits(network, data.clips, SPLIT.test).argmax(axis=1)
    truth = [LABELS.index(emotion) for emotion in data.table["emotion"].iloc[SPLIT.test]]
    assert np.mean(guess == truth) > 0.8


@pytest.mark.parametrize("interrupted_function", ["mean_uar", "_append", "_save"])
def test_an_interrupted_training_ends_with_the_same_weights(
    interrupted_function: str,
    uninterrupted: tuple[keras.Model, Path],
    data: TrainingData,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected_network, expected_dir = uninterrupted
    original = getattr(loop, interrupted_function)
    n_calls = 0

    def fail_in_epoch_two(*arguments: Any) -> Any:
        nonlocal n_calls
        n_calls += 1
        if n_calls == 2:
            raise PowerCutError
        return original(*arguments)

    monkeypatch.setattr(loop, interrupted_function, fail_in_epoch_two)
    with pytest.raises(PowerCutError):
        train_network(build_tiny_network, data, SPLIT, SETTINGS, tmp_path / "run")
    monkeypatch.undo()
    # A new process has another state of every random generator, and of Keras.
    keras.utils.set_random_seed(99)
    keras.backend.clear_session()

    resumed = train_network(build_tiny_network, data, SPLIT, SETTINGS, tmp_path / "run")

    assert log_without_times(tmp_path / "run") == log_without_times(expected_dir)
    for expected, weights in zip(expected_network.get_weights(), resumed.get_weights(), strict=True):
        np.testing.assert_allclose(weights, expected, rtol=0, atol=1e-6)


def test_a_finished_training_is_read_and_not_repeated(
    uninterrupted: tuple[keras.Model, Path], data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_network, expected_dir = uninterrupted
    run_dir = shutil.copytree(expected_dir, tmp_path / "run")
    monkeypatch.setattr(loop, "_train_epoch", lambda *_: pytest.fail("trained again"))
    again = train_network(build_tiny_network, data, SPLIT, SETTINGS, run_dir)
    for expected, weights in zip(expected_network.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(weights, expected)


def test_training_continues_from_the_weights_and_returns_their_average(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = []

    def record_weights(network: keras.Model, *_: Any) -> float:
        measured.append(network.trainable_variables[-1].numpy())
        return 0.5

    monkeypatch.setattr(loop, "mean_uar", record_weights)
    network = train_network(build_tiny_network, data, SPLIT, replace(SETTINGS, epochs=1), tmp_path / "run")

    checkpoint = keras.saving.load_model(tmp_path / "run" / "checkpoint.keras")
    average = checkpoint.optimizer._model_variables_moving_average[-1].numpy()
    np.testing.assert_array_equal(measured[0], average)
    np.testing.assert_array_equal(network.trainable_variables[-1].numpy(), average)
    assert not np.allclose(checkpoint.trainable_variables[-1].numpy(), average)


def test_without_a_test_part_nothing_is_measured(
    data: TrainingData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "mean_uar", lambda *_: pytest.fail("measured"))
    settings = replace(SETTINGS, epochs=1, clips_per_epoch=16)
    train_network(build_tiny_network, data, without_test_part(data.table), settings, tmp_path / "run")
    assert [set(row) for row in log_without_times(tmp_path / "run")] == [{"epoch", "loss"}]


def test_an_empty_training_part_is_an_error(data: TrainingData, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="holds no clips"):
        train_network(build_tiny_network, data, replace(SPLIT, train=np.empty(0, int)), SETTINGS, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_the_loss_ignores_labels_that_the_corpus_lacks() -> None:
    allowed = np.array([label in LABELS_OF["CREMA-D"] for label in LABELS], dtype=np.float32)
    target = np.eye(len(LABELS), dtype=np.float32)[[LABELS.index("sad")]]
    y_true = np.concatenate([target, allowed[None]], axis=1)
    uniform_logits = np.zeros((1, len(LABELS)), dtype=np.float32)
    high_for_lacking_labels = uniform_logits + 50.0 * (1.0 - allowed)
    losses = [
        float(masked_cross_entropy(y_true, keras.ops.array(logits))[0])
        for logits in (uniform_logits, high_for_lacking_labels)
    ]
    assert losses == pytest.approx([np.log(6.0)] * 2, rel=1e-5)


def test_the_loss_of_each_head_is_computed_by_itself() -> None:
    logits = np.random.default_rng(0).normal(size=(2, 3, len(LABELS))).astype(np.float32)
    target = np.eye(len(LABELS), dtype=np.float32)[[0, 5]]
    y_true = np.concatenate([target, np.ones_like(target)], axis=1)
    losses = masked_cross_entropy(y_true, keras.ops.array(logits))
    of_each_head = [masked_cross_entropy(y_true, keras.ops.array(logits[:, head])) for head in range(3)]
    np.testing.assert_allclose(losses, np.stack(of_each_head, axis=1), rtol=1e-5)
