"""Labels as numbers: label indices, the labels of each corpus, and unweighted average recall (UAR).

Not every corpus has all eight labels. A clip's prediction is then chosen among the labels of its own corpus, as studies
on that corpus do. Import this module from anywhere: it needs neither scikit-learn nor TensorFlow.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.corpora import LABELS_OF
from ser_core.emotions import LABELS

# Keeps the sum of a row without any probability above zero.
_SMALLEST_SUM = 1e-9


def label_indices(labels: pd.Series) -> npt.NDArray[np.int64]:
    """Return the position of each label in ``LABELS``.

    Parameters
    ----------
    labels : pd.Series
        Names in ``LABELS``.

    Returns
    -------
    np.ndarray [shape=(n,), dtype=int]
        Positions.
    """
    return pd.Categorical(labels, categories=LABELS).codes.astype(np.int64)


def allowed_labels(corpora: pd.Series) -> npt.NDArray[np.bool_]:
    """Return which labels the corpus of each clip has.

    Parameters
    ----------
    corpora : pd.Series
        The corpus of each clip.

    Returns
    -------
    np.ndarray [shape=(n, 8), dtype=bool]
        True where the clip's corpus has the label; columns in the order of ``LABELS``.
    """
    mask_of_corpus = {corpus: [label in LABELS_OF[corpus] for label in LABELS] for corpus in corpora.unique()}
    return np.array([mask_of_corpus[corpus] for corpus in corpora], dtype=bool).reshape(-1, len(LABELS))


def restrict_to_corpus_labels(probabilities: npt.NDArray[np.floating], corpora: pd.Series) -> npt.NDArray[np.floating]:
    """Return the probabilities among the labels of each clip's corpus.

    Parameters
    ----------
    probabilities : np.ndarray [shape=(n, 8)]
        Probabilities in the order of ``LABELS``.
    corpora : pd.Series
        The corpus of each clip.

    Returns
    -------
    np.ndarray [shape=(n, 8)]
        0 for each label that the corpus lacks; each row sums to 1.
    """
    restricted: npt.NDArray[np.floating] = np.where(allowed_labels(corpora), probabilities, 0.0)
    restricted /= np.maximum(restricted.sum(axis=1, keepdims=True), _SMALLEST_SUM)
    return restricted


def likeliest_labels(scores: npt.NDArray[np.floating], corpora: pd.Series) -> npt.NDArray[np.int64]:
    """Return the label with the highest score among the labels of each clip's corpus.

    Parameters
    ----------
    scores : np.ndarray [shape=(n, 8)]
        Logits or probabilities in the order of ``LABELS``.
    corpora : pd.Series
        The corpus of each clip.

    Returns
    -------
    np.ndarray [shape=(n,), dtype=int]
        Positions in ``LABELS``.
    """
    allowed_scores: npt.NDArray[np.floating] = np.where(allowed_labels(corpora), scores, -np.inf)
    indices: npt.NDArray[np.int64] = allowed_scores.argmax(axis=1)
    return indices


def uar(truth: npt.NDArray[np.integer], guess: npt.NDArray[np.integer]) -> float:
    """Return the unweighted average recall over the labels that occur in ``truth``.

    The recall of a label is the share of its clips that were recognised. All labels count alike, so a corpus with many
    neutral clips does not raise the figure (Schuller et al. 2009, "The INTERSPEECH 2009 emotion challenge").

    Parameters
    ----------
    truth, guess : np.ndarray [shape=(n,), dtype=int]
        Positions in ``LABELS``; at least one clip.

    Returns
    -------
    float
        0 to 1.
    """
    return float(np.mean([np.mean(guess[truth == label] == label) for label in np.unique(truth)]))
