"""The features of many recordings as a table: one row for each, with the 162 averages and the acoustic cues."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.batch.judging import Row, Step, names_of
from ser_core.batch.recordings import Entry, Recording
from ser_core.errors import SerError
from ser_core.features.cues import Cues, measure_cues
from ser_core.features.extraction import extract_features
from ser_core.features.files import summary_names

if TYPE_CHECKING:
    import pandas as pd

# What is known of a recording before it is read (``judging.names_of``).
_LABELS = ("path", "channel", "speaker", "true_emotion")


def measure(entries: Sequence[Entry], n_done: int = 0) -> Iterator[Step]:
    """Measure the recordings of a batch, in order. No network is used, and no emotion is inferred.

    Parameters
    ----------
    entries : sequence of Recording or Skipped
        The batch.
    n_done : int
        Number of entries at the beginning that already have a row.

    Yields
    ------
    Step
        With a row for each further entry: ``path``; what is known of its labels; ``duration_s``, the names of
        ``features.files.summary_names`` and the fields of ``Cues``; or ``error`` or ``skipped`` with the reason.
    """
    for number, entry in enumerate(entries[n_done:], start=n_done):
        yield Step(len(entries) - number - 1, _row(entry))


def _row(entry: Entry) -> Row:
    if not isinstance(entry, Recording):
        return {"path": entry.path, "skipped": entry.reason}
    try:
        audio = entry.load()
    except SerError as error:
        return {**names_of(entry), "error": str(error)}
    features = extract_features(audio)
    summary = dict(zip(summary_names(features), map(float, features.summary()), strict=True))
    return {**names_of(entry), "duration_s": audio.duration_s, **asdict(measure_cues(features)), **summary}


def features_table(rows: Sequence[Row]) -> pd.DataFrame:
    """Return the rows of ``measure`` as a table; ``problem`` says why a recording has no features."""
    import pandas as pd

    table = pd.DataFrame([{**row, "problem": row.get("error") or row.get("skipped")} for row in rows])
    if not rows:
        # A command that was stopped before its first row still writes a whole file.
        table = pd.DataFrame(columns=["path", "problem"])
    table = table.drop(columns=["error", "skipped"], errors="ignore")
    # Not in the order of the first row, which may have no channel.
    first = [name for name in _LABELS if name in table]
    return table[[*first, *(name for name in table.columns if name not in (*first, "problem")), "problem"]]


def features_shard_table(rows: Sequence[Row]) -> pd.DataFrame:
    """Return the rows of ``measure`` as a table whose columns and types are the same for all rows.

    Parameters
    ----------
    rows : sequence of dict
        Rows of ``measure``. ``features_table`` has only the columns that occur in them.
    """
    texts = ("path", "speaker", "true_emotion", "problem")
    names = [*_LABELS, *_number_names(), "problem"]
    table = features_table(rows).reindex(columns=names)
    types = {name: "str" if name in texts else "float64" for name in names}
    return table.astype({**types, "channel": "Int64"})


@cache
def _number_names() -> tuple[str, ...]:
    silence = extract_features(from_samples(np.zeros(SAMPLE_RATE_HZ, dtype=np.float32), SAMPLE_RATE_HZ))
    return ("duration_s", *(field.name for field in fields(Cues)), *summary_names(silence))


def features_table_to_npz(table: pd.DataFrame) -> bytes:
    """Return a table of features as an archive for ``numpy.load``.

    Parameters
    ----------
    table : pandas.DataFrame
        What ``features_table`` returns.

    Returns
    -------
    bytes
        ``.npz`` archive with ``paths`` [shape=(n,)], ``names`` [shape=(m,)] and ``values`` [shape=(n, m)], float32;
        NaN where a recording has no features.
    """
    values = table.select_dtypes("number")
    file = io.BytesIO()
    np.savez_compressed(
        file,
        paths=table["path"].to_numpy(dtype="U"),
        names=np.array(values.columns, dtype="U"),
        values=values.to_numpy(dtype=np.float32),
    )
    return file.getvalue()
