"""A saved network, layer by layer, read from its ``.keras`` file without Keras and so without TensorFlow.

The file is a ZIP archive: ``config.json`` describes the layers, ``model.weights.h5`` holds their weights.
"""

from __future__ import annotations

import io
import json
import math
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ser_core.errors import ModelError

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Layer:
    """One layer of a network.

    Parameters
    ----------
    name, kind : str
        Its own name, and Keras' name of what it does: ``"Conv2D"``.
    shape : tuple of int
        Of what it gives for one window.
    n_parameters : int
        Numbers that it learnt, or keeps, as batch normalisation does.
    """

    name: str
    kind: str
    shape: Shape
    n_parameters: int


@dataclass(frozen=True, eq=False)
class Architecture:
    """A network's layers, in their order, and its first filters.

    Parameters
    ----------
    layers : tuple of Layer
        Without those that compute nothing but a sum, a product or another form of the same numbers.
    first_filters : np.ndarray [shape=(..., in, filters)]
        The weights of the first convolution.
    """

    layers: tuple[Layer, ...]
    first_filters: np.ndarray

    @property
    def n_parameters(self) -> int:
        """All parameters together."""
        return sum(layer.n_parameters for layer in self.layers)


def read_architecture(path: Path) -> Architecture:
    """Read a network's layers.

    Parameters
    ----------
    path : Path
        A ``.keras`` file.

    Returns
    -------
    Architecture

    Raises
    ------
    ModelError
        If the file is missing, damaged, or of a form that Keras 3 does not write.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            network = json.loads(archive.read("config.json"))
            weights = _weights(archive.read("model.weights.h5"))
        described = network["config"]["layers"]
        is_chain = network["class_name"] == "Sequential"
        shapes = _shapes_of_chain(described) if is_chain else _shapes_of_graph(described)
        layers = tuple(
            Layer(name, each["class_name"], shapes[name], sum(array.size for array in weights.get(name, ())))
            for each in described
            if (name := each["config"]["name"]) in shapes
        )
        first = next(layer.name for layer in layers if layer.kind.startswith("Conv"))
        return Architecture(layers, weights[first][0])
    except (OSError, KeyError, ValueError, StopIteration, zipfile.BadZipFile) as error:
        raise ModelError(
            "A network's file is missing or damaged",
            expected="network.keras, as the training writes it",
            advice="Restore the model folder, or train the network again",
        ) from error


def _weights(content: bytes) -> dict[str, list[np.ndarray]]:
    """Return each layer's arrays; in the file a group's own name is Keras' choice, its attribute is the layer's."""
    import h5py

    found = {}
    with h5py.File(io.BytesIO(content)) as file:
        for group in file["layers"].values():
            variables = group["vars"]
            arrays = [variables[number][()] for number in sorted(variables, key=int)]
            if arrays:
                found[variables.attrs["name"]] = arrays
    return found


def _shapes_of_graph(layers: list[Mapping[str, Any]]) -> dict[str, Shape]:
    """Return what each layer gives, as the layers that take it say; the last one's is its number of units."""
    shapes = {layer["config"]["name"]: _of_input(layer) for layer in layers if layer["class_name"] == "InputLayer"}
    shapes |= dict(pair for layer in layers for pair in _taken(layer["inbound_nodes"]))
    last = layers[-1]["config"]
    shapes[last["name"]] = (last["units"],)
    # Sums, squares and the like are steps of a formula, not layers that anybody would draw.
    drawn = {layer["config"]["name"] for layer in layers if layer["module"] == "keras.layers"}
    return {name: shape for name, shape in shapes.items() if name in drawn}


def _taken(nodes: Any) -> Iterator[tuple[str, Shape]]:
    if isinstance(nodes, Mapping):
        if nodes.get("class_name") == "__keras_tensor__":
            tensor = nodes["config"]
            yield tensor["keras_history"][0], tuple(tensor["shape"][1:])
        else:
            yield from _taken(list(nodes.values()))
    elif isinstance(nodes, list):
        for node in nodes:
            yield from _taken(node)


def _shapes_of_chain(layers: list[Mapping[str, Any]]) -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}
    shape: Shape = ()
    for layer in layers:
        config = layer["config"]
        if layer["class_name"] == "InputLayer":
            shape = _of_input(layer)
        elif layer["class_name"] == "Dense":
            shape = (*shape[:-1], config["units"])
        elif layer["class_name"] == "Flatten":
            shape = (math.prod(shape),)
        elif "strides" in config:
            # All of them pad, so that each stride gives one number.
            steps = math.ceil(shape[0] / config["strides"][0])
            shape = (steps, config.get("filters", shape[1]))
        shapes[config["name"]] = shape
    return shapes


def _of_input(layer: Mapping[str, Any]) -> Shape:
    return tuple(layer["config"]["batch_shape"][1:])
