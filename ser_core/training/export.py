"""Export: writes the files that are served from a trained Keras network.

A model folder holds:

- ``network.tflite``: the network for LiteRT, with two outputs (logits and embedding);
- ``network.keras``: the same weights for Keras, to continue a training;
- ``architecture.json``: the network's layers, for the Model page;
- ``config.json``: what serving needs besides the network (front end, calibration, labels, hash of the network).
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import keras
import numpy as np

from ser_core.atomic_write import replace_when_complete, write_text
from ser_core.emotions import LABELS
from ser_core.inference.architecture import ARCHITECTURE_NAME, Layer
from ser_core.inference.front_end import FrontEnd, to_config
from ser_core.inference.litert_network import EMBEDDING, LOGITS, VOICE
from ser_core.inference.model_files import CONFIG_NAME, LITERT_NAME, ModelConfig, sha256_of, write_config
from ser_core.inference.speech_detector import SPEECH_DETECTOR_NAME
from ser_core.inference.thresholds import Calibration
from ser_core.training.settings import SER_WHISPER
from ser_core.training.whisper_network import pooled_heads_of, voice_of

KERAS_NAME = "network.keras"


def export_network(
    network: keras.Model,
    front_end: FrontEnd,
    *,
    calibration: Calibration,
    profile_calibration: Calibration | None,
    training: dict[str, Any],
    out_dir: Path,
) -> None:
    """Write a network as a model folder that ``Recognizer`` can serve.

    Parameters
    ----------
    network : keras.Model
        Trained; its output is eight logits.
    front_end : FrontEnd
        The front end that made its training data.
    calibration, profile_calibration : Calibration
        Fitted by ``evaluation.fit_thresholds``; the second one is None for a network that takes no voice profile.
    training : dict
        How the network was trained: data fingerprint, counts, seed, settings. Copied into the config unchanged.
    out_dir : Path
        The model folder; created if it does not exist.

    Raises
    ------
    StorageError
        If a file cannot be written. Each file is then the older one, or complete.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    # Not keras.models.clone_model: its copy keeps the optimiser, which holds three more numbers for each weight.
    without_optimizer = type(network).from_config(network.get_config())
    without_optimizer.set_weights(network.get_weights())
    for layer in without_optimizer.layers:
        # A normalisation layer computes with copies of its weights, which ``set_weights`` does not change.
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
    # A speech detector belongs to the embeddings of the previous network.
    (out_dir / SPEECH_DETECTOR_NAME).unlink(missing_ok=True)
    with replace_when_complete(out_dir / KERAS_NAME) as temporary:
        without_optimizer.save(temporary, include_optimizer=False)
        _compress(temporary)
    write_architecture(without_optimizer, out_dir / ARCHITECTURE_NAME)
    write_litert(without_optimizer, out_dir / LITERT_NAME)
    write_config(
        out_dir / CONFIG_NAME,
        ModelConfig(
            network=network.name,
            labels=LABELS,
            front_end=to_config(front_end),
            calibration=calibration,
            profile_calibration=profile_calibration,
            network_sha256=sha256_of(out_dir / LITERT_NAME),
            versions={
                "python": ".".join(map(str, sys.version_info[:3])),
                **{name: version(name) for name in ("keras", "numpy", "scipy")},
            },
            training=training,
        ),
    )


def _compress(archive: Path) -> None:
    """Compress a ``.keras`` file, which Keras writes uncompressed. Published weights of 16 bits take half the space."""
    with zipfile.ZipFile(archive) as packed:
        members = {info: packed.read(info) for info in packed.infolist()}
    with zipfile.ZipFile(archive, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=9) as compressed:
        for info, content in members.items():
            compressed.writestr(info, content, compress_type=zipfile.ZIP_DEFLATED)


