"""Predictions tables: the CSV files that the experiment writes, one row per clip.

Every table has these columns:

``corpus``, ``speaker``, ``sex``, ``emotion``, ``sentence``, ``intensity``, ``reconstructed``
    As in ``ser_core.corpora.Utterance``.
``clip``
    Base name of the recording, without folders and extension.
``angry`` to ``surprise``
    Calibrated probabilities of the eight labels; they sum to 1.
``unsure``
    True if the prediction is not sure; then the app does not name a single emotion.
``set_size``
    Number of likely emotions; 1 for a sure prediction.

One file per network and kind of table, named ``<network>_<kind>.csv``:

``out_of_fold``
    Predictions for each clip by the network of the fold that was not trained on the clip's speaker. Additional column:
    ``fold`` (``fold-0`` to ``fold-4``).
``random_split``
    Predictions for the test part of a random split; its speakers are in the training part too.
``without_corpus``
    Predictions for each corpus by a network that was not trained on that corpus.
``voice_profile``
    The same, each clip compared with other clips of its speaker. Additional column: ``profile`` (how many, and whether
    all are of one mood).
``corrupted``
    Out-of-fold predictions for corrupted recordings. Additional column: ``corruption``.
``unseen_corpus``
    Predictions of the shipped network for a corpus that no network is trained on. Additional column:
    ``listeners_right`` (share of the corpus's own listeners who recognised the intended emotion).
``unseen_corpus_profile``
    The same, each clip compared with other clips of its speaker. Additional column: ``profile``.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ser_core.corpora import clip_names
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.labels import restrict_to_corpus_labels
from ser_core.paths import MODELS_DIR

EXPERIMENTS_DIR = MODELS_DIR / "experiments"

_UTTERANCE_COLUMNS = ["corpus", "speaker", "sex", "emotion", "sentence", "intensity", "reconstructed"]

_REQUIRED_COLUMNS = ("corpus", "emotion", "clip", *LABELS)


def predictions_path(network: str, kind: str, experiments_dir: Path = EXPERIMENTS_DIR) -> Path:
    """Return the path of a predictions table.

    Parameters
    ----------
    network : str
        Name of the network: ``"ser_cnn"``.
    kind : str
        Kind of table: ``"out_of_fold"``.
    experiments_dir : Path
        The folder with the tables.

    Returns
    -------
    Path
        The file may be missing.
    """
    return experiments_dir / f"{network}_{kind}.csv"


def read_predictions(path: Path) -> pd.DataFrame:
    """Read a predictions table.

    Parameters
    ----------
    path : Path
        A file that the experiment wrote.

    Returns
    -------
    pd.DataFrame
        The columns are described in the module's docstring.

    Raises
    ------
    ModelError
        If the file is missing, cannot be read, or lacks a column.
    """
    try:
        table = pd.read_csv(path, dtype={"clip": "str"})
        missing = [column for column in _REQUIRED_COLUMNS if column not in table]
        if missing:
            raise ValueError(f"no column {missing[0]}")
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The network's predictions, {path.name}, are missing or damaged ({error})",
            expected="a table with one row per clip in models/experiments",
            advice="Restore that folder, or write it again with python -m ser_core experiment",
        ) from error
    return table


def clip_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of a predictions table that describe the clips, without any predictions.

    Parameters
    ----------
    table : pd.DataFrame
        Rows of the corpus table.

    Returns
    -------
    pd.DataFrame
        One row per clip, numbered from 0: ``corpus`` to ``reconstructed``, and ``clip``.
    """
    rows = table[_UTTERANCE_COLUMNS].reset_index(drop=True)
    return rows.assign(clip=clip_names(table["path"]).to_numpy())


def with_answers(table: pd.DataFrame) -> pd.DataFrame:
    """Return a predictions table with the predicted label of each clip.

    Parameters
    ----------
    table : pd.DataFrame
        A predictions table.

    Returns
    -------
    pd.DataFrame
        A copy with two more columns: ``answer`` (categorical), the likeliest label among those that the clip's corpus
        has, as in every figure; and ``probability``, its probability among these labels.
    """
    probabilities = restrict_to_corpus_labels(table[list(LABELS)].to_numpy(), table["corpus"])
    answer = pd.Categorical.from_codes(probabilities.argmax(axis=1), pd.Index(LABELS))
    return table.assign(answer=answer, probability=probabilities.max(axis=1))
