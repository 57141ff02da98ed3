from __future__ import annotations

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from ser_core.emotions import LABELS
from ser_core.inference.front_end import LogMelFrontEnd, SummaryFrontEnd
from ser_core.inference.model_files import CONFIG_NAME
from ser_core.inference.recognizer import Recognizer
from ser_core.training.export import KERAS_NAME, export_network
from ser_core.training.networks import NETWORKS, SEED_CNN, SER_CNN, build

pytestmark = pytest.mark.tensorflow

FRONT_END_OF = {SEED_CNN: SummaryFrontEnd((0.5,) * 162, (2.0,) * 162), SER_CNN: LogMelFrontEnd()}


def scattered(network: keras.Model) -> keras.Model:
    """Move every weight, batch statistics too, off the values at which a mistake would not show."""
    rng = np.random.default_rng(2)
    network.set_weights([weight + rng.uniform(0.0, 0.05, weight.shape) for weight in network.get_weights()])
    return network


@pytest.fixture(scope="module", params=sorted(NETWORKS))
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[keras.Model, Path]:
    front_end = FRONT_END_OF[request.param]
    network = scattered(build(request.param, front_end.input_shape))
    network.compile("adam", "mse")
    out_dir = tmp_path_factory.mktemp("model") / "made by the export"
    export_network(network, front_end, temperature=1.7, confidence_threshold=0.4, training={"seed": 3}, out_dir=out_dir)
    return network, out_dir


def test_litert_answers_as_keras_does(exported: tuple[keras.Model, Path]) -> None:
    network, out_dir = exported
    inputs = np.random.default_rng(4).normal(size=(5, *network.input_shape[1:])).astype(np.float32)
    expected = network.predict(inputs, verbose=0)
    assert np.ptp(expected, axis=0).max() > 1e-3
    # The served weights have half precision, eleven bits.
    np.testing.assert_allclose(Recognizer(out_dir).logits(inputs), expected, atol=1e-3 * np.abs(expected).max())


def test_the_keras_file_holds_the_same_weights_and_no_optimiser(exported: tuple[keras.Model, Path]) -> None:
    network, out_dir = exported
    read_back = keras.saving.load_model(out_dir / KERAS_NAME)
    for expected, found in zip(network.get_weights(), read_back.get_weights(), strict=True):
        np.testing.assert_array_equal(found, expected)
    assert not read_back.compiled


def test_the_recogniser_reads_what_the_export_was_told(exported: tuple[keras.Model, Path]) -> None:
    network, out_dir = exported
    config = Recognizer(out_dir).config
    assert config.network == network.name
    assert config.labels == LABELS
    assert config.temperature == 1.7
    assert config.confidence_threshold == 0.4
    assert config.training == {"seed": 3}
    assert {"python", "keras", "numpy"} <= set(config.versions)
    kind = json.loads((out_dir / CONFIG_NAME).read_text())["front_end"]["kind"]
    assert kind == FRONT_END_OF[network.name].kind
