"""The answer of a visitor's own network to a clip, without TensorFlow and without scikit-learn."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt

from ser_core.own_network.choices import Choices
from ser_core.own_network.learning_table import chosen_numbers
from ser_core.own_network.progress import Result


def answer_clip(result: Result, choices: Choices, summary: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Return the network's probabilities for one clip.

    Parameters
    ----------
    result : Result
        The trained network.
    choices : Choices
        What it was trained with.
    summary : np.ndarray [shape=(162,)]
        ``Features.summary`` of the clip.

    Returns
    -------
    np.ndarray [shape=(n_labels,)]
        Probabilities in the order of ``result.labels``.
    """
    numbers = summary[chosen_numbers(choices.features)].astype(np.float32)
    if "tflite" in result.files:
        return _run_litert(result.files["tflite"], numbers)
    return _run_perceptron(result.files["npz"], numbers)


def _run_litert(content: bytes, numbers: npt.NDArray[np.float32]) -> npt.NDArray[np.floating]:
    # Imported here: the page needs LiteRT only when a clip is answered.
    from ai_edge_litert.interpreter import Interpreter

    # A new interpreter for each answer takes milliseconds, and needs no lock between threads.
    interpreter = Interpreter(model_content=content, num_threads=1)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], numbers[None])
    interpreter.invoke()
    probabilities: npt.NDArray[np.floating] = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])[0]
    return probabilities


def _run_perceptron(content: bytes, numbers: npt.NDArray[np.float32]) -> npt.NDArray[np.floating]:
    with np.load(io.BytesIO(content)) as arrays:
        values = (numbers - arrays["mean"]) / arrays["scale"]
        hidden = np.maximum(values @ arrays["weights_0"] + arrays["biases_0"], 0.0)
        logits = hidden @ arrays["weights_1"] + arrays["biases_1"]
    powers = np.exp(logits - logits.max())
    probabilities: npt.NDArray[np.floating] = powers / powers.sum()
    return probabilities
