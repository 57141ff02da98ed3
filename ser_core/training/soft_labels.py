"""Soft labels: the votes of CREMA-D's listeners as training targets, instead of the intended emotion.

Listeners who only heard a clip named the intended emotion in 40 % of the cases, so many voices do not show it clearly.
The shares of the votes show how clear each voice is (Fayek et al. 2016, "Modeling subjectiveness in emotion recognition
with deep neural networks").
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.corpora import clip_names
from ser_core.dataset import tables
from ser_core.emotions import LABELS


def vote_shares(table: pd.DataFrame, default: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Return the share of the listeners' votes that each label got, by clip.

    Parameters
    ----------
    table : pd.DataFrame
        Rows of the corpus table.
    default : np.ndarray [shape=(n, 8)]
        Targets for the clips without votes.

    Returns
    -------
    np.ndarray [shape=(n, 8), dtype=float32]
        Each row sums to 1.
    """
    names = clip_names(table["path"])
    has_listeners = (table["corpus"] == "CREMA-D").to_numpy()
    votes = tables.read_votes().reindex(names[has_listeners]).reindex(columns=list(LABELS), fill_value=0.0).to_numpy()
    n_votes = votes.sum(axis=1, keepdims=True)
    targets = np.array(default, dtype=np.float32)
    targets[has_listeners] = np.divide(votes, n_votes, out=targets[has_listeners].astype(float), where=n_votes > 0)
    return targets
