"""How often valence and arousal of a stranger's voice are right, and how well they agree with listeners."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from ser_core.emotions import LABELS
from ser_core.inference.affect import COORDINATES
from ser_core.labels import label_indices
from ser_core.metrics import restricted_probabilities

_LISTENED_CORPUS = "CREMA-D"


def affect_agreement(without_corpus: pd.DataFrame, votes: pd.DataFrame) -> dict[str, Any]:
    """Return how often the predicted side of each axis is that of the intended emotion, and the agreement with votes.

    Parameters
    ----------
    without_corpus : pd.DataFrame
        Predictions table of the corpora that were left out of the training.
    votes : pd.DataFrame
        Votes of CREMA-D's listeners, by clip and label.

    Returns
    -------
    dict
        ``corpora``: by corpus, the share of the clips (without the neutral ones) whose ``emotion``, whose side of
        ``valence`` and whose side of ``arousal`` is right; ``listeners``: Spearman's correlation of the predicted
        ``valence`` and ``arousal`` with those of the votes; absent without clips that have votes.
    """
    agreement: dict[str, Any] = {
        "corpora": {str(corpus): _sides_right(rows) for corpus, rows in without_corpus.groupby("corpus")}
    }
    listened = without_corpus[(without_corpus["corpus"] == _LISTENED_CORPUS) & without_corpus["clip"].isin(votes.index)]
    if len(listened) > 2:
        shares = (
            votes.reindex(listened["clip"]).reindex(columns=list(LABELS), fill_value=0.0).to_numpy(dtype=np.float64)
        )
        of_listeners = shares / shares.sum(axis=1, keepdims=True) @ COORDINATES
        predicted = listened[list(LABELS)].to_numpy() @ COORDINATES
        agreement["listeners"] = {
            axis: round(float(spearmanr(predicted[:, column], of_listeners[:, column]).statistic), 4)
            for column, axis in enumerate(("valence", "arousal"))
        }
    return agreement


def _sides_right(rows: pd.DataFrame) -> dict[str, float]:
    rows = rows[rows["emotion"] != "neutral"]
    truth = label_indices(rows["emotion"])
    is_right = restricted_probabilities(rows).argmax(axis=1) == truth
    same_side = np.sign(rows[list(LABELS)].to_numpy() @ COORDINATES) == np.sign(COORDINATES[truth])
    return {
        "emotion": round(float(is_right.mean()), 4),
        "valence": round(float(same_side[:, 0].mean()), 4),
        "arousal": round(float(same_side[:, 1].mean()), 4),
    }
