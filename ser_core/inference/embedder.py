"""The network's own description of a clip: the numbers from which its last layer makes the answer.

The served network gives its answer alone. What its last layer reads is there too, on the way, as long as LiteRT runs
the network's operators one by one and not fused, as it does in ``Recognizer`` for speed.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np

from ser_core.audio.loading import Audio
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.calibration import pool_windows
from ser_core.inference.front_end import from_config
from ser_core.inference.model_files import open_network, read_model
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR


class Embedder:
    """Describes clips as a network does; one object may serve many threads.

    Parameters
    ----------
    model_dir : Path, optional
        A model folder, as ``export_network`` writes it; the shipped ``ser_cnn`` by default.

    Raises
    ------
    ModelError
        If the folder's files are missing, damaged, or of a network whose last layer cannot be told.
    """

    def __init__(self, model_dir: Path = DEFAULT_MODEL_DIR) -> None:
        from ai_edge_litert.interpreter import OpResolverType

        self.config, network = read_model(Path(model_dir))
        self._front_end = from_config(self.config.front_end)
        self._interpreter = open_network(
            network, experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
        )
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._last = self._interpreter.get_output_details()[0]["index"]
        # Tensors are numbered in the order in which they are computed; the last layer's input stays until the end.
        self._described = self._last - 1
        shape = tuple(self._interpreter.get_tensor_details()[self._described]["shape"])
        if len(shape) != 2 or shape[1] <= len(LABELS):
            raise ModelError(
                f"The network's last layer reads an array of the shape {shape}",
                expected="A dense layer over the numbers that describe a window",
                advice="Use a network of ser_core.training.networks",
            )
        self._lock = Lock()

    def embed(self, audio: Audio) -> np.ndarray:
        """Return a clip's description [shape=(n,)]: its windows' mean, weighted as their answers are."""
        return self.describe(audio)[0]

    def describe(self, audio: Audio) -> tuple[np.ndarray, np.ndarray]:
        """Return a clip's description and the network's answer to it.

        Parameters
        ----------
        audio : Audio
            The clip.

        Returns
        -------
        np.ndarray [shape=(n,)]
            The description; 2,304 numbers for ``ser_cnn``.
        np.ndarray [shape=(8,)]
            Logits, not calibrated.
        """
        windows = self._front_end.windows(audio)
        described, logits = [], []
        for window in windows.inputs:
            with self._lock:
                self._interpreter.set_tensor(self._input, window[None])
                self._interpreter.invoke()
                described.append(self._interpreter.get_tensor(self._described)[0])
                logits.append(self._interpreter.get_tensor(self._last)[0])
        return pool_windows(np.stack(described), windows.weight), pool_windows(np.stack(logits), windows.weight)
