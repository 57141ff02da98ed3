"""Export to ONNX, for programs that run a network with neither LiteRT nor TensorFlow.

Keras converts with the package tf2onnx, which the extra ``export`` installs.
"""

from __future__ import annotations

import logging
import math
import tempfile
import warnings
from importlib.util import find_spec
from pathlib import Path

import keras
import numpy as np
from keras import ops

from ser_core.errors import ModelError
from ser_core.training.export import with_served_outputs
from ser_core.training.networks import build

ONNX_NAME = "network.onnx"


def onnx_bytes(keras_file: Path) -> bytes:
    """Convert a network to ONNX, with the inputs and outputs that LiteRT has, for any number of windows at once.

    Parameters
    ----------
    keras_file : Path
        The ``network.keras`` of a model folder. Its weights have 32 bits, so the ONNX file is larger than the LiteRT
        file, and its numbers are a little more exact.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    ModelError
        If tf2onnx is not installed, or has no counterpart for an operation of the network; or if the file is damaged.
    """
    if find_spec("tf2onnx") is None:
        raise ModelError(
            "ONNX files are written through the package tf2onnx, which is not installed",
            expected="tf2onnx, or another format",
            advice='Install it in a checkout of the project with pip install ".[export]", or choose --format litert',
        )
    import onnx

    with_outputs, input_signature = with_served_outputs(_convertible(keras_file), batch_size=None)
    logging.getLogger("tf2onnx").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as scratch_dir, warnings.catch_warnings():
        # Keras asks NumPy for ``np.object``, which older versions had.
        warnings.simplefilter("ignore", FutureWarning)
        converted = Path(scratch_dir) / ONNX_NAME
        with_outputs.export(converted, format="onnx", input_signature=input_signature, verbose=False)
        content = converted.read_bytes()
    try:
        # tf2onnx also writes a file when it has no counterpart for an operation.
        onnx.checker.check_model(content, full_check=True)
    except onnx.checker.ValidationError:
        raise ModelError(
            "The network has an operation that tf2onnx cannot convert",
            expected="a network of this project",
            advice="Choose --format litert or keras",
        ) from None
    return content


def _convertible(keras_file: Path) -> keras.Model:
    """Return the network of a file, with operations that tf2onnx knows."""
    try:
        stored = keras.saving.load_model(keras_file, compile=False, safe_mode=True)
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelError(
            f"The file {keras_file.name} cannot be loaded",
            expected="a network that ser train has written",
            advice="Restore the model folder from the project, or train a new network",
        ) from None
    # Built anew: Keras numbers operations, and those that are added later may get the names of operations in the file.
    network = build(stored.name, stored.inputs[0].shape[1:])
    network.set_weights(stored.get_weights())
    for layer in network.layers:
        if getattr(layer, "activation", None) is keras.activations.gelu:
            layer.activation = _gelu
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
            # As tensors of TensorFlow they would become inputs of the network.
            layer.mean, layer.variance = np.asarray(layer.mean), np.asarray(layer.variance)
    return network


def _gelu(x: keras.KerasTensor) -> keras.KerasTensor:
    """Return the same as Keras' GELU (Hendrycks and Gimpel 2016), by ``erf``: tf2onnx does not know its ``erfc``."""
    return 0.5 * x * (1.0 + ops.erf(x / math.sqrt(2.0)))
