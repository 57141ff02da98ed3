"""A network's layers, read without Keras."""

from __future__ import annotations

from pathlib import Path

import pytest

from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.architecture import ARCHITECTURE_NAME, read_architecture
from ser_core.paths import MODELS_DIR


def test_the_layers_of_the_original_network() -> None:
    architecture = read_architecture(MODELS_DIR / "seed_cnn" / ARCHITECTURE_NAME)
    assert [(layer.kind, layer.shape) for layer in architecture.layers[:4]] == [
        ("InputLayer", (162, 1)),
        ("Conv1D", (162, 256)),
        ("MaxPooling1D", (81, 256)),
        ("Conv1D", (81, 256)),
    ]
    assert architecture.layers[1].n_parameters == 5 * 256 + 256
    assert architecture.n_parameters == 557_288
    assert architecture.first_filters.shape == (5, 1, 256)


def test_our_network_begins_with_a_window_and_ends_in_eight_logits() -> None:
    architecture = read_architecture(MODELS_DIR / "ser_cnn" / ARCHITECTURE_NAME)
    assert architecture.layers[0].kind == "InputLayer"
    assert architecture.layers[0].shape == (300, 64)
    assert architecture.layers[-1].shape == (len(LABELS),)
    assert architecture.n_parameters == 924_297
    assert architecture.first_filters.shape == (3, 3, 1, 64)
    assert len({layer.name for layer in architecture.layers}) == len(architecture.layers)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing or damaged"):
        read_architecture(tmp_path / ARCHITECTURE_NAME)


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"layers": []}', '{"layers": [{"name": "conv_1"}], "first_filters": []}'],
    ids=["empty", "no object", "no filters", "layer without a shape"],
)
def test_a_damaged_file_is_an_error(content: str, tmp_path: Path) -> None:
    path = tmp_path / ARCHITECTURE_NAME
    path.write_text(content)
    with pytest.raises(ModelError, match="missing or damaged"):
        read_architecture(path)