def write_architecture(network: keras.Model, path: Path) -> None:
    """Write a network's layers and the filters of its first convolution as JSON.

    Parameters
    ----------
    network : keras.Model
        With at least one convolution.
    path : Path
        The file, which ``ser_core.inference.architecture.read_architecture`` reads.
    """
    # A Sequential network hides its input layer; the functional network with the same ends shows it. Arithmetic between
    # layers is an Operation in Keras, but not a Layer.
    keras_layers = [
        layer for layer in keras.Model(network.inputs, network.outputs).layers if isinstance(layer, keras.layers.Layer)
    ]
    layers = [
        Layer(layer.name, type(layer).__name__, tuple(layer.output.shape[1:]), layer.count_params())
        for layer in keras_layers
    ]
    first_convolution = next(layer for layer in keras_layers if type(layer).__name__.startswith("Conv"))
    description = {
        "layers": [asdict(layer) for layer in layers],
        "first_filters": _as_short_decimals(first_convolution.kernel.numpy()),
    }
    write_text(path, json.dumps(description) + "\n")


def _as_short_decimals(array: np.ndarray) -> Any:
    """Return a float32 array as nested lists, with the fewest decimals that give the same float32 when read."""
    return array.astype(str).astype(float).tolist()


def write_litert(network: keras.Model, path: Path) -> None:
    """Convert a network to LiteRT, with the outputs ``LOGITS`` and ``EMBEDDING``.

    Parameters
    ----------
    network : keras.Model
        Its output is the logits.
    path : Path
        The LiteRT file.
    """
    with_outputs, input_signature = with_served_outputs(network, batch_size=1)
    with tempfile.TemporaryDirectory() as scratch_dir:
        # Keras insists on a name that ends in .tflite.
        converted = Path(scratch_dir) / LITERT_NAME
        with_outputs.export(
            converted, format="litert", input_signature=input_signature, verbose=False, **_quantisation(network)
        )
        with replace_when_complete(path) as temporary:
            temporary.write_bytes(converted.read_bytes())


def with_served_outputs(network: keras.Model, batch_size: int | None) -> tuple[keras.Model, list[Any]]:
    """Return a network with all outputs that are served, and the signature of its inputs for ``keras.Model.export``.

    Parameters
    ----------
    network : keras.Model
        A ``ser_whisper``, or a network whose last layer is a dense layer with the logits.
    batch_size : int or None
        Number of windows that are computed at once; None for any number.

    Returns
    -------
    keras.Model
        It shares its weights with ``network``.
    list
        The signature.
    """
    # The name is part of the file: without it Keras numbers the network, and the same weights give another hash.
    outputs = {LOGITS: network.outputs[0]}
    if network.name == SER_WHISPER:
        outputs |= {EMBEDDING: pooled_heads_of(network), VOICE: voice_of(network)}
    else:
        outputs[EMBEDDING] = _embedding_of(network)
    # Names of inputs are kept only if they are given as a dictionary.
    inputs = {tensor.name: tensor for tensor in network.inputs}
    with_outputs = keras.Model(inputs if len(inputs) > 1 else network.inputs, outputs, name=network.name)
    specifications = {
        name: keras.InputSpec(shape=(batch_size, *tensor.shape[1:]), dtype="float32", name=name)
        for name, tensor in inputs.items()
    }
    return with_outputs, [specifications] if len(inputs) > 1 else list(specifications.values())


def _embedding_of(network: keras.Model) -> keras.KerasTensor:
    """Return the input of the network's last dense layer, before dropout and batch normalisation.

    Dropout does nothing in a served network, and the converter folds the batch normalisation into the dense layer's
    weights. So this is the array that the served dense layer reads, and it costs no further operation.
    """
    embedding = network.layers[-1].input
    for layer in reversed(network.layers[:-1]):
        if not isinstance(layer, keras.layers.Dropout | keras.layers.BatchNormalization):
            break
        embedding = layer.input
    return embedding


def _quantisation(network: keras.Model) -> dict[str, Any]:
    """Return converter settings that keep the weights of ``ser_whisper`` in 8 bits and those of the others in 16.

    With 16 bits, the file has half the size, and probabilities differ by at most 0.002. With 8 bits, the file has a
    quarter of the size, and the network takes a third of the time, because matrix products are in whole numbers.
    """
    import tensorflow as tf

    settings: dict[str, Any] = {"optimizations": [tf.lite.Optimize.DEFAULT]}
    if network.name != SER_WHISPER:
        settings["target_spec"] = {"supported_types": [tf.float16]}
    return settings
