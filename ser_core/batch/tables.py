"""The rows of a batch as a table, and as the text or bytes of a file: CSV, JSON, JSON lines or Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ser_core.batch.judging import Row
from ser_core.emotions import LABELS
from ser_core.errors import StorageError

if TYPE_CHECKING:
    import pandas as pd

    from ser_core.inference.report import Provenance

# A dash alone is the path of standard input.
_FORMULA = r"^([=+@\t\r]|-(?=.))"
_FORMULA_MARKS = {"path": "./", "speaker": "'"}

_TEXTS = ("path", "speaker", "true_emotion", "verdict", "emotion", "possible", "notes", "problem")
COLUMNS = (
    *("path", "channel", "speaker", "true_emotion", "verdict", "emotion", "possible"),
    *LABELS,
    *("valence", "arousal", "compared_with_clips", "duration_s", "notes", "problem"),
)


def flat_row(row: Row) -> dict[str, Any]:
    """Return a row with one value for each of ``COLUMNS``.

    Parameters
    ----------
    row : dict
        A row of ``judging.judge``.

    Returns
    -------
    dict
        ``verdict`` is ``"sure"``, ``"leaning"``, ``"open"``, ``"not_judged"``, ``"error"`` or ``"skipped"``.
        ``possible`` has the emotions of the verdict, the likeliest first, with ``|`` between them; ``notes`` the
        ``warnings``; ``problem`` why there is no answer. None where there is no value.
    """
    verdict = row.get("verdict", {})
    kind = verdict.get("kind") or ("error" if "error" in row else "skipped")
    notes = " ".join(row.get("warnings", ()))
    problem = row.get("error") or row.get("skipped")
    probabilities = row.get("probabilities", {}) if kind != "not_judged" else {}
    flat = {
        **{name: row.get(name) for name in COLUMNS},
        **{label: probabilities.get(label) for label in LABELS},
        "verdict": kind,
        "possible": "|".join(verdict.get("set", ())) or None,
        "notes": notes or None,
        "problem": problem,
    }
    return {name: flat[name] for name in COLUMNS}


def as_table(rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a table with ``COLUMNS``.

    Parameters
    ----------
    rows : sequence of dict
        Rows of ``judging.judge``.
    """
    import pandas as pd

    table = pd.DataFrame([flat_row(row) for row in rows], columns=list(COLUMNS))
    numbers = [name for name in COLUMNS if name not in _TEXTS]
    return table.astype({**dict.fromkeys(_TEXTS, "str"), **dict.fromkeys(numbers, "float64"), "channel": "Int64"})


def to_csv(rows: Sequence[Row], *, with_header: bool = True) -> str:
    """Return rows as comma-separated values, in the form of ``csv_of``.

    Parameters
    ----------
    rows : sequence of dict
        Rows of ``judging.judge``.
    with_header : bool
        Whether the first line has the names of the columns.
    """
    # Without pandas, which takes 5 ms for a single row; a command prints each row as soon as it is there.
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if with_header:
        writer.writerow(COLUMNS)
    writer.writerows([_cell(name, value) for name, value in flat_row(row).items()] for row in rows)
    return text.getvalue()


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, str) and name in _FORMULA_MARKS:
        return re.sub(_FORMULA, rf"{_FORMULA_MARKS[name]}\1", value)
    return value


def csv_of(table: pd.DataFrame) -> str:
    """Return a table as comma-separated values with a header.

    Spreadsheet programs run a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and a file in somebody
    else's archive can have such a name. So ``./`` is put before such a path, and an apostrophe before such a speaker.
    """
    marks = {name: mark for name, mark in _FORMULA_MARKS.items() if name in table}
    safe = {name: table[name].str.replace(_FORMULA, rf"{mark}\1", regex=True) for name, mark in marks.items()}
    return table.assign(**safe).to_csv(index=False, float_format="%.6g", lineterminator="\n")


def to_json_lines(rows: Sequence[Row]) -> str:
    """Return rows as JSON, one line for each."""
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def to_json(rows: Sequence[Row], figures: dict[str, Any] | None = None, provenance: Provenance | None = None) -> str:
    """Return rows as one JSON document.

    Parameters
    ----------
    rows : sequence of dict
        Rows of ``judging.judge``.
    figures : dict, optional
        What ``figures.recognition_figures`` returns.
    provenance : Provenance, optional
        The network, and this package's version.
    """
    source = None if provenance is None else asdict(provenance)
    return json.dumps({"rows": list(rows), "figures": figures, "provenance": source}, indent=1)


def to_parquet(rows: Sequence[Row]) -> bytes:
    """Return rows as a Parquet file.

    Raises
    ------
    StorageError
        The package pyarrow, which writes Parquet, is not installed. The app has it.
    """
    return parquet_of(as_table(rows))


def parquet_of(table: pd.DataFrame) -> bytes:
    """Return a table as a Parquet file; errors as for ``to_parquet``."""
    try:
        return bytes(table.to_parquet(index=False))
    except ImportError:
        raise StorageError(
            "Parquet cannot be written, because the package pyarrow is not installed",
            expected="pyarrow, or another format",
            advice="Install it with pip install pyarrow, or choose csv",
        ) from None
