"""The recordings that a command works on: files, folders, patterns, archives, standard input."""

from __future__ import annotations

import argparse
import glob
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path, PurePath
from typing import NoReturn

from ser_core.audio.limits import DEFAULT_LIMITS
from ser_core.audio.sources import READABLE_KINDS, read_bytes
from ser_core.batch.addresses import is_address, labels_path_in, list_addresses, read_address
from ser_core.batch.archive import ArchiveLimits
from ser_core.batch.listing import GivenFile, list_entries
from ser_core.batch.recordings import Entry, Recording
from ser_core.cli.stored_rows import rows_path
from ser_core.corpora.file_walk import sound_files
from ser_core.corpora.own_labels import Labels
from ser_core.corpora.utterance import Skipped
from ser_core.errors import EmptyAudioError, StorageError, UnreadableAudioError

# The arguments that name files and folders to write.
_OUTPUTS = ("output", "report", "timeline", "shards")
# Those that may name a table of labels.
_TABLES = ("labels", "speaker_from")

# The argument that stands for standard input.
STANDARD_INPUT = "-"

# On one's own machine, an archive may hold a whole corpus.
_LIMITS = ArchiveLimits(max_total_bytes=sys.maxsize, max_directory_bytes=64 * 1024**2)


def entries_of(arguments: argparse.Namespace, labels: Labels) -> list[Entry]:
    """Return the recordings that the arguments name, in order, with what their names say about them.

    Parameters
    ----------
    arguments : argparse.Namespace
        ``paths``, ``channels`` and ``track``; and the outputs of the command, which are no entries where they lie in
        one of the folders: a run that goes on finds the same entries.
    labels : Labels
        How emotion and speaker are read.

    Raises
    ------
    EmptyAudioError
        If there is no recording, and no file that is left out.
    StorageError
        If the command would replace a file that it reads.
    """
    outputs = _outputs(arguments)
    files = [file for path in arguments.paths for file in _files(path) if not _is_in(file, outputs)]
    is_each = arguments.channels == "each"
    entries = list_entries(files, labels, limits=_LIMITS, each_channel=is_each, track=arguments.track)
    if not entries:
        raise EmptyAudioError(
            "There is no recording in what was named; a CSV file only has labels for recordings",
            expected="at least one recording, folder or archive with recordings",
            advice="Name the recordings too, for example: ser predict recordings/ table.csv",
        )
    return entries


def _outputs(arguments: argparse.Namespace) -> set[str]:
    """Return the absolute paths of the files and folders that the command writes, but not around what was named."""
    paths = [path for name in _OUTPUTS if (path := getattr(arguments, name, None)) is not None]
    outputs = {os.path.abspath(file) for path in paths for file in (path, rows_path(path))}
    tables = [table for name in _TABLES if (table := getattr(arguments, name, None)) is not None]
    for path in (*arguments.paths, *tables):
        if os.path.abspath(path) in outputs and os.path.isfile(path):
            raise StorageError(
                f"The output would replace {path}, which the command reads",
                expected="an output that is none of the recordings and tables",
                advice="Choose another name for the output",
            )
    return outputs - {place for path in arguments.paths for place in _with_folders_around(path)}


def _with_folders_around(path: str) -> set[str]:
    file = PurePath(os.path.abspath(path))
    return {str(place) for place in (file, *file.parents)}


def _is_in(file: GivenFile | Skipped, outputs: set[str]) -> bool:
    return not outputs.isdisjoint(_with_folders_around(_path_of(file)))


def _files(path: str) -> Iterator[GivenFile | Skipped]:
    if path == STANDARD_INPUT:
        yield GivenFile(path, _standard_input())
    elif is_address(path):
        for address in list_addresses(path):
            yield GivenFile(address, partial(read_address, address), labels_path_in(path, address))
    elif path and Path(path).is_dir():
        yield from _files_below(path)
    elif not Path(path).exists() and (matches := [match for match in glob.glob(path, recursive=True) if match != path]):
        # A link to nothing matches its own name.
        yield from _files_of_matches(matches)
    elif not path or not Path(path).exists():
        yield GivenFile(_printable(path), _raise_missing)
    elif not Path(path).is_file():
        yield GivenFile(_printable(path), _raise_no_file)
    else:
        # Of an absolute path, the folders may be anybody's: /home/joy.
        given = Path(path)
        labels_path = given.name if given.is_absolute() else given.as_posix()
        yield GivenFile(_printable(path), path, labels_path)


