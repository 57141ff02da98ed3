"""A network's layers, for the Model page: read from ``architecture.json``, which the export writes.

No Keras is needed, and so no TensorFlow.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ser_core.errors import ModelError

ARCHITECTURE_NAME = "architecture.json"


@dataclass(frozen=True)
class Layer:
    """One layer of a network.

    Parameters
    ----------
    name : str
        The layer's name within its network: ``"conv_1"``.
    kind : str
        The layer's class in Keras: ``"Conv2D"``.
    shape : tuple of int
        Shape of the layer's output for one window.
    n_parameters : int
        Number of weights: trained ones, and the running statistics of batch normalisation.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    n_parameters: int


@dataclass(frozen=True, eq=False)
class Architecture:
    """A network's layers in order, and the filters of its first convolution.

    Parameters
    ----------
    layers : tuple of Layer
        Every Keras layer. Arithmetic between layers (sums, products, square roots) is left out.
    first_filters : np.ndarray [shape=(..., in, filters)]
        Kernel of the first convolution, float32.
    """

    layers: tuple[Layer, ...]
    first_filters: np.ndarray

    @property
    def n_parameters(self) -> int:
        """Number of weights in all layers together."""
        return sum(layer.n_parameters for layer in self.layers)


def read_architecture(path: Path) -> Architecture:
    """Read a network's layers.

    Parameters
    ----------
    path : Path
        An ``architecture.json``, as ``ser_core.training.export.write_architecture`` writes it.

    Returns
    -------
    Architecture

    Raises
    ------
    ModelError
        If the file is missing or damaged.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        layers = tuple(Layer(**{**layer, "shape": tuple(layer["shape"])}) for layer in content["layers"])
        return Architecture(layers, np.array(content["first_filters"], dtype=np.float32))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            "The description of a network's layers is missing or damaged",
            expected=f"{ARCHITECTURE_NAME}, as the export writes it",
            advice="Restore the model folder from the project, or train a new network",
        ) from error
