"""From what was chosen (files, ZIP archives, tables of labels) to the entries of a batch, in order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import BinaryIO, NoReturn

from ser_core.audio.loading import Audio, count_channels, load_audio
from ser_core.audio.sources import read_bytes
from ser_core.batch.archive import DEFAULT_ARCHIVE_LIMITS, Archive, ArchiveLimits, open_archive, why_refused
from ser_core.batch.recordings import Entry, Recording, is_system_file, readable_path, why_not_sound
from ser_core.corpora.label_table import MAX_TABLE_BYTES, TableRow, read_table
from ser_core.corpora.own_labels import Labels
from ser_core.corpora.utterance import Skipped
from ser_core.errors import ArchiveError, SerError

_TABLE, _ARCHIVE = ".csv", ".zip"
_TOO_MANY = "a batch has at most {max_files} recordings: make a second batch of these"

Source = str | os.PathLike[str] | BinaryIO
Content = bytes | Source


@dataclass(frozen=True)
class GivenFile:
    """A file that was chosen.

    Parameters
    ----------
    name : str
        Its path, with forward slashes. The names of an archive's files begin with it; it may be empty there.
    source : path, binary file object or callable
        Where its content is; or a function that returns it.
    labels_path : str
        The part of the path that labels are read from, without the folders around what was chosen; by default all of
        it.
    """

    name: str
    source: Source | Callable[[], Content]
    labels_path: str = ""


@dataclass(frozen=True)
class _Found:
    """A file that may be a recording: its name, the part with labels, and a function that returns its content."""

    name: str
    labels_path: PurePosixPath
    read: Callable[[], Content]


def is_archive(name: str) -> bool:
    """Return whether a file is an archive, by the ending of its name."""
    return name.lower().endswith(_ARCHIVE)


def is_table(name: str) -> bool:
    """Return whether a file may be a table of labels, by the ending of its name."""
    return name.lower().endswith(_TABLE)


def list_entries(
    files: Sequence[GivenFile | Skipped],
    labels: Labels,
    *,
    max_files: int | None = None,
    limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS,
    each_channel: bool = False,
    track: int | None = None,
) -> list[Entry]:
    """Return the recordings of a batch, and the files that are left out, in the order in which they were chosen.

    A file that was chosen itself is tried as a recording, with any ending of its name. In an archive, the ending
    decides. Archives are opened, and tables of labels (``.csv``) are read; hidden files and files of the operating
    system are no entries.

    Parameters
    ----------
    files : sequence of GivenFile or Skipped
        The chosen files; and files that are already known to be left out.
    labels : Labels
        How emotion and speaker are read. Tables among the files are added to its table.
    max_files : int, optional
        All further files are left out; one entry counts them.
    limits : ArchiveLimits
        Limits on what is unpacked from an archive.
    each_channel : bool
        Whether each channel of a recording is an entry.
    track : int, optional
        Number of the sound track of each recording, counted from 1; by default, the first with sound.

    Returns
    -------
    list of Recording or Skipped
    """
    found: list[_Found | Skipped] = []
    tables: dict[str, TableRow] = dict(labels.table)
    for file in files:
        if isinstance(file, Skipped):
            found.append(file)
            continue
        for item in _files_in(file, limits):
            if isinstance(item, _Found) and is_table(item.labels_path.name):
                found.extend(_add_table(item, tables))
            else:
                found.append(item)
    return list(_entries(found, replace(labels, table=tables), max_files, each_channel, track))


def _files_in(file: GivenFile, limits: ArchiveLimits) -> Iterator[_Found | Skipped]:
    path = PurePosixPath((file.labels_path or file.name).replace("\\", "/"))
    source = file.source
    if callable(source):
        yield _Found(file.name, path, source)
        return
    if not is_archive(path.name):
        yield _Found(file.name, path, lambda: source)
        return
    try:
        archive = open_archive(source, limits)
    except SerError as error:
        yield _unreadable(file.name or readable_path(path.name), error)
        return
    has_recording = False
    for member_path, info in sorted(archive.members(), key=lambda member: str(member[0])):
        name = f"{file.name}/{readable_path(str(member_path))}" if file.name else readable_path(str(member_path))
        reason = why_refused(member_path, info)
        if reason is None and is_system_file(member_path):
            continue
        if reason is None and not is_table(member_path.name):
            reason = why_not_sound(member_path)
            has_recording = has_recording or reason is None
        yield Skipped(name, reason) if reason else _Found(name, member_path, partial(Archive.read, archive, info))
    if not has_recording:
        yield _unreadable(file.name or readable_path(path.name), _no_recording())


def _unreadable(name: str, error: SerError) -> _Found:
    """Return a file that becomes a row with an error. Its name says nothing about an emotion or a speaker."""

    def fail() -> NoReturn:
        raise error

    return _Found(name, PurePosixPath(), fail)


def _no_recording() -> ArchiveError:
    return ArchiveError(
        "There is no recording in this archive that can be read",
        expected="a ZIP archive with recordings, without a password",
        advice="The rows of its files, if it has any, give the reasons",
    )


def _add_table(item: _Found, tables: dict[str, TableRow]) -> Sequence[_Found | Skipped]:
    """Add a table of labels; return a CSV file that is none as a file that is left out, or that cannot be read."""
    try:
        content = item.read()
    except SerError:
        # Reading it again gives the reason to its row.
        return [item]
    try:
        tables.update(read_table(read_bytes(content, MAX_TABLE_BYTES)))
    except SerError as error:
        return [Skipped(item.name, str(error))]
    return []


def _entries(
    found: Sequence[_Found | Skipped], labels: Labels, max_files: int | None, each_channel: bool, track: int | None
) -> Iterator[Entry]:
    n_recordings = n_left_out = n_over = 0
    for item in found:
        is_recording = isinstance(item, _Found)
        n_recordings += is_recording
        n_left_out += not is_recording
        if max_files is not None and (n_recordings if is_recording else n_left_out) > max_files:
            n_over += 1
            continue
        if isinstance(item, Skipped):
            yield item
            continue
        row = labels.of(item.labels_path)
        for channel in _channels(item.read, track) if each_channel else (None,):
            load = partial(_load, item.read, channel, track)
            labels_path = str(item.labels_path) if item.labels_path.name else ""
            yield Recording(item.name, load, channel, row.emotion, row.speaker, row.note, track, labels_path)
    if n_over:
        yield Skipped(f"{n_over:,} more files", _TOO_MANY.format(max_files=max_files))


def _channels(read: Callable[[], Content], track: int | None) -> Sequence[int | None]:
    try:
        n_channels = count_channels(read(), track=track)
    except SerError:
        # The reason is shown when the recording's turn comes.
        return (None,)
    return range(1, n_channels + 1) if n_channels > 1 else (None,)


def _load(read: Callable[[], Content], channel: int | None, track: int | None) -> Audio:
    return load_audio(read(), channel=channel, track=track)
