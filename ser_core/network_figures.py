"""Access to the figures of a network in ``models/metrics.json``, which the figures command writes.

``evaluation.figures`` describes how the file is made. The app reads it, and must not import ``evaluation``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def new_speaker_figures(network_figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of every corpus, measured on speakers that the network was not trained on.

    Parameters
    ----------
    network_figures : mapping
        The entry of one network in ``metrics.json``; may be empty.

    Returns
    -------
    dict
        Figures by corpus: first the corpora of the training, measured out of fold, then those never trained on.
    """
    out_of_fold: dict[str, Any] = network_figures.get("speaker_independent", {}).get("corpora", {})
    never_trained_on: dict[str, Any] = network_figures.get("unseen_corpus", {})
    return out_of_fold | never_trained_on
