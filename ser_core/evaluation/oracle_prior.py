"""How much of what a network gets wrong is a voice taken for an emotion.

Some people sound sad to it whatever they say, others angry. Where it is known how often somebody acted each emotion,
that can be taken out of the answers afterwards; what they gain by it is what knowing the voice would be worth.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ser_core.emotions import LABELS
from ser_core.labels import label_indices, uar
from ser_core.metrics import restricted_probabilities

# The answers move by less than a thousandth after twenty.
_N_ROUNDS = 50


def oracle_prior_uar(table: pd.DataFrame) -> float:
    """Return how well a corpus would be recognised if the network knew how each person sounds.

    Parameters
    ----------
    table : pd.DataFrame
        A table of answers, as in ``measures``, of one corpus.

    Returns
    -------
    float
        The unweighted average recall of the answers evened out by speaker.
    """
    truth, answers = label_indices(table["emotion"]), restricted_probabilities(table)
    for rows in table.groupby("speaker").indices.values():
        acted = np.bincount(truth[rows], minlength=len(LABELS)) / len(rows)
        answers[rows] = even_out(answers[rows], acted)
    return round(uar(truth, answers.argmax(axis=1)), 4)


def even_out(answers: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Tilt answers until each label is given as often as it is known to occur.

    Raking: Deming and Stephan (1940), "On a least squares adjustment of a sampled frequency table when the expected
    marginal totals are known". Which clip gets which label stays the network's business.

    Parameters
    ----------
    answers : np.ndarray [shape=(n, labels)]
        Probabilities, rows sum to 1.
    shares : np.ndarray [shape=(labels,)]
        How often each label occurs; sums to 1.

    Returns
    -------
    np.ndarray [shape=(n, labels)]
        Rows sum to 1, columns have nearly the mean that is wanted.
    """
    occurs = shares > 0.0
    # Not quite zero, so that every label can be given.
    tilted = answers[:, occurs] + 1e-6
    for _ in range(_N_ROUNDS):
        tilted *= shares[occurs] / tilted.mean(axis=0)
        tilted /= tilted.sum(axis=1, keepdims=True)
    evened_out = np.zeros_like(answers)
    evened_out[:, occurs] = tilted
    return evened_out
