"""Published weights that the training of ``ser_cnn`` starts from.

BYOL-S (Scheidwasser-Clow et al., "SERAB: a multi-lingual benchmark for speech emotion recognition", ICASSP 2022; MIT
licence) was trained on speech without labels: it predicts one augmented view of a clip from another. Its network is
AudioNTT2020 of BYOL-A (Niizumi et al. 2021), and ``ser_cnn`` has the same convolutional part and dense layers.
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import keras
import numpy as np
import numpy.typing as npt

from ser_core.errors import TrainingError
from ser_core.training.whisper_network import STEPS

# Numbers of the layers in the file, in the order of ser_cnn's layers: convolution and normalisation of each block, then
# the dense layers.
_BLOCKS = ((0, 1), (4, 5), (8, 9))
_DENSE = (0, 3)


def load_trunk(network: keras.Model, weights_file: Path) -> str:
    """Load published weights into a ``ser_cnn``, and freeze its trunk.

    Parameters
    ----------
    network : keras.Model
        An untrained ``ser_cnn``; changed in place.
    weights_file : Path
        An ``.npz`` with the arrays of PyTorch's AudioNTT2020: ``features.N.*`` and ``fc.N.*``, convolutions as
        (out, in, frequency, time), dense layers as (out, in).

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
            _set_weights(network, dict(arrays))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise _unusable(error) from error
    freeze_trunk(network)
    return weights_sha256(weights_file)


def freeze_trunk(network: keras.Model) -> None:
    """Freeze a network's trunk: its layers up to and including ``STEPS`` are not trained.

    Parameters
    ----------
    network : keras.Model
        A network with a layer ``STEPS``; changed in place.
    """
    for layer in network.layers:
        layer.trainable = False
        if layer.name == STEPS:
            break


def weights_sha256(weights_file: Path) -> str:
    """Return the SHA-256 of a file with published weights.

    Parameters
    ----------
    weights_file : Path
        See ``load_trunk``.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    TrainingError
        If the file cannot be read.
    """
    try:
        return hashlib.sha256(weights_file.read_bytes()).hexdigest()
    except OSError as error:
        raise TrainingError(
            f"The weights to start from cannot be used ({type(error).__name__})",
            expected="a readable .npz file with published weights",
            advice="Check the path that follows --pretrained",
        ) from error


def _unusable(error: Exception) -> TrainingError:
    return TrainingError(
        f"The weights to start from cannot be used ({type(error).__name__})",
        expected="an .npz file with the arrays of AudioNTT2020, 64 channels and 512 features",
        advice="Give the file of BYOL-S, or train from scratch by leaving it out",
    )


def _set_weights(network: keras.Model, arrays: dict[str, npt.NDArray[np.floating]]) -> None:
    for number, (convolution, norm) in enumerate(_BLOCKS, start=1):
        # The file has (out, in, frequency, time), Keras (time, frequency, in, out).
        kernel = arrays[f"features.{convolution}.weight"].transpose(3, 2, 1, 0)
        network.get_layer(f"conv_{number}").set_weights([kernel, arrays[f"features.{convolution}.bias"]])
        names = ("weight", "bias", "running_mean", "running_var")
        network.get_layer(f"norm_{number}").set_weights([arrays[f"features.{norm}.{name}"] for name in names])
    for number, dense in enumerate(_DENSE, start=1):
        weights = [arrays[f"fc.{dense}.weight"].T, arrays[f"fc.{dense}.bias"]]
        network.get_layer(f"step_dense_{number}").set_weights(weights)
