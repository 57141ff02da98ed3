"""Identity of the data of a training: which recordings, and in which order.

Cached features and embeddings, and the checkpoints of a run folder, are used again only where the identity is the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ser_core.corpora.fingerprint import fingerprint


@dataclass(frozen=True)
class DataIdentity:
    """Identity of the recordings of a corpus table.

    Parameters
    ----------
    fingerprint : str
        ``ser_core.corpora.fingerprint`` of the recordings. It does not depend on folders or on the order of the rows.
    rows_sha256 : str
        ``hash_rows`` of the table. The order of the rows decides which row of a cached array belongs to which clip.
    """

    fingerprint: str
    rows_sha256: str

    @classmethod
    def of_table(cls, table: pd.DataFrame, data_dir: Path) -> DataIdentity:
        """Return the identity of a table's recordings.

        Parameters
        ----------
        table : pd.DataFrame
            The corpus table.
        data_dir : Path
            The folder that the table's paths are relative to.

        Returns
        -------
        DataIdentity
        """
        return cls(fingerprint(table, data_dir), hash_rows(table))

    def cache_key(self, *parts: str) -> str:
        """Return a short name for what is computed from these recordings.

        Parameters
        ----------
        *parts : str
            Everything else that the computed values depend on.

        Returns
        -------
        str
            16 hexadecimal digits.
        """
        text = "\0".join((self.fingerprint, self.rows_sha256, *parts))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def hash_rows(rows: pd.DataFrame) -> str:
    """Return a SHA-256 over the paths of some rows, in their order.

    Parameters
    ----------
    rows : pd.DataFrame
        Rows of a corpus table.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    return hashlib.sha256("\0".join(rows["path"]).encode()).hexdigest()
