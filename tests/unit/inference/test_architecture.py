"""A network's layers, read without Keras."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.architecture import read_architecture
from ser_core.paths import MODELS_DIR


def test_the_originals_network_layer_by_layer() -> None:
    found = read_architecture(MODELS_DIR / "seed_cnn" / "network.keras")
    assert [(layer.kind, layer.shape) for layer in found.layers[:4]] == [
        ("InputLayer", (162, 1)),
        ("Conv1D", (162, 256)),
        ("MaxPooling1D", (81, 256)),
        ("Conv1D", (81, 256)),
    ]
    assert found.layers[1].n_parameters == 5 * 256 + 256
    assert found.n_parameters == 557_288
    assert found.first_filters.shape == (5, 1, 256)


def test_our_network_ends_in_eight_numbers_and_begins_with_a_window() -> None:
    found = read_architecture(MODELS_DIR / "ser_cnn" / "network.keras")
    assert found.layers[0].kind == "InputLayer"
    assert found.layers[-1].shape == (len(LABELS),)
    assert found.first_filters.shape[2] == 1
    # Every layer that learns is there, and each only once.
    assert len({layer.name for layer in found.layers}) == len(found.layers)
    assert all(layer.shape for layer in found.layers)


@pytest.mark.tensorflow
@pytest.mark.parametrize("network", ["seed_cnn", "ser_cnn"])
def test_keras_counts_the_same(network: str) -> None:
    import keras

    path = MODELS_DIR / network / "network.keras"
    loaded = keras.saving.load_model(path)
    found = read_architecture(path)
    assert found.n_parameters == loaded.count_params()
    shapes = {layer.name: layer.shape for layer in found.layers}
    for layer in loaded.layers:
        if layer.name in shapes and layer.weights:
            assert shapes[layer.name] == tuple(layer.output.shape[1:]), layer.name


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing or damaged"):
        read_architecture(tmp_path / "network.keras")
    with zipfile.ZipFile(tmp_path / "network.keras", "w") as archive:
        archive.writestr("config.json", "{}")
    with pytest.raises(ModelError, match="missing or damaged"):
        read_architecture(tmp_path / "network.keras")
