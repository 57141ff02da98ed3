"""Measures how often valence and arousal of strangers are right, and how well they agree with listeners' votes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
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
        ``corpora``: by corpus, without the neutral clips, the share whose ``emotion`` is right, and the share whose
        side of ``valence`` and of ``arousal`` is right, averaged over both sides (guessing gives 0.5). ``listeners``:
        Spearman's correlation of the predicted ``valence`` and ``arousal`` with those of the votes; absent without
        clips that have votes.
    """
    agreement: dict[str, Any] = {
        "corpora": {str(corpus): _sides_right(rows) for corpus, rows in without_corpus.groupby("corpus")}
    }
    has_votes = (without_corpus["corpus"] == _LISTENED_CORPUS) & without_corpus["clip"].isin(votes.index)
    rated_clips = without_corpus[has_votes]
    if len(rated_clips) > 2:
        shares = (
            votes.reindex(rated_clips["clip"]).reindex(columns=list(LABELS), fill_value=0.0).to_numpy(dtype=np.float64)
        )
        of_listeners = shares / shares.sum(axis=1, keepdims=True) @ COORDINATES
        predicted = rated_clips[list(LABELS)].to_numpy() @ COORDINATES
        agreement["listeners"] = {
            axis: round(float(spearmanr(predicted[:, column], of_listeners[:, column]).statistic), 4)
            for column, axis in enumerate(("valence", "arousal"))
        }
    return agreement


def _sides_right(rows: pd.DataFrame) -> dict[str, float]:
    rows = rows[rows["emotion"] != "neutral"]
    truth = label_indices(rows["emotion"])
    is_right = restricted_probabilities(rows).argmax(axis=1) == truth
    predicted_side = np.sign(rows[list(LABELS)].to_numpy() @ COORDINATES)
    true_side = np.sign(COORDINATES[truth])
    valence, arousal = (_balanced_accuracy(true_side[:, axis], predicted_side[:, axis]) for axis in range(2))
    return {"emotion": round(float(is_right.mean()), 4), "valence": valence, "arousal": arousal}


def _balanced_accuracy(truth: npt.NDArray[np.floating], guess: npt.NDArray[np.floating]) -> float:
    # Most emotions are unpleasant and excited: always guessing "unpleasant" would be right for four clips in five.
    recalls = [float((guess[truth == side] == side).mean()) for side in np.unique(truth)]
    return round(sum(recalls) / len(recalls), 4)
