"""Reading of a model folder, also of damaged and incomplete ones."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.front_end import to_config
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.model_files import CONFIG_NAME, LITERT_NAME, ModelConfig, read_model, sha256_of, write_config
from ser_core.inference.thresholds import Calibration

NETWORK = b"not a real network: these tests only compare its bytes"


@pytest.fixture
def config(tmp_path: Path) -> ModelConfig:
    (tmp_path / LITERT_NAME).write_bytes(NETWORK)
    return ModelConfig(
        network="ser_cnn",
        labels=LABELS,
        front_end=json.loads(json.dumps(to_config(LogMelFrontEnd()))),
        calibration=Calibration(1.3, 0.45, set_threshold=0.1),
        profile_calibration=None,
        network_sha256=sha256_of(tmp_path / LITERT_NAME),
        versions={"python": "3.11.0"},
        training={"clips_by_corpus": {"RAVDESS": 3}},
    )


@pytest.fixture
def model_dir(config: ModelConfig, tmp_path: Path) -> Path:
    write_config(tmp_path / CONFIG_NAME, config)
    return tmp_path


def test_a_config_is_read_as_it_was_written(model_dir: Path, config: ModelConfig) -> None:
    assert read_model(model_dir) == (config, NETWORK)


def test_a_changed_network_is_an_error(model_dir: Path) -> None:
    (model_dir / LITERT_NAME).write_bytes(NETWORK[:-1] + b"!")
    with pytest.raises(ModelError, match="not the one that its config was written for"):
        read_model(model_dir)


@pytest.mark.parametrize("name", [CONFIG_NAME, LITERT_NAME])
def test_a_missing_file_is_an_error(name: str, model_dir: Path) -> None:
    (model_dir / name).unlink()
    with pytest.raises(ModelError, match="missing or unreadable") as caught:
        read_model(model_dir)
    assert str(model_dir) not in str(caught.value)


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing or unreadable"):
        read_model(tmp_path / "nowhere")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"network": '], ids=["empty", "cut", "bytes", "half"])
def test_a_damaged_config_is_an_error(content: bytes, model_dir: Path) -> None:
    (model_dir / CONFIG_NAME).write_bytes(content)
    with pytest.raises(ModelError, match="missing or unreadable"):
        read_model(model_dir)


@pytest.mark.parametrize("labels", [LABELS[::-1], LABELS[:7], (*LABELS, "bored")], ids=["order", "fewer", "more"])
def test_other_labels_are_an_error(labels: tuple[str, ...], model_dir: Path, config: ModelConfig) -> None:
    write_config(model_dir / CONFIG_NAME, replace(config, labels=labels))
    with pytest.raises(ModelError, match="labels"):
        read_model(model_dir)


@pytest.mark.parametrize("name", ["calibration", "labels", "front_end", "network_sha256"])
def test_an_incomplete_config_is_an_error(name: str, model_dir: Path) -> None:
    raw = json.loads((model_dir / CONFIG_NAME).read_text())
    del raw[name]
    (model_dir / CONFIG_NAME).write_text(json.dumps(raw))
    with pytest.raises(ModelError, match="not complete") as caught:
        read_model(model_dir)
    assert name in caught.value.expected


@pytest.mark.parametrize("content", ["[]", "null", '"ser_cnn"'])
def test_a_config_that_is_no_json_object_is_an_error(content: str, model_dir: Path) -> None:
    (model_dir / CONFIG_NAME).write_text(content)
    with pytest.raises(ModelError, match="not complete"):
        read_model(model_dir)


def test_an_unknown_entry_is_an_error(model_dir: Path) -> None:
    raw = json.loads((model_dir / CONFIG_NAME).read_text())
    (model_dir / CONFIG_NAME).write_text(json.dumps({**raw, "mood": "good"}))
    with pytest.raises(ModelError, match="not complete"):
        read_model(model_dir)


@pytest.mark.parametrize("labels", [None, 8])
def test_labels_that_are_no_list_are_an_error(labels: int | None, model_dir: Path) -> None:
    raw = json.loads((model_dir / CONFIG_NAME).read_text())
    (model_dir / CONFIG_NAME).write_text(json.dumps({**raw, "labels": labels}))
    with pytest.raises(ModelError):
        read_model(model_dir)
