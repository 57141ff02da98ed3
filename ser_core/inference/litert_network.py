"""An exported network, run with LiteRT: no TensorFlow is imported here."""

from __future__ import annotations

from threading import Lock

import numpy as np

from ser_core.emotions import LABELS
from ser_core.errors import ModelError

# The network's outputs, as the export names them.
LOGITS = "logits"
EMBEDDING = "embedding"
VOICE = "voice"

# The second input of a network whose features are differences from a reference. It also has the output VOICE.
REFERENCE = "reference"

_ADVICE = "Restore the model folder from the project, or train a new network"


class LiteRTNetwork:
    """A network with the outputs logits and embedding, and perhaps a voice; safe to share between threads.

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
        from ai_edge_litert.interpreter import Interpreter

        try:
            self._interpreter = Interpreter(model_content=content, num_threads=n_threads)
            self._interpreter.allocate_tensors()
            runner = self._interpreter.get_signature_runner()
            inputs, outputs = runner.get_input_details(), runner.get_output_details()
        except (ValueError, RuntimeError) as error:
            raise ModelError(
                "The network cannot be loaded",
                expected="a LiteRT network that this version of the runtime reads",
                advice=_ADVICE,
            ) from error
        self._output_index = {name: details["index"] for name, details in outputs.items()}
        self._output_shape = {name: tuple(map(int, details["shape"][1:])) for name, details in outputs.items()}
        self._lock = Lock()
        reference = inputs.pop(REFERENCE, None)
        self._reference_index = None if reference is None else reference["index"]
        expected_outputs = {LOGITS, EMBEDDING} if reference is None else {LOGITS, EMBEDDING, VOICE}
        input_shapes = [tuple(map(int, details["shape"][1:])) for details in inputs.values()]
        is_expected = set(outputs) == expected_outputs and self._output_shape[LOGITS] == (len(LABELS),)
        if input_shapes != [input_shape] or not is_expected:
            raise ModelError(
                f"The network's inputs are {input_shapes}, its outputs are {self._output_shape}",
                expected=f"the input {input_shape}, the outputs {LOGITS!r} ({len(LABELS)} numbers) and {EMBEDDING!r}",
                advice=_ADVICE,
            )
        (window,) = inputs.values()
        self._input_index = window["index"]

    @property
    def voice_size(self) -> int:
        """Number of values that describe a voice; 0 for a network that takes no reference."""
        return 0 if self._reference_index is None else self._output_shape[VOICE][0]

    def run(self, inputs: np.ndarray, *outputs: str, reference: np.ndarray | None = None) -> list[np.ndarray]:
        """Compute one or more outputs for each window.

        Parameters
        ----------
        inputs : np.ndarray [shape=(w, *input_shape)]
            Windows, float32.
        *outputs : str
            Any of ``LOGITS``, ``EMBEDDING`` and ``VOICE``.
        reference : np.ndarray [shape=(voice_size,)], optional
            The voice that the windows are compared with; zeros by default. Has no effect if ``voice_size`` is 0.

        Returns
        -------
        list of np.ndarray [shape=(w, 8) or (w, n)]
            One array for each name in ``outputs``, float32.
        """
        if reference is None:
            reference = np.zeros(self.voice_size, np.float32)
        # One window at a time: the exported network has a fixed batch size of 1. Networks exported with batch sizes of
        # 8 and 32 were no faster.
        results = [np.empty((len(inputs), *self._output_shape[name]), dtype=np.float32) for name in outputs]
        for row, window in enumerate(inputs):
            with self._lock:
                self._interpreter.set_tensor(self._input_index, window[None])
                if self._reference_index is not None:
                    self._interpreter.set_tensor(self._reference_index, reference[None])
                self._interpreter.invoke()
                for name, result in zip(outputs, results, strict=True):
                    result[row] = self._interpreter.get_tensor(self._output_index[name])[0]
        return results
