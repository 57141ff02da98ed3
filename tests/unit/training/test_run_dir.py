"""The folder of a training, bound to its settings, recordings and split."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pandas as pd
import pytest

from ser_core.errors import TrainingError
from ser_core.training.augmentation import Augmentation
from ser_core.training.data_identity import DataIdentity
from ser_core.training.run_dir import claim_run_dir, read_finished_table, write_finished_table
from ser_core.training.settings import TrainingSettings
from ser_core.training.splits import Split
from ser_core.training.training_data import TrainingData
from tests.unit.training.tiny_training import SETTINGS, SPLIT

pytestmark = pytest.mark.tensorflow

TABLE = pd.DataFrame({"clip": [f"clip {number}" for number in range(30)], "sad": np.linspace(0.0, 1.0, 30)})


@pytest.fixture
def run_dir(uninterrupted: tuple[keras.Model, Path], tmp_path: Path) -> Path:
    """The run folder of a finished training."""
    return shutil.copytree(uninterrupted[1], tmp_path / "run")


def test_the_same_training_may_use_its_folder_again(run_dir: Path, data: TrainingData) -> None:
    claim_run_dir(run_dir, data, SPLIT, SETTINGS)


@pytest.mark.parametrize(
    "settings",
    [replace(SETTINGS, seed=4), replace(SETTINGS, peak_learning_rate=1e-4)],
    ids=["another seed", "another learning rate"],
)
def test_other_settings_are_another_training(settings: TrainingSettings, run_dir: Path, data: TrainingData) -> None:
    with pytest.raises(TrainingError, match="other settings or data"):
        claim_run_dir(run_dir, data, SPLIT, settings)


def test_another_augmentation_is_another_training(run_dir: Path, data: TrainingData) -> None:
    other_data = replace(data, clips=replace(data.clips, augmentation=Augmentation(tempo=0.5)))
    with pytest.raises(TrainingError, match="other settings or data"):
        claim_run_dir(run_dir, other_data, SPLIT, SETTINGS)


def test_other_recordings_in_the_same_number_are_another_training(run_dir: Path, data: TrainingData) -> None:
    other_data = replace(data, identity=DataIdentity("another fingerprint", data.identity.rows_sha256))
    with pytest.raises(TrainingError, match="other settings or data"):
        claim_run_dir(run_dir, other_data, SPLIT, SETTINGS)


@pytest.mark.parametrize(
    "rows",
    [[1, 0, *range(2, 96)], [95, *range(1, 95), 0]],
    ids=["two training clips swapped", "a training clip swapped with a test clip"],
)
def test_another_split_of_the_same_size_is_another_training(rows: list[int], run_dir: Path, data: TrainingData) -> None:
    other_split = Split(train=np.array(rows[:72]), test=np.array(rows[72:]))
    with pytest.raises(TrainingError, match="other settings or data"):
        claim_run_dir(run_dir, data, other_split, SETTINGS)


def test_a_finished_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "predictions.csv"
    write_finished_table(TABLE, path)
    pd.testing.assert_frame_equal(read_finished_table(path, n_rows=30), TABLE)


@pytest.mark.parametrize(
    "damage", ["rows missing", "a value changed", "no checksum", "other number of rows", "missing"]
)
def test_a_damaged_table_is_not_taken_for_finished(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "predictions.csv"
    write_finished_table(TABLE, path)
    lines = path.read_text().splitlines(keepends=True)
    if damage == "rows missing":
        path.write_text("".join(lines[:26]))
    elif damage == "a value changed":
        path.write_text("".join([*lines[:-1], "clip 29,0.9\n"]))
    elif damage == "no checksum":
        path.with_suffix(".checksum.json").unlink()
    elif damage == "missing":
        path.unlink()
    assert read_finished_table(path, n_rows=31 if damage == "other number of rows" else 30) is None
