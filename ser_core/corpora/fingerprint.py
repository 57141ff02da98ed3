"""Fingerprint of a set of recordings: identifies the training data of a model."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

import pandas as pd

from ser_core.errors import CorpusError


def fingerprint(table: pd.DataFrame, data_dir: str | Path) -> str:
    """Return the SHA-256 over the corpus, base name, emotion and size in bytes of every recording in a table.

    The place of the data folder, its sub-folders and the order of the rows do not change the fingerprint.

    Parameters
    ----------
    table : pandas.DataFrame
        ``Inventory.table``, or a part of its rows.
    data_dir : str or Path
        The folder that the table's paths are relative to.

    Returns
    -------
    str
        64 hexadecimal digits.

    Raises
    ------
    CorpusError
        If a recording of the table is no longer in the folder.
    """
    root = Path(data_dir)
    try:
        rows = sorted(
            (corpus, PurePosixPath(path).stem, emotion, str((root / path).stat().st_size))
            for corpus, path, emotion in zip(table["corpus"], table["path"], table["emotion"], strict=True)
        )
    except OSError as error:
        raise CorpusError(
            "A recording of the table cannot be found in the data folder",
            expected="a file under the data folder for every path of the table",
            advice="Scan the data folder again, and give the folder that the table was made from",
        ) from error
    # No field can hold a zero byte, so a zero byte separates them.
    return hashlib.sha256("".join(f"{field}\0" for row in rows for field in row).encode()).hexdigest()
