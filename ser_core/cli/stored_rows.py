"""The rows that a run has computed, in a hidden file next to the output, so that a stopped run can continue."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from ser_core.batch.judging import Row
from ser_core.errors import StorageError


def rows_path(output: Path) -> Path:
    """Return the hidden file next to an output."""
    return output.parent / f".{output.name}.rows"


class StoredRows:
    """A file with one line per row. It is deleted when the output has all rows.

    Parameters
    ----------
    output : Path
        The output of the command.
    command : dict
        What the rows depend on besides their files: the network, for example. JSON-ready.
    keys : sequence of list
        What identifies each entry of this run, in order; JSON-ready.

    Raises
    ------
    StorageError
        If the file cannot be written.

    Attributes
    ----------
    earlier : list of Row
        The rows that an earlier run of the same command has stored, as far as its entries are those of this run.
    """

    def __init__(self, output: Path, command: dict[str, Any], keys: Sequence[list[Any]]) -> None:
        self._path = rows_path(output)
        self._keys = keys
        header = json.dumps(command, sort_keys=True)
        self.earlier = self._read(header)
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            self._file: TextIO = self._path.open("w", encoding="utf-8")
            self._file.write(f"{header}\n")
        except OSError as error:
            raise self._not_writable(error) from error
        for place, row in enumerate(self.earlier):
            self.append(place, row)

    def append(self, place: int, row: Row) -> None:
        """Store the row of the entry at this place."""
        try:
            self._file.write(f"{json.dumps([self._keys[place], row])}\n")
            self._file.flush()
        except OSError as error:
            raise self._not_writable(error) from error

    def close(self, *, is_complete: bool) -> None:
        """Close the file, and delete it if the output has all rows."""
        # After a failed write, text is left that cannot be written either. The error was reported at that row.
        with suppress(OSError):
            self._file.close()
        if is_complete:
            self._path.unlink(missing_ok=True)

    def _read(self, header: str) -> list[Row]:
        rows: list[Row] = []
        # The last line may be cut, or not be text, where a machine was switched off.
        with suppress(OSError, ValueError), self._path.open(encoding="utf-8") as lines:
            if next(lines, "").rstrip("\n") != header:
                return rows
            for key, line in zip(self._keys, lines, strict=False):
                stored_key, row = json.loads(line)
                if stored_key != key:
                    break
                rows.append(row)
        return rows

    def _not_writable(self, error: OSError) -> StorageError:
        return StorageError(
            f"The file {self._path.name} cannot be written ({error.strerror or error})",
            expected="free space on the disk, and a folder that can be written to",
            advice="Choose another --output",
        )


def digest(keys: Sequence[list[Any]]) -> str:
    """Return a hash of all keys, for rows that depend on all entries."""
    return hashlib.sha256(json.dumps(keys).encode()).hexdigest()
