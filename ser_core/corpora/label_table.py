"""Tables with labels of recordings: CSV or TSV, one row for each file, with columns for file, emotion and speaker."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ser_core.errors import LabelError

MAX_TABLE_BYTES = 2 * 1024**2
MAX_ROWS = 20_000

# A table that this program has made: its column ``emotion`` is an answer.
ANSWERS_COLUMN = "verdict"
_FILE_COLUMNS = ("path", "file", "filename", "file_name", "name", "clip", "wav", "audio")
_EMOTION_COLUMNS = ("emotion", "label", "true_emotion", "class", "category")
_SPEAKER_COLUMNS = ("speaker", "speaker_id", "actor", "person", "voice", "subject")
# Levels of a feeling on a scale. They are no names of emotions.
_LEVEL_COLUMNS = frozenset(("arousal", "activation", "valence", "dominance", "pleasure"))


@dataclass(frozen=True)
class TableRow:
    """What a table says about one file.

    Parameters
    ----------
    words : tuple of str
        The distinct words for its emotion. More than one if the file has several rows.
    speaker : str or None
        The speaker; None where the table has none.
    """

    words: tuple[str, ...] = ()
    speaker: str | None = None


def read_table(content: bytes, *, max_bytes: int = MAX_TABLE_BYTES, max_rows: int = MAX_ROWS) -> dict[str, TableRow]:
    """Read a table with one row for each file.

    Parameters
    ----------
    content : bytes
        Comma-, semicolon- or tab-separated values with a header. One column names the file (``path``, ``file``,
        ``name`` ...), one the emotion (``emotion``, ``label`` ...), one the speaker (``speaker``, ``actor`` ...); one
        of the last two may be absent. The tables of audformat have these columns.
    max_bytes, max_rows : int
        Larger tables are refused.

    Returns
    -------
    dict of str to TableRow
        By path in lower case, with forward slashes.

    Raises
    ------
    LabelError
        The table is too large, or lacks these columns.
    """
    if len(content) > max_bytes:
        raise _not_a_table(f"The table has more than {max_bytes // 1024**2} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    header, _, _ = text.partition("\n")
    delimiter = max(",;\t", key=header.count)
    table: dict[str, TableRow] = {}
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter)
        file_column, emotion_column, speaker_column = _columns([name.strip().lower() for name in next(reader, [])])
        for number, cells in enumerate(reader):
            if number >= max_rows:
                raise _not_a_table(f"The table has more than {max_rows:,} rows")
            if file := _cell(cells, file_column):
                earlier = table.get(_key(file), TableRow())
                word = _cell(cells, emotion_column)
                words = earlier.words if not word or word in earlier.words else (*earlier.words, word)
                table[_key(file)] = TableRow(words, _cell(cells, speaker_column) or earlier.speaker)
    except csv.Error:
        raise _not_a_table("The table is not valid CSV") from None
    return table


def row_of(table: Mapping[str, TableRow], path: PurePosixPath) -> TableRow:
    """Return the row of the longest end of a path that the table names, with or without the file's ending."""
    if table:
        for start in range(len(path.parts)):
            end = PurePosixPath(*path.parts[start:])
            for name in (_key(str(end)), _key(str(end.with_suffix("")))):
                if name in table:
                    return table[name]
    return TableRow()


def _columns(names: list[str]) -> tuple[int, int | None, int | None]:
    """Return the positions of the columns for file, emotion and speaker."""
    if ANSWERS_COLUMN in names:
        raise _not_a_table("The table has answers of this program, not true emotions")
    file_column, emotion_column, speaker_column = (
        next((names.index(name) for name in choices if name in names), None)
        for choices in (_FILE_COLUMNS, _EMOTION_COLUMNS, _SPEAKER_COLUMNS)
    )
    levels = [name for name in names if name in _LEVEL_COLUMNS]
    if emotion_column is None and levels:
        raise _not_a_table(
            f"The table has levels ({', '.join(levels)}) and no names of emotions", advice="Add a column emotion"
        )
    if file_column is None or (emotion_column is None and speaker_column is None):
        raise _not_a_table("The table has no column for the file, or none for the emotion or the speaker")
    return file_column, emotion_column, speaker_column


def _not_a_table(problem: str, advice: str = "Save the table as CSV from your spreadsheet program") -> LabelError:
    return LabelError(
        problem,
        expected="a CSV or TSV file with a header, with the columns path, emotion and speaker",
        advice=advice,
    )


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column].strip() if column is not None and column < len(cells) else ""


def _key(path: str) -> str:
    return path.strip().replace("\\", "/").removeprefix("./").lower()
