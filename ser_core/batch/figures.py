"""Figures of a whole batch: clips by verdict and by emotion, and how often the true emotion is recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ser_core.batch.judging import Row
from ser_core.batch.tables import flat_row
from ser_core.emotions import LABELS

# The verdicts of a row in words, in the order in which they are shown.
VERDICTS = {
    "sure": "sure",
    "leaning": "leaning",
    "open": "open",
    "not_judged": "not judged",
    "error": "cannot be read",
    "skipped": "left out",
}
_MEANINGS = {"sure": "one emotion", "leaning": "two or three emotions", "open": "more emotions are possible"}


def explained_verdicts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts by verdict with the verdicts in words, and what these mean, for charts."""
    return {
        f"{VERDICTS[kind]}: {_MEANINGS[kind]}" if kind in _MEANINGS else VERDICTS[kind]: count
        for kind, count in counts.items()
    }


def verdict_counts(rows: Sequence[Row]) -> dict[str, int]:
    """Return how many rows have each verdict, in the order of ``VERDICTS``."""
    counts = Counter(flat_row(row)["verdict"] for row in rows)
    return {kind: counts[kind] for kind in VERDICTS}


def emotion_counts(rows: Sequence[Row]) -> dict[str, int]:
    """Return for how many judged clips each emotion is the likeliest, in the order of ``LABELS``."""
    counts = Counter(row.get("emotion") for row in rows)
    return {label: counts[label] for label in LABELS}


def recognition_figures(rows: Sequence[Row]) -> dict[str, Any] | None:
    """Return how often the likeliest emotion is the true one.

    The figures are those of ``metrics.recognition`` among all eight emotions. That module is not used here, because it
    imports scikit-learn, which takes a second and is not installed with the library.

    Parameters
    ----------
    rows : sequence of dict
        Rows of ``judging.judge``. Only judged clips whose true emotion is known count.

    Returns
    -------
    dict or None
        ``n`` (clips), ``accuracy``, ``uar``, ``labels`` and ``confusion`` (counts of clips; rows: true label, columns:
        likeliest label, both in the order of ``labels``). None if no clip counts.
    """
    counted = [row for row in rows if row.get("true_emotion") and row.get("emotion")]
    if not counted:
        return None
    # Imported here, because it imports pandas.
    from ser_core.labels import uar

    truth, guess = (np.array([LABELS.index(row[key]) for row in counted]) for key in ("true_emotion", "emotion"))
    confusion = np.zeros((len(LABELS), len(LABELS)), dtype=np.int64)
    np.add.at(confusion, (truth, guess), 1)
    return {
        "n": len(counted),
        "accuracy": round(float(np.mean(truth == guess)), 4),
        "uar": round(uar(truth, guess), 4),
        "labels": list(LABELS),
        "confusion": confusion.tolist(),
    }
