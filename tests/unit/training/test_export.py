"""What the export writes, compared with the Keras network that it was made from."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import keras
import numpy as np
import pytest

from ser_core.emotions import LABELS
from ser_core.errors import StorageError
from ser_core.inference.architecture import ARCHITECTURE_NAME, read_architecture
from ser_core.inference.litert_network import EMBEDDING, LOGITS, LiteRTNetwork
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.model_files import CONFIG_NAME, LITERT_NAME
from ser_core.inference.recognizer import Recognizer
from ser_core.inference.summary import SummaryFrontEnd
from ser_core.inference.thresholds import Calibration
from ser_core.paths import MODELS_DIR
from ser_core.training.export import KERAS_NAME, export_network, write_architecture
from ser_core.training.networks import NETWORKS, build
from ser_core.training.settings import SEED_CNN, SER_CNN

pytestmark = pytest.mark.tensorflow

FRONT_END_OF = {SEED_CNN: SummaryFrontEnd((0.5,) * 162, (2.0,) * 162), SER_CNN: LogMelFrontEnd()}

CALIBRATION = Calibration(1.7, 0.4, set_threshold=0.1)


def with_random_weights(network: keras.Model) -> keras.Model:
    """Move every weight, also batch statistics, away from initial values at which a mistake would not show."""
    rng = np.random.default_rng(2)
    network.set_weights([weight + rng.uniform(0.0, 0.05, weight.shape) for weight in network.get_weights()])
    return network


def random_windows(network: keras.Model, n_windows: int) -> np.ndarray:
    return np.random.default_rng(4).normal(size=(n_windows, *network.input_shape[1:])).astype(np.float32)


# ser_whisper, with its second input, is exported in test_whisper_network.
@pytest.fixture(scope="module", params=[SEED_CNN, SER_CNN])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[keras.Model, Path]:
    front_end = FRONT_END_OF[request.param]
    network = with_random_weights(build(request.param, front_end.input_shape))
    network.compile("adam", "mse")
    out_dir = tmp_path_factory.mktemp("model") / "created by the export"
    export_network(
        network, front_end, calibration=CALIBRATION, profile_calibration=None, training={"seed": 3}, out_dir=out_dir
    )
    return network, out_dir


def test_litert_computes_the_same_logits_as_keras(exported: tuple[keras.Model, Path]) -> None:
    network, out_dir = exported
    inputs = random_windows(network, 5)
    expected = network.predict(inputs, verbose=0)
    assert np.ptp(expected, axis=0).max() > 1e-3
    # The served weights have half precision: eleven bits.
    np.testing.assert_allclose(Recognizer(out_dir).logits(inputs), expected, atol=1e-3 * np.abs(expected).max())


def test_the_embedding_is_what_the_last_layers_read(exported: tuple[keras.Model, Path]) -> None:
    network, out_dir = exported
    inputs = random_windows(network, 5)
    last_layers = {
        SER_CNN: ["embedding", "dropout", "logits"],
        SEED_CNN: ["dropout", "logits"],
    }[network.name]
    first, *_ = layers = network.layers[-len(last_layers) :]
    assert [layer.name.split("_")[0] for layer in layers] == last_layers
    expected = keras.Model(network.inputs, first.input).predict(inputs, verbose=0)
    litert = LiteRTNetwork((out_dir / LITERT_NAME).read_bytes(), network.input_shape[1:])
    embeddings, logits = litert.run(inputs, EMBEDDING, LOGITS)
    np.testing.assert_allclose(embeddings, expected, atol=2e-3 * np.abs(expected).max())
    np.testing.assert_array_equal(logits, Recognizer(out_dir).logits(inputs))


def test_the_architecture_has_the_layers_that_keras_has(exported: tuple[keras.Model, Path]) -> None:
    network, out_dir = exported
    architecture = read_architecture(out_dir / ARCHITECTURE_NAME)
    assert architecture.n_parameters == network.count_params()
    shapes = {layer.name: layer.shape for layer in architecture.layers}
    trained = [layer for layer in network.layers if layer.weights]
    assert {layer.name: shapes.get(layer.name) for layer in trained} == {
        layer.name: tuple(layer.output.shape[1:]) for layer in trained
    }
    first_convolution = next(layer for layer in trained if "Conv" in type(layer).__name__)
    np.testing.assert_array_equal(architecture.first_filters, first_convolution.kernel.numpy())


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_the_committed_architecture_is_that_of_the_committed_network(name: str, tmp_path: Path) -> None:
    network = keras.saving.load_model(MODELS_DIR / name / KERAS_NAME, compile=False)
    write_architecture(network, tmp_path / ARCHITECTURE_NAME)
    committed = json.loads((MODELS_DIR / name / ARCHITECTURE_NAME).read_text())
    assert json.loads((tmp_path / ARCHITECTURE_NAME).read_text()) == committed


def test_the_keras_file_holds_the_same_weights_and_no_optimiser(exported: tuple[keras.Model, Path]) -> None:
    network, out_dir = exported
    read_back = keras.saving.load_model(out_dir / KERAS_NAME)
    for expected, weight in zip(network.get_weights(), read_back.get_weights(), strict=True):
        np.testing.assert_array_equal(weight, expected)
    assert not read_back.compiled


@pytest.mark.parametrize("name", [KERAS_NAME, LITERT_NAME, CONFIG_NAME])
def test_on_a_full_disk_the_older_file_stays(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = os.replace

    def fail_for_one(temporary: Path, path: Path) -> None:
        if path.name == name:
            raise OSError(errno.ENOSPC, "No space left on device")
        rename(temporary, path)

    monkeypatch.setattr(os, "replace", fail_for_one)
    (tmp_path / name).write_text("older")
    front_end = FRONT_END_OF[SEED_CNN]
    network = build(SEED_CNN, front_end.input_shape)
    with pytest.raises(StorageError, match="No space left on device"):
        export_network(
            network, front_end, calibration=CALIBRATION, profile_calibration=None, training={}, out_dir=tmp_path
        )
    assert (tmp_path / name).read_text() == "older"


def test_the_config_holds_the_arguments_of_the_export(exported: tuple[keras.Model, Path]) -> None:
    network, out_dir = exported
    config = Recognizer(out_dir).config
    assert config.network == network.name
    assert config.labels == LABELS
    assert config.calibration == CALIBRATION
    assert config.training == {"seed": 3}
    assert {"python", "keras", "numpy"} <= set(config.versions)
    kind = json.loads((out_dir / CONFIG_NAME).read_text())["front_end"]["kind"]
    assert kind == FRONT_END_OF[network.name].kind
