"""The parameters of a network's calibration. Imports no NumPy: the first page reads a model's config without it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Calibration:
    """Parameters that turn logits into probabilities, and probabilities into an answer.

    Parameters
    ----------
    temperature : float
        Logits are divided by it before the softmax.
    confidence_threshold : float
        A prediction is sure if its highest probability is at least this high.
    set_threshold : float
        Otherwise the answer is the set of all emotions whose probability is at least this high (``likely_set``).
    """

    temperature: float
    confidence_threshold: float
    set_threshold: float
