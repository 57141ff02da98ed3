"""The true emotion and the speaker of recordings, from their names or from a table that lies next to them.

The order: the rows of a table; the rules of a known corpus; the words of ``ser_core.emotions.WORDS`` in the folders and
in the file's name. Names that hold words for two emotions say nothing.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from ser_core.corpora.names import read_corpus_name
from ser_core.corpora.utterance import ParsedName
from ser_core.emotions import to_label
from ser_core.errors import LabelError

# Where the speaker is read from. Everything else that ``Labels.speaker_from`` may be is a regular expression.
NOBODY, NAMES, FOLDER, START = "nobody", "names", "folder", "start"
SPEAKER_RULES = (NOBODY, NAMES, FOLDER, START)

MAX_TABLE_BYTES = 2 * 1024**2
_MAX_ROWS = 20_000
# Python's limit on one cell is 128 kB; a name or a word is shorter.
# A table that this program has made: its column ``emotion`` is an answer.
ANSWERS_COLUMN = "verdict"
_FILE_COLUMNS = ("path", "file", "filename", "file_name", "name", "clip", "wav", "audio")
_EMOTION_COLUMNS = ("emotion", "label", "true_emotion", "class", "category")
_SPEAKER_COLUMNS = ("speaker", "speaker_id", "actor", "person", "voice", "subject")

# Words in a name: "female_angry", "01-angry", "OAF angry2", "femaleAngry".
_WORD = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")


@dataclass(frozen=True)
class LabelRow:
    """What a table says about one file.

    Parameters
    ----------
    emotion : str or None
        One of ``LABELS``; None where the table has no word for one.
    speaker : str or None
        The speaker; None where the table has none.
    """

    emotion: str | None
    speaker: str | None


@dataclass(frozen=True)
class Labels:
    """How labels are read from names.

    Parameters
    ----------
    speaker_from : str
        ``"nobody"``: no speaker. ``"names"``: from a table, or from the names of known corpora. ``"folder"``: the
        folder around the file, but not one that names an emotion. ``"start"``: the file's name up to the first ``_``,
        ``-``, point or space. Anything else is a regular expression that is searched in the path: its group
        ``speaker``, its first group, or the whole match.
    table : mapping of str to LabelRow
        Rows by path, as ``read_table`` returns them.
    """

    speaker_from: str = NOBODY
    table: Mapping[str, LabelRow] = field(default_factory=dict)

    def of(self, path: PurePosixPath) -> LabelRow:
        """Return the true emotion and the speaker of a file.

        Parameters
        ----------
        path : PurePosixPath
            Its path relative to the folder or the archive that was chosen.
        """
        if not path.name:
            # "." and "/" are no names of files.
            return LabelRow(None, None)
        row = _row_of(self.table, path)
        reading = read_corpus_name(path)
        utterance = reading.utterance if isinstance(reading, ParsedName) else None
        emotion = row.emotion or (utterance.emotion if utterance else emotion_in_names(path))
        if self.speaker_from == NOBODY:
            return LabelRow(emotion, None)
        if row.speaker or self.speaker_from == NAMES:
            return LabelRow(emotion, row.speaker or (utterance.speaker if utterance else None))
        return LabelRow(emotion, _speaker_by_rule(self.speaker_from, path))


def check_rule(speaker_from: str) -> None:
    """Refuse a pattern that is not a regular expression.

    Raises
    ------
    LabelError
        Its message names the place of the fault.
    """
    try:
        re.compile(speaker_from)
    except re.error as error:
        raise LabelError(
            f"The pattern for the speaker is not a regular expression: {error}",
            expected=f"one of {', '.join(SPEAKER_RULES)}, a CSV file, or a regular expression",
            advice=r"Try for example the pattern ^([^_]+)_, which takes what is before the first _",
        ) from None


def emotion_in_names(path: PurePosixPath) -> str | None:
    """Return the emotion that the words of a path name; None where they name none, or different ones.

    Parameters
    ----------
    path : PurePosixPath
        For example ``female/01_angry.wav`` or ``Wut/3.wav``.
    """
    emotions = {label for part in (*path.parts[:-1], path.stem) for label in _emotions_in(part)}
    return emotions.pop() if len(emotions) == 1 else None


def _emotions_in(text: str) -> set[str]:
    whole = to_label(text)
    if whole is not None:
        return {whole}
    words = _WORD.findall(_CAMEL.sub(" ", text))
    return {label for word in words if (label := to_label(word)) is not None}


def _speaker_by_rule(rule: str, path: PurePosixPath) -> str | None:
    if rule == FOLDER:
        folders = [part for part in path.parts[:-1] if part not in ("/", ".", "..") and not _emotions_in(part)]
        return folders[-1] if folders else None
    if rule == START:
        start = re.split(r"[\W_]", path.stem, maxsplit=1)[0]
        return start if start != path.stem else None
    match = re.search(rule, str(path))
    if match is None:
        return None
    groups = match.groupdict()
    return groups["speaker"] if "speaker" in groups else match.group(1 if match.re.groups else 0)


def read_table(content: bytes) -> dict[str, LabelRow]:
    """Read a CSV table with one row for each file.

    Parameters
    ----------
    content : bytes
        Comma-, semicolon- or tab-separated values with a header. One column names the file (``path``, ``file``,
        ``name`` ...), one the emotion (``emotion``, ``label`` ...), one the speaker (``speaker``, ``actor`` ...); one
        of the last two may be absent.

    Returns
    -------
    dict of str to LabelRow
        By path in lower case, with forward slashes.

    Raises
    ------
    LabelError
        The table is too large, or lacks these columns.
    """
    if len(content) > MAX_TABLE_BYTES:
        raise _not_a_table(f"The table has more than {MAX_TABLE_BYTES // 1024**2} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    header, _, _ = text.partition("\n")
    delimiter = max(",;\t", key=header.count)
    table: dict[str, LabelRow] = {}
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter)
        names = [name.strip().lower() for name in next(reader, [])]
        if ANSWERS_COLUMN in names:
            raise _not_a_table("The table has answers of this program, not true emotions")
        file_column, emotion_column, speaker_column = (
            next((names.index(name) for name in known if name in names), None)
            for known in (_FILE_COLUMNS, _EMOTION_COLUMNS, _SPEAKER_COLUMNS)
        )
        if file_column is None or (emotion_column is None and speaker_column is None):
            raise _not_a_table("The table has no column for the file, or none for the emotion or the speaker")
        for number, cells in enumerate(reader):
            if number >= _MAX_ROWS:
                raise _not_a_table(f"The table has more than {_MAX_ROWS:,} rows")
            if len(cells) > file_column and cells[file_column].strip():
                emotion = to_label(_cell(cells, emotion_column))
                table[_key(cells[file_column])] = LabelRow(emotion, _cell(cells, speaker_column) or None)
    except csv.Error:
        raise _not_a_table("The table is not valid CSV") from None
    return table


def _not_a_table(problem: str) -> LabelError:
    return LabelError(
        problem,
        expected="a CSV file with a header, with the columns path, emotion and speaker",
        advice="Save the table as CSV from your spreadsheet program",
    )


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column].strip() if column is not None and column < len(cells) else ""


def _key(path: str) -> str:
    return path.strip().replace("\\", "/").removeprefix("./").lower()


def _row_of(table: Mapping[str, LabelRow], path: PurePosixPath) -> LabelRow:
    """Return the row of the longest end of a path that the table names, with or without the file's ending."""
    if table:
        for start in range(len(path.parts)):
            end = PurePosixPath(*path.parts[start:])
            for name in (_key(str(end)), _key(str(end.with_suffix("")))):
                if name in table:
                    return table[name]
    return LabelRow(None, None)
