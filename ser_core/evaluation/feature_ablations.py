"""Which of the original's five features earn their place among its 162 averages.

Logistic regression stands for the network here: it trains in seconds, always finds its optimum, and so differs
between sets of features by nothing but the features.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ser_core.features.extraction import SUMMARY_LAYOUT
from ser_core.labels import label_indices, uar
from ser_core.training.splits import folds

# Columns of each feature in ``Features.summary``, by the name in the report.
FEATURES = dict(
    zip(("zero-crossing rate", "chroma", "MFCC", "RMS", "mel spectrogram"), SUMMARY_LAYOUT.values(), strict=True)
)

# Loudness and zero crossings of reconstructed clips are not the originals', and TESS has two voices only.
_CORPUS = "RAVDESS"


def ablate_features(table: pd.DataFrame, summaries: np.ndarray) -> pd.DataFrame:
    """Measure each feature alone, and all features but each, on RAVDESS speakers that were not learnt from.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    summaries : np.ndarray [shape=(n, 162)]
        Of the same rows.

    Returns
    -------
    pd.DataFrame
        One row a feature: ``feature``, ``n`` (numbers), ``alone_uar``, ``without_uar``; first a row for all
        features together, whose two figures are the same. No rows without RAVDESS speakers in two folds.
    """
    rows = np.flatnonzero(table["corpus"] == _CORPUS)
    fold_of = folds(table.iloc[rows]) if len(rows) else np.empty(0)
    if len(np.unique(fold_of)) < 2:
        return pd.DataFrame(columns=["feature", "n", "alone_uar", "without_uar"])
    truth = label_indices(table["emotion"].iloc[rows])
    chosen = summaries[rows]
    together = _uar_out_of_fold(chosen, truth, fold_of)
    lines = [{"feature": "all", "n": chosen.shape[1], "alone_uar": together, "without_uar": together}]
    for name, columns in FEATURES.items():
        alone = _uar_out_of_fold(chosen[:, columns], truth, fold_of)
        without = _uar_out_of_fold(np.delete(chosen, np.r_[columns], axis=1), truth, fold_of)
        n = columns.stop - columns.start
        lines.append({"feature": name, "n": n, "alone_uar": alone, "without_uar": without})
    return pd.DataFrame(lines).round(4)


def _uar_out_of_fold(inputs: np.ndarray, truth: np.ndarray, fold_of: np.ndarray) -> float:
    guess = np.empty_like(truth)
    for fold in np.unique(fold_of):
        tested = fold_of == fold
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2000))
        guess[tested] = model.fit(inputs[~tested], truth[~tested]).predict(inputs[tested])
    return uar(truth, guess)
