"""The published weights that ``ser_whisper`` starts from, and their conversion from OpenAI's checkpoint.

The file of weights is an ``.npz``. Its arrays have PyTorch's order: convolutions (out, in, time), dense (out, in).
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt

from ser_core.atomic_write import replace_when_complete
from ser_core.errors import TrainingError
from ser_core.training.pretrained import freeze_trunk, weights_sha256
from ser_core.training.whisper_network import N_BLOCKS, WIDTH

Arrays = dict[str, npt.NDArray[np.floating]]

# Name of each array of a block in this project -> its names in the checkpoint; several arrays are concatenated.
_BLOCK_ARRAYS = {
    "attention_norm.gamma": ("self_attn_layer_norm.weight",),
    "attention_norm.beta": ("self_attn_layer_norm.bias",),
    "attention_qkv.weight": ("self_attn.q_proj.weight", "self_attn.k_proj.weight", "self_attn.v_proj.weight"),
    "attention_out.weight": ("self_attn.out_proj.weight",),
    "attention_out.bias": ("self_attn.out_proj.bias",),
    "mlp_norm.gamma": ("final_layer_norm.weight",),
    "mlp_norm.beta": ("final_layer_norm.bias",),
    "mlp_in.weight": ("fc1.weight",),
    "mlp_in.bias": ("fc1.bias",),
    "mlp_out.weight": ("fc2.weight",),
    "mlp_out.bias": ("fc2.bias",),
}


def load_whisper_trunk(network: keras.Model, weights_file: Path) -> str:
    """Load published weights into the trunk of a ``ser_whisper``, and freeze it.

    Parameters
    ----------
    network : keras.Model
        An untrained ``ser_whisper``; changed in place.
    weights_file : Path
        An ``.npz`` as ``convert_checkpoint`` writes it.

    Returns
    -------
    str
        SHA-256 of the file, to be kept with the trained network.

    Raises
    ------
    TrainingError
        If the file cannot be read or holds other arrays.
    """
    try:
        with np.load(weights_file, allow_pickle=False) as arrays:
            _set_weights(network, {name: arrays[name].astype(np.float32) for name in arrays.files})
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise TrainingError(
            f"The weights to start from cannot be used ({type(error).__name__})",
            expected="an .npz file with the first two blocks of the encoder of Whisper tiny.en",
            advice="Make the file with the command convert-whisper",
        ) from error
    freeze_trunk(network)
    return weights_sha256(weights_file)


def _set_weights(network: keras.Model, arrays: Arrays) -> None:
    for name in ("conv_1", "conv_2"):
        # The file has (out, in, time), Keras (time, in, out).
        network.get_layer(name).set_weights([arrays[f"{name}.weight"].transpose(2, 1, 0), arrays[f"{name}.bias"]])
    positions = network.get_layer("positions")
    positions.set_weights([arrays["positions"][: positions.vectors.shape[0]]])
    for number in range(N_BLOCKS):
        for name in ("attention_norm", "mlp_norm"):
            weights = [arrays[f"block_{number}.{name}.{part}"] for part in ("gamma", "beta")]
            network.get_layer(f"{name}_{number}").set_weights(weights)
        for name in ("attention_qkv", "attention_out", "mlp_in", "mlp_out"):
            weights = [arrays[f"block_{number}.{name}.weight"].T, arrays[f"block_{number}.{name}.bias"]]
            network.get_layer(f"{name}_{number}").set_weights(weights)


def convert_checkpoint(checkpoint: Path, weights_file: Path) -> None:
    """Write the first two blocks of a published Whisper checkpoint as the file that a training starts from.

    Parameters
    ----------
    checkpoint : Path
        ``model.safetensors`` of ``openai/whisper-tiny.en`` on the Hugging Face Hub.
    weights_file : Path
        The ``.npz``; written whole, in half precision.

    Raises
    ------
    TrainingError
        If the checkpoint cannot be read or is of another network.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        published = load_file(checkpoint)
        arrays = _first_blocks(published)
    except (OSError, KeyError, SafetensorError) as error:
        raise TrainingError(
            f"The checkpoint cannot be used ({type(error).__name__})",
            expected="model.safetensors of openai/whisper-tiny.en",
            advice="Download that file again",
        ) from error
    if arrays["conv_1.bias"].shape != (WIDTH,):
        raise TrainingError(
            f"The checkpoint is of a network with {len(arrays['conv_1.bias'])} channels",
            expected=f"Whisper tiny.en, with {WIDTH} channels",
            advice="Use openai/whisper-tiny.en",
        )
    with replace_when_complete(weights_file) as temporary, temporary.open("wb") as file:
        half_precision: Any = {name: array.astype(np.float16) for name, array in arrays.items()}
        np.savez_compressed(file, **half_precision)


def _first_blocks(published: Arrays) -> Arrays:
    encoder = "model.encoder."
    arrays = {
        "conv_1.weight": published[f"{encoder}conv1.weight"],
        "conv_1.bias": published[f"{encoder}conv1.bias"],
        "conv_2.weight": published[f"{encoder}conv2.weight"],
        "conv_2.bias": published[f"{encoder}conv2.bias"],
        "positions": published[f"{encoder}embed_positions.weight"],
    }
    for number in range(N_BLOCKS):
        block = f"{encoder}layers.{number}."
        for name, parts in _BLOCK_ARRAYS.items():
            arrays[f"block_{number}.{name}"] = np.concatenate([published[block + part] for part in parts])
        query_bias, value_bias = (published[f"{block}self_attn.{part}_proj.bias"] for part in ("q", "v"))
        # The key projection of Whisper's attention has no bias.
        biases = [query_bias, np.zeros_like(query_bias), value_bias]
        arrays[f"block_{number}.attention_qkv.bias"] = np.concatenate(biases)
    return arrays
