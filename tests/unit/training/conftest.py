"""Fixtures for the tests of the training."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import keras

    from ser_core.training.training_data import TrainingData


@pytest.fixture(scope="session")
def data() -> TrainingData:
    from tests.unit.training.tiny_training import tiny_data

    return tiny_data()


@pytest.fixture(scope="session")
def uninterrupted(data: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> tuple[keras.Model, Path]:
    """A training without interruption: the network and its run folder."""
    from ser_core.training.loop import train_network
    from tests.unit.training.tiny_training import SETTINGS, SPLIT, build_tiny_network

    run_dir = tmp_path_factory.mktemp("runs") / "uninterrupted"
    return train_network(build_tiny_network, data, SPLIT, SETTINGS, run_dir), run_dir
