"""Rows on standard output, each as soon as it is there, and rows in a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from ser_core.atomic_write import replace_when_complete
from ser_core.batch.figures import VERDICTS
from ser_core.batch.judging import Row
from ser_core.batch.recordings import Entry
from ser_core.batch.tables import flat_row, to_csv, to_json_lines, to_parquet
from ser_core.errors import StorageError
from ser_core.inference.report import to_line

LINES, TABLE, CSV, JSON_LINES, PARQUET = "lines", "table", "csv", "jsonl", "parquet"
FORMATS = (LINES, TABLE, CSV, JSON_LINES, PARQUET)
# By the ending of an output file.
_BY_SUFFIX = {".csv": CSV, ".jsonl": JSON_LINES, ".ndjson": JSON_LINES, ".parquet": PARQUET, ".txt": LINES}

_MAX_NAME = 60


def format_of(output: Path) -> str:
    """Return the format of an output file, by the ending of its name.

    Raises
    ------
    StorageError
        If no format has this ending.
    """
    try:
        return _BY_SUFFIX[output.suffix.lower()]
    except KeyError:
        raise StorageError(
            f"The ending of the output, {output.suffix or 'none'}, names no format",
            expected=f"one of {', '.join(_BY_SUFFIX)}",
            advice="Choose another name, or name the format with --format",
        ) from None


def line_of(row: Row) -> str:
    """Return a row as one line of text that begins with its path."""
    path = _on_one_line(row["path"])
    name = path if "channel" not in row else f"{path}, channel {row['channel']}"
    for problem in ("error", "skipped"):
        if problem in row:
            return f"{name}: {problem}: {row[problem]}"
    return f"{name}: {to_line(row)}"


def _on_one_line(path: str) -> str:
    # A name may hold line breaks, and codes that a terminal obeys.
    return "".join(character if character.isprintable() else "?" for character in path)


def printer(output_format: str, entries: Sequence[Entry]) -> Callable[[Row], None]:
    """Return a function that prints a row at once.

    Parameters
    ----------
    output_format : str
        One of ``FORMATS``, but not Parquet, whose end must be known at its beginning.
    entries : sequence of Recording or Skipped
        All entries, for the width of a table's first column.
    """
    if output_format == JSON_LINES:
        return lambda row: print(json.dumps(row), flush=True)
    if output_format == CSV:
        print(to_csv([]), end="")
        return lambda row: print(to_csv([row], with_header=False), end="", flush=True)
    if output_format == TABLE:
        width = min(max((len(entry.path) for entry in entries), default=0), _MAX_NAME)
        print(_table_line(width, "recording", "verdict", "sounds like", "", "s", "notes"))
        return lambda row: print(_row_of_table(width, row), flush=True)
    return lambda row: print(line_of(row), flush=True)


def _row_of_table(width: int, row: Row) -> str:
    flat = flat_row(row)
    path = _on_one_line(flat["path"])
    name = path if flat["channel"] is None else f"{path} {flat['channel']}"
    share = f"{flat[flat['emotion']]:.0%}" if flat["emotion"] else ""
    possible = (flat["possible"] or "").replace("|", ", ")
    seconds = "" if flat["duration_s"] is None else f"{flat['duration_s']:.1f}"
    notes = flat["problem"] or flat["notes"] or ""
    return _table_line(width, name, VERDICTS[flat["verdict"]], possible, share, seconds, notes)


def _table_line(width: int, name: str, verdict: str, possible: str, share: str, seconds: str, notes: str) -> str:
    shown = name if len(name) <= _MAX_NAME else f"...{name[3 - _MAX_NAME :]}"
    return f"{shown:{width}}  {verdict:14}  {possible:32}  {share:>4}  {seconds:>6}  {notes}".rstrip()


def write_rows(output: Path, output_format: str, rows: Sequence[Row]) -> None:
    """Write rows to a file, complete or not at all.

    Raises
    ------
    StorageError
        If the file cannot be written, or the package that writes Parquet is not installed.
    """
    if output_format == PARQUET:
        content = to_parquet(rows)
    elif output_format == CSV:
        content = to_csv(rows).encode()
    elif output_format == JSON_LINES:
        content = to_json_lines(rows).encode()
    else:
        content = "".join(f"{line_of(row)}\n" for row in rows).encode()
    with replace_when_complete(output) as temporary:
        temporary.write_bytes(content)
