"""The folder of one training run: what is trained there, the checkpoint, the log, and finished tables of predictions.

A run folder is used again only for the same training: the same settings, front end, recordings and split.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from ser_core.atomic_write import write_text
from ser_core.errors import TrainingError
from ser_core.training.data_identity import hash_rows
from ser_core.training.settings import TrainingSettings
from ser_core.training.splits import Split
from ser_core.training.training_data import TrainingData

log = logging.getLogger(__name__)

LOG_NAME = "log.csv"
CHECKPOINT_NAME = "checkpoint.keras"
IDENTITY_NAME = "run.json"


def claim_run_dir(run_dir: Path, data: TrainingData, split: Split, settings: TrainingSettings) -> None:
    """Write into a run folder which training it holds; refuse a folder that holds another training.

    Parameters
    ----------
    run_dir : Path
        The run folder; made if it does not exist.
    data : TrainingData
        The recordings, fitted to the training part.
    split : Split
        Training and test part.
    settings : TrainingSettings
        Hyperparameters of the training.

    Raises
    ------
    TrainingError
        If the folder holds a training with other settings, another front end, other recordings or another split.
    """
    identity = {
        "settings": asdict(settings),
        "data_fingerprint": data.identity.fingerprint,
        "rows": {"train": len(split.train), "test": len(split.test)},
        "rows_sha256": {
            "train": hash_rows(data.table.iloc[split.train]),
            "test": hash_rows(data.table.iloc[split.test]),
        },
        **data.clips.description(),
    }
    text = json.dumps(identity, indent=1) + "\n"
    identity_file = run_dir / IDENTITY_NAME
    if identity_file.exists() and identity_file.read_text(encoding="utf-8") != text:
        raise TrainingError(
            f"The run folder {run_dir.name} holds the checkpoint of a training with other settings or data",
            expected="an empty folder, or an interrupted training with the same settings, recordings and split",
            advice="Choose another folder with --work, or delete this one",
        )
    write_text(identity_file, text)


def write_finished_table(table: pd.DataFrame, path: Path) -> None:
    """Write a table of results, with its hash and number of rows in a file next to it.

    Parameters
    ----------
    table : pd.DataFrame
        The table; its index is not written.
    path : Path
        The CSV file.
    """
    text = table.to_csv(index=False)
    write_text(path, text)
    write_text(_checksum_path(path), json.dumps({"rows": len(table), "sha256": _sha256_of(text.encode())}) + "\n")


def read_finished_table(path: Path, n_rows: int) -> pd.DataFrame | None:
    """Read a table of results, if it is complete.

    Parameters
    ----------
    path : Path
        A CSV file of ``write_finished_table``.
    n_rows : int
        Number of rows that the table must have.

    Returns
    -------
    pd.DataFrame or None
        None if the table was never finished, or its content is not what was written.
    """
    try:
        checksum = json.loads(_checksum_path(path).read_text(encoding="utf-8"))
        content = path.read_bytes()
    except (OSError, ValueError):
        return None
    if checksum != {"rows": n_rows, "sha256": _sha256_of(content)}:
        log.warning("%s in %s is damaged or incomplete; it is computed again", path.name, path.parent.name)
        return None
    return pd.read_csv(path)


def _checksum_path(path: Path) -> Path:
    return path.with_suffix(".checksum.json")


def _sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
