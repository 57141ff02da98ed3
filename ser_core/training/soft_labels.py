"""What listeners heard, as targets to learn from instead of what actors were asked for.

Of CREMA-D's listeners who only heard a clip, 40 % named the intended emotion: much of what the label says is not
in the voice. Their votes say how much is (Fayek et al. 2016, "Modeling subjectiveness in emotion recognition").
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ser_core.corpora import clip_names
from ser_core.dataset import tables
from ser_core.emotions import LABELS


def heard_by_listeners(table: pd.DataFrame, otherwise: np.ndarray) -> np.ndarray:
    """Return each clip's share of votes by label.

    Parameters
    ----------
    table : pd.DataFrame
        Rows of the corpus table.
    otherwise : np.ndarray [shape=(n, 8)]
        Targets of the clips that nobody voted on.

    Returns
    -------
    np.ndarray [shape=(n, 8)]
        float32, rows sum to 1.
    """
    clips = clip_names(table["path"])
    is_voted_on = (table["corpus"] == "CREMA-D").to_numpy()
    votes = tables.read_votes().reindex(clips[is_voted_on]).reindex(columns=list(LABELS), fill_value=0.0).to_numpy()
    counts = votes.sum(axis=1, keepdims=True)
    targets = np.array(otherwise, dtype=np.float32)
    shares = np.divide(votes, counts, out=targets[is_voted_on].astype(float), where=counts > 0)
    targets[is_voted_on] = shares
    return targets
