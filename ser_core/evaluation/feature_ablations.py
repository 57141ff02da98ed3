"""Ablations of the original project's five features: each feature alone, and all features but one.

Logistic regression is used instead of the network. It trains in seconds and always reaches its optimum, so the results
for two sets of features differ only because of the features.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ser_core.features.extraction import SUMMARY_LAYOUT
from ser_core.labels import label_indices, uar
from ser_core.training.splits import folds

# Names of the features in ``SUMMARY_LAYOUT``, as people read them.
_FEATURE_NAMES = {
    "zero_crossing_rate": "zero-crossing rate",
    "chroma": "chroma",
    "mfcc": "MFCC",
    "rms": "RMS",
    "mel_power": "mel spectrogram",
}

# RAVDESS alone: loudness and zero crossings of reconstructed clips are not the original ones, and TESS has only two
# speakers.
_CORPUS = "RAVDESS"
_COLUMNS = ["feature", "n", "alone_uar", "without_uar"]


def ablate_features(table: pd.DataFrame, summaries: npt.NDArray[np.floating]) -> pd.DataFrame:
    """Measure each feature alone, and all features but one, on RAVDESS speakers that were not trained on.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    summaries : np.ndarray [shape=(n, 162)]
        ``Features.summary`` of each row of the table.

    Returns
    -------
    pd.DataFrame
        One row per feature: ``feature``, ``n`` (number of averages), ``alone_uar``, ``without_uar``. The first row is
        for all features together, with the same figure twice. No rows if RAVDESS has no two folds of speakers, or all
        clips outside a fold have the same label.
    """
    rows = np.flatnonzero(table["corpus"] == _CORPUS)
    ravdess = table.iloc[rows]
    row_folds, truth = folds(ravdess), label_indices(ravdess["emotion"])
    is_measurable = len(np.unique(row_folds)) > 1 and all(
        len(np.unique(truth[row_folds != fold])) > 1 for fold in np.unique(row_folds)
    )
    if not is_measurable:
        return pd.DataFrame(columns=_COLUMNS)
    inputs = summaries[rows]
    all_uar = _uar_out_of_fold(inputs, truth, row_folds)
    lines = [("all", inputs.shape[1], all_uar, all_uar)]
    for feature, columns in SUMMARY_LAYOUT.items():
        alone_uar = _uar_out_of_fold(inputs[:, columns], truth, row_folds)
        without_uar = _uar_out_of_fold(np.delete(inputs, np.r_[columns], axis=1), truth, row_folds)
        lines.append((_FEATURE_NAMES[feature], columns.stop - columns.start, alone_uar, without_uar))
    return pd.DataFrame(lines, columns=_COLUMNS).round(4)


def _uar_out_of_fold(
    inputs: npt.NDArray[np.floating], truth: npt.NDArray[np.int64], row_folds: npt.NDArray[np.int64]
) -> float:
    guess = np.empty_like(truth)
    for fold in np.unique(row_folds):
        is_tested = row_folds == fold
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2000))
        guess[is_tested] = model.fit(inputs[~is_tested], truth[~is_tested]).predict(inputs[is_tested])
    return uar(truth, guess)
