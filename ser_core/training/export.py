"""From a trained Keras network to the files that are served.

A model folder holds ``network.tflite`` (LiteRT), ``network.keras`` (the same weights, for training on and for
looking at layers) and ``config.json`` (everything that must hold for the answer to mean anything).
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import keras

from ser_core.emotions import LABELS
from ser_core.inference.front_end import FrontEnd, to_config
from ser_core.inference.model_files import CONFIG_NAME, LITERT_NAME, ModelConfig, sha256_of, write_config

KERAS_NAME = "network.keras"


def export_network(
    network: keras.Model,
    front_end: FrontEnd,
    *,
    temperature: float,
    confidence_threshold: float,
    training: dict[str, Any],
    out_dir: Path,
) -> None:
    """Write a network as a model folder that ``Recognizer`` can serve.

    Parameters
    ----------
    network : keras.Model
        Trained; eight logits.
    front_end : FrontEnd
        What it was fed.
    temperature, confidence_threshold : float
        The calibration's.
    training : dict
        How it came about: data fingerprint, counts, seed, settings; kept in the config word for word.
    out_dir : Path
        The model folder; made where it does not exist.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    # Not clone_model, whose copy keeps the optimiser: three more numbers for each weight.
    bare = type(network).from_config(network.get_config())
    bare.set_weights(network.get_weights())
    bare.save(out_dir / KERAS_NAME, include_optimizer=False)
    litert = out_dir / LITERT_NAME
    signature = [keras.InputSpec(shape=(1, *front_end.input_shape), dtype="float32")]
    with tempfile.TemporaryDirectory() as scratch:
        exported = Path(scratch) / LITERT_NAME
        bare.export(exported, format="litert", input_signature=signature, verbose=False, **_halved())
        litert.write_bytes(exported.read_bytes())
    write_config(
        out_dir / CONFIG_NAME,
        ModelConfig(
            network=network.name,
            labels=LABELS,
            front_end=to_config(front_end),
            temperature=temperature,
            confidence_threshold=confidence_threshold,
            network_sha256=sha256_of(litert),
            versions={
                "python": ".".join(map(str, sys.version_info[:3])),
                **{name: version(name) for name in ("keras", "numpy", "scipy")},
            },
            training=training,
        ),
    )


def _halved() -> dict[str, Any]:
    """Return what makes the converter keep weights in half precision: half the file, probabilities within 0.002."""
    import tensorflow as tf

    return {
        "optimizations": [tf.lite.Optimize.DEFAULT],
        "target_spec": {"supported_types": [tf.float16]},
    }