def _files_of_matches(matches: Sequence[str]) -> list[GivenFile | Skipped]:
    """Return the files that a pattern stands for, each once.

    A pattern with ** goes around in a loop of links, and matches both a folder and the files in it.
    """
    real_folder = cache(os.path.realpath)
    shortest: dict[str, str] = {}
    files: dict[tuple[str, str], GivenFile | Skipped] = {}
    for match in sorted(matches, key=lambda match: (match.count(os.sep), match)):
        folder = os.path.dirname(match)
        if shortest.setdefault(real_folder(folder), folder) != folder:
            continue
        for file in _files(match):
            folder, name = os.path.split(_path_of(file))
            files.setdefault((real_folder(folder), name), file)
    return sorted(files.values(), key=_path_of)


def _path_of(file: GivenFile | Skipped) -> str:
    return file.path if isinstance(file, Skipped) else file.name


def _printable(path: str) -> str:
    # A name that is not valid Unicode could not be printed.
    return path.encode("utf-8", "replace").decode("utf-8")


def _files_below(folder: str) -> Iterator[GivenFile | Skipped]:
    files: dict[str, GivenFile | Skipped] = {}
    for file in sound_files(Path(folder)):
        if isinstance(file, Skipped):
            path = str(Path(folder, file.path))
            files[path] = Skipped(path, file.reason)
        else:
            path = str(Path(folder, file))
            files[path] = GivenFile(path, path, f"{Path(folder).name}/{file}")
    if all(isinstance(file, Skipped) for file in files.values()):
        files[folder] = GivenFile(folder, _raise_empty_folder)
    for path in sorted(files):
        yield files[path]


def _raise_missing() -> NoReturn:
    raise UnreadableAudioError(
        "There is no file or folder with this name",
        expected="a recording, a folder, a ZIP archive or a pattern such as 'recordings/*.wav'",
        advice="Check the name, and the folder that you are in",
    )


def _raise_no_file() -> NoReturn:
    # Each recording may be read twice, and a pipe can be read once.
    raise UnreadableAudioError(
        "This is a pipe or a device, not a file",
        expected="a recording in a file; or - as the name, for one recording on standard input",
        advice="Write for example: some-program | ser predict -",
    )


def _raise_empty_folder() -> NoReturn:
    raise EmptyAudioError(
        "There is no audio file in this folder",
        expected=f"a folder with recordings as {READABLE_KINDS}",
        advice="Check the path of the folder",
    )


def _standard_input() -> Callable[[], bytes]:
    """Return a function that reads standard input once, however often it is called."""
    # A process whose standard input is closed has none.
    return cache(lambda: read_bytes(sys.stdin.buffer if sys.stdin else b"", DEFAULT_LIMITS.max_bytes))


def fingerprints(entries: Sequence[Entry]) -> list[list[object]]:
    """Return what identifies each entry in a later run: path, channel, track, labels, and the file's size and time."""
    return [
        [
            entry.path,
            *([None] * 4 if isinstance(entry, Skipped) else _identity(entry)),
            *_size_and_time(entry.path),
        ]
        for entry in entries
    ]


def _identity(recording: Recording) -> tuple[object, ...]:
    return recording.channel, recording.track, recording.speaker, recording.emotion


def _size_and_time(path: str) -> tuple[int, int] | tuple[None, None]:
    # A file in an archive has the size and time of the archive.
    for file in (Path(path), *Path(path).parents):
        if file.is_file():
            status = file.stat()
            return status.st_size, status.st_mtime_ns
    return None, None
