"""From predictions to the figures that are shown.

The headline is unweighted average recall (UAR): each emotion's share of clips recognised, averaged over the
emotions, so that a corpus with much neutral speech flatters nobody. A corpus that lacks some of the eight
labels also gets its restricted figures, where the answer is chosen among its own labels only, as studies on that
corpus do.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import accuracy_score, confusion_matrix, recall_score

from ser_core.corpora import LABELS_OF
from ser_core.emotions import LABELS


def indices_of(labels: pd.Series) -> np.ndarray:
    """Return each label's position in ``LABELS`` [shape=(n,)]."""
    return pd.Categorical(labels, categories=LABELS).codes.astype(int)


def allowed_labels(corpora: pd.Series) -> np.ndarray:
    """Return which labels each row's corpus has [shape=(n, 8), dtype=bool]."""
    allowed = {corpus: [label in LABELS_OF[corpus] for label in LABELS] for corpus in corpora.unique()}
    return np.array([allowed[corpus] for corpus in corpora], dtype=bool).reshape(-1, len(LABELS))


def uar(truth: np.ndarray, guess: np.ndarray) -> float:
    """Return the unweighted average recall over the labels that occur in ``truth``."""
    return float(recall_score(truth, guess, labels=np.unique(truth), average="macro", zero_division=0))


def figures(table: pd.DataFrame, probabilities: np.ndarray) -> dict[str, Any]:
    """Return the figures of every corpus in a table, and of all its clips together.

    Parameters
    ----------
    table : pd.DataFrame
        One row a clip, with ``corpus`` and ``emotion``.
    probabilities : np.ndarray [shape=(n, 8)]
        In the order of ``LABELS``.

    Returns
    -------
    dict
        ``{"labels": [...], "corpora": {corpus: {...}}, "overall": {...}}``. Each entry has ``n``, ``accuracy``,
        ``uar``, ``confusion`` (8 x 8 counts, truth down, answer across), and ``restricted`` (``labels``, ``accuracy``,
        ``uar``; overall: each clip among its own corpus' labels), None where nothing is lacking.
    """
    truth = indices_of(table["emotion"])
    allowed = allowed_labels(table["corpus"])
    corpora = table["corpus"].to_numpy()
    return {
        "labels": list(LABELS),
        "corpora": {
            corpus: _figures_of(truth[chosen], probabilities[chosen], allowed[chosen])
            for corpus in sorted(set(corpora))
            if (chosen := corpora == corpus).any()
        },
        "overall": _figures_of(truth, probabilities, allowed),
    }


def _figures_of(truth: np.ndarray, probabilities: np.ndarray, allowed: np.ndarray) -> dict[str, Any]:
    guess = probabilities.argmax(axis=1)
    restricted = None
    if not allowed.all():
        guess_among_own = np.where(allowed, probabilities, -1.0).argmax(axis=1)
        restricted = {
            "labels": [label for label, has in zip(LABELS, allowed.any(axis=0), strict=True) if has],
            "accuracy": float(accuracy_score(truth, guess_among_own)),
            "uar": uar(truth, guess_among_own),
        }
    return {
        "n": len(truth),
        "accuracy": float(accuracy_score(truth, guess)),
        "uar": uar(truth, guess),
        "confusion": confusion_matrix(truth, guess, labels=range(len(LABELS))).tolist(),
        "restricted": restricted,
    }
