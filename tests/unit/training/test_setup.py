"""The recordings that a training uses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ser_core.audio.loading import to_wav_bytes
from ser_core.corpora import scan
from ser_core.errors import TrainingError
from ser_core.training.settings import DEFAULT_SETTINGS
from ser_core.training.setup import TrainingSetup, load_training_setup
from ser_core.training.training_data import TrainingData
from tests.unit.training.tiny_training import SETTINGS, SPLIT, build_tiny_network
from tests.unit.training.whisper_checkpoint import write_whisper_weights

pytestmark = pytest.mark.tensorflow


@pytest.mark.parametrize("network", DEFAULT_SETTINGS)
def test_the_unseen_corpus_is_never_trained_on(network: str, tmp_path: Path) -> None:
    time_s = np.arange(8000) / 16000
    for number, name in enumerate(["03-01-03-01-01-01-01.wav", "03a01Fa.wav", "16b10Wb.wav"]):
        (tmp_path / name).write_bytes(to_wav_bytes(0.3 * np.sin(2.0 * np.pi * (200.0 + 50.0 * number) * time_s)))
    assert set(scan(tmp_path).table["corpus"]) == {"RAVDESS", "EmoDB"}
    # ser_whisper cannot be trained from scratch.
    pretrained = write_whisper_weights(tmp_path) if network == "ser_whisper" else None
    settings = replace(DEFAULT_SETTINGS[network], n_augmented_copies=1)
    setup = load_training_setup(tmp_path, settings, tmp_path / "cache", pretrained)
    assert setup.data.table["corpus"].tolist() == ["RAVDESS"]


def test_ser_whisper_needs_weights_to_start_from(tmp_path: Path) -> None:
    (tmp_path / "03-01-03-01-01-01-01.wav").write_bytes(to_wav_bytes(0.3 * np.sin(np.arange(8000) / 8.0)))
    with pytest.raises(TrainingError, match="published weights"):
        load_training_setup(tmp_path, DEFAULT_SETTINGS["ser_whisper"], tmp_path / "cache")


def test_a_corpus_left_out_is_not_trained_on(data: TrainingData, tmp_path: Path) -> None:
    table = data.table.assign(corpus=["RAVDESS", "TESS"] * (len(data.table) // 2))
    setup = TrainingSetup(replace(data, table=table), SETTINGS, build_tiny_network, lambda network, _: network)
    settings = replace(SETTINGS, epochs=1, clips_per_epoch=16, left_out_corpora=("TESS",))
    setup.train(SPLIT, settings, tmp_path)
    assert json.loads((tmp_path / "run.json").read_text())["rows"]["train"] == len(SPLIT.train) // 2
