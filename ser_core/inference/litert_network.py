"""An exported network, run with LiteRT: no TensorFlow is imported here."""

from __future__ import annotations

from threading import Lock

import numpy as np

from ser_core.emotions import LABELS
from ser_core.errors import ModelError

# The network's outputs, as the export names them.
LOGITS = "logits"
EMBEDDING = "embedding"

_ADVICE = "Restore the model folder from the project, or train a new network"


class LiteRTNetwork:
    """A network with two outputs, logits and an embedding; safe to share between threads.

    A LiteRT interpreter is not thread-safe, so a lock is held while a window is computed (a few milliseconds).

    Parameters
    ----------
    content : bytes
        The network file, as ``export_network`` writes it.
    input_shape : tuple of int
        Shape of one window, as the front end makes it.
    n_threads : int
        Threads that share the computation of one window.

    Raises
    ------
    ModelError
        If LiteRT cannot load the network, or if its inputs or outputs have other names or shapes than expected.
    """

    def __init__(self, content: bytes, input_shape: tuple[int, ...], *, n_threads: int = 1) -> None:
        # At its first use LiteRT prints one INFO line ("Created TensorFlow Lite XNNPACK delegate") to standard error.
        # Its Python package has no setting for that, and TF_CPP_MIN_LOG_LEVEL has no effect.
        from ai_edge_litert.interpreter import Interpreter

        try:
            self._interpreter = Interpreter(model_content=content, num_threads=n_threads)
            self._interpreter.allocate_tensors()
            outputs = self._interpreter.get_signature_runner().get_output_details()
        except (ValueError, RuntimeError) as error:
            raise ModelError(
                "The network cannot be loaded",
                expected="a LiteRT network that this version of the runtime reads",
                advice=_ADVICE,
            ) from error
        (network_input,) = self._interpreter.get_input_details()
        self._input_index = network_input["index"]
        self._output_index = {name: details["index"] for name, details in outputs.items()}
        self._output_shape = {name: tuple(map(int, details["shape"][1:])) for name, details in outputs.items()}
        self._lock = Lock()
        window_shape = tuple(map(int, network_input["shape"][1:]))
        is_expected = set(outputs) == {LOGITS, EMBEDDING} and self._output_shape[LOGITS] == (len(LABELS),)
        if window_shape != input_shape or not is_expected:
            raise ModelError(
                f"The network's input is {window_shape}, its outputs are {self._output_shape}",
                expected=f"the input {input_shape}, the outputs {LOGITS!r} ({len(LABELS)} numbers) and {EMBEDDING!r}",
                advice=_ADVICE,
            )

    def run(self, inputs: np.ndarray, *outputs: str) -> list[np.ndarray]:
        """Compute one or more outputs for each window.

        Parameters
        ----------
        inputs : np.ndarray [shape=(w, *input_shape)]
            Windows, float32.
        *outputs : str
            ``LOGITS``, ``EMBEDDING`` or both.

        Returns
        -------
        list of np.ndarray [shape=(w, 8) or (w, n)]
            One array for each name in ``outputs``, float32.
        """
        # One window at a time: the exported network has a fixed batch size of 1. Networks exported with batch sizes of
        # 8 and 32 were no faster.
        results = [np.empty((len(inputs), *self._output_shape[name]), dtype=np.float32) for name in outputs]
        for row, window in enumerate(inputs):
            with self._lock:
                self._interpreter.set_tensor(self._input_index, window[None])
                self._interpreter.invoke()
                for name, result in zip(outputs, results, strict=True):
                    result[row] = self._interpreter.get_tensor(self._output_index[name])[0]
        return results
