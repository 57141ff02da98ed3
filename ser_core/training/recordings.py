"""Which recordings of a data folder each network is trained on."""

from __future__ import annotations

import pandas as pd

from ser_core.corpora import KAGGLE_CORPORA
from ser_core.errors import TrainingError
from ser_core.training.settings import SEED_CNN

# EmoDB is the test on an unseen corpus: it is never used for training or tuning.
EVALUATION_ONLY = ("EmoDB",)

# The original project's network is trained on the original project's corpora; the other networks on all corpora.
_CORPORA_OF_NETWORK = {SEED_CNN: KAGGLE_CORPORA}


def training_recordings(table: pd.DataFrame, network: str) -> pd.DataFrame:
    """Return the recordings that a network may be trained on.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table of a data folder.
    network : str
        Name of the network.

    Returns
    -------
    pd.DataFrame
        Some rows of the table, numbered from 0.

    Raises
    ------
    TrainingError
        If there are none.
    """
    is_usable = ~table["corpus"].isin(EVALUATION_ONLY)
    if network in _CORPORA_OF_NETWORK:
        is_usable &= table["corpus"].isin(_CORPORA_OF_NETWORK[network])
    if not is_usable.any():
        corpora = ", ".join(sorted(table["corpus"].unique()))
        expected = ", ".join(_CORPORA_OF_NETWORK.get(network, ("any corpus except EmoDB",)))
        raise TrainingError(
            f"The data folder holds no recordings that {network} is trained on, only: {corpora}",
            expected=f"recordings of {expected}",
            advice="Add one of these corpora to the data folder, or choose another network",
        )
    return table[is_usable].reset_index(drop=True)
