"""Run a command on many recordings: show progress, always write a complete output file, and continue after a stop."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ser_core.batch.judging import Row, Step
from ser_core.batch.recordings import Entry, Recording
from ser_core.cli.inputs import fingerprints
from ser_core.cli.progress import Progress
from ser_core.cli.stored_rows import StoredRows, digest
from ser_core.errors import StorageError
from ser_core.inference.native_messages import without_native_messages

Work = Callable[[int], Iterator[Step]]


def exit_status(rows: Sequence[Row]) -> int:
    """Return 1 if a recording could not be read, or if no file was read at all; otherwise 0."""
    return int(any("error" in row for row in rows) or all("skipped" in row for row in rows))


def print_summary(counts: Mapping[str, int], written: Sequence[Path]) -> None:
    """Say on standard error how many files had which result, and what was written.

    Parameters
    ----------
    counts : mapping of str to int
        The number of files with each result. Results that no file has are left out.
    written : sequence of Path
        The files and folders with the results.
    """
    n = sum(counts.values())
    results = ", ".join(f"{count} {result}" for result, count in counts.items() if count)
    print(f"{n} file{'' if n == 1 else 's'}: {results}", file=sys.stderr)
    for path in written:
        print(f"written: {path}", file=sys.stderr)


def stopped(n_done: int, n: int, what: str) -> KeyboardInterrupt:
    """Return the exception that says, at the end of a command, how far it came and how it goes on."""
    return KeyboardInterrupt(f"stopped after {n_done} of {n} {what}; the same command goes on from there")


def require_no_terminal(output_format: str) -> None:
    """Refuse a terminal as the output of a format that is not text.

    Raises
    ------
    StorageError
        If standard output is a terminal.
    """
    if sys.stdout.isatty():
        raise StorageError(
            f"The format {output_format} is not text, and the output is a terminal",
            expected="a file or another program as the output",
            advice="Name a file with --output, or choose --format csv",
        )


def print_rows(entries: Sequence[Entry], work: Work, print_row: Callable[[Row], None]) -> list[Row]:
    """Print the row of each entry as soon as it is computed, and return all rows.

    Parameters
    ----------
    entries : sequence of Recording or Skipped
        The entries.
    work : callable
        Takes the number of entries that are already done, and yields the steps for the others.
    print_row : callable
        Prints a row.
    """
    rows: list[Row] = []
    progress = Progress(len(entries))
    with without_native_messages():
        for step in work(0):
            if step.row is not None:
                progress.clear()
                rows.append(step.row)
                print_row(step.row)
            progress.step(len(rows), step.steps_left)
        progress.clear()
    return rows


def store_rows(
    entries: Sequence[Entry], work: Work, output: Path, command: dict[str, Any], write: Callable[[list[Row]], None]
) -> list[Row]:
    """Compute the row of each entry, write the output, and return all rows.

    After a stop (Ctrl-C, an error), the output is a complete file with the rows that are done. The same command then
    computes only the other rows.

    Parameters
    ----------
    entries : sequence of Recording or Skipped
        The entries.
    work : callable
        Takes the number of entries that are already done, and yields the steps for the others.
    output : Path
        The file that ``write`` writes.
    command : dict
        What the rows depend on besides their files. JSON-ready.
    write : callable
        Writes the rows to the output.
    """
    keys = fingerprints(entries)
    if any(isinstance(entry, Recording) and entry.speaker for entry in entries):
        # Each row then depends on all other files of its speaker.
        command = {**command, "entries": digest(keys)}
    stored = StoredRows(output, command, keys)
    rows = stored.earlier
    if rows:
        print(f"going on after {len(rows)} of {len(entries)}", file=sys.stderr)
    progress = Progress(len(entries))
    try:
        with without_native_messages():
            for step in work(len(rows)):
                if step.row is not None:
                    stored.append(len(rows), step.row)
                    rows.append(step.row)
                progress.step(len(rows), step.steps_left)
    except KeyboardInterrupt:
        raise stopped(len(rows), len(entries), "files") from None
    finally:
        progress.clear()
        write(rows)
        stored.close(is_complete=len(rows) == len(entries))
    return rows
