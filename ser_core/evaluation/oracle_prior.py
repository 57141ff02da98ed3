"""Oracle class prior per speaker: how many errors are confusions between speaker identity and emotion.

The network predicts sad too often for some speakers, and angry too often for others. If it is known how often each
speaker acted each emotion, this bias can be removed from the predictions afterwards. The gain in UAR shows how much it
would help to know the speaker.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.emotions import LABELS
from ser_core.labels import label_indices, uar
from ser_core.metrics import restricted_probabilities

# After twenty iterations, the probabilities change by less than a thousandth.
_N_ITERATIONS = 50

# Added to every probability, so that every label of the prior can be predicted.
_SMALLEST_PROBABILITY = 1e-6


def oracle_prior_uar(table: pd.DataFrame) -> float:
    """Return the UAR of a corpus if the class prior of each speaker were known.

    Parameters
    ----------
    table : pd.DataFrame
        A predictions table of one corpus.

    Returns
    -------
    float
        UAR after the probabilities of each speaker are raked to the speaker's class prior.
    """
    truth, probabilities = label_indices(table["emotion"]), restricted_probabilities(table)
    for rows in table.groupby("speaker").indices.values():
        prior = np.bincount(truth[rows], minlength=len(LABELS)) / len(rows)
        probabilities[rows] = rake_to_prior(probabilities[rows], prior)
    return round(uar(truth, probabilities.argmax(axis=1)), 4)


def rake_to_prior(probabilities: npt.NDArray[np.floating], prior: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Scale probabilities until their mean over the clips is the prior.

    Raking (iterative proportional fitting): Deming and Stephan (1940), "On a least squares adjustment of a sampled
    frequency table when the expected marginal totals are known". The ranking of the clips by one label hardly changes.

    Parameters
    ----------
    probabilities : np.ndarray [shape=(n, labels)]
        Each row sums to 1.
    prior : np.ndarray [shape=(labels,)]
        Share of the clips with each label; sums to 1.

    Returns
    -------
    np.ndarray [shape=(n, labels)]
        Each row sums to 1; the mean of each column is close to the prior.
    """
    occurs = prior > 0.0
    raked = probabilities[:, occurs] + _SMALLEST_PROBABILITY
    for _ in range(_N_ITERATIONS):
        raked *= prior[occurs] / raked.mean(axis=0)
        raked /= raked.sum(axis=1, keepdims=True)
    all_labels = np.zeros_like(probabilities)
    all_labels[:, occurs] = raked
    return all_labels
