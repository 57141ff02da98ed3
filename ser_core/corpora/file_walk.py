"""The search for sound files under a data folder."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath

from ser_core.corpora.utterance import Skipped

LOSSLESS_SUFFIXES = frozenset((".wav", ".flac", ".aif", ".aiff"))
_SOUND_SUFFIXES = LOSSLESS_SUFFIXES | {".ogg", ".opus", ".mp3", ".m4a", ".mp4", ".aac", ".webm"}

_OTHER_ENDING = "the file name has no ending of an audio file"
_NOT_A_FILE = "neither a file nor a link to one"
_NOT_UNICODE = "the name is not valid Unicode"
_CLOSED_FOLDER = "the folder cannot be opened"


def sound_files(
    root: Path, *, suffixes: Container[str] = _SOUND_SUFFIXES, report_others: bool = False
) -> Iterator[PurePosixPath | Skipped]:
    """Find every sound file under a folder, by its file-name ending.

    Links to folders are followed. Each folder is entered once, so that a loop of links ends. Hidden files and folders
    are passed over.

    Parameters
    ----------
    root : Path
        The folder.
    suffixes : container of str, optional
        Endings of sound files, in lower case with the dot.
    report_others : bool, optional
        Whether files with other endings are yielded as ``Skipped``; by default they are passed over.

    Yields
    ------
    PurePosixPath or Skipped
        Path of a sound file relative to ``root``, or what could not be reached.
    """
    folders = deque([PurePosixPath()])
    entered: set[tuple[int, int]] = set()
    while folders:
        folder = folders.popleft()
        try:
            status = os.stat(root / folder)
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(root / folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            yield Skipped(str(folder), _CLOSED_FOLDER)
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            is_folder, is_file = _kind(entry)
            has_other_ending = not is_folder and path.suffix.lower() not in suffixes
            if has_other_ending and not report_others:
                continue
            readable_name = entry.name.encode("utf-8", "replace").decode("utf-8")
            if readable_name != entry.name:
                yield Skipped(str(folder / readable_name), _NOT_UNICODE)
            elif has_other_ending:
                yield Skipped(str(path), _OTHER_ENDING)
            elif is_folder:
                folders.append(path)
            elif is_file:
                yield path
            else:
                yield Skipped(str(path), _NOT_A_FILE)


def _kind(entry: os.DirEntry[str]) -> tuple[bool, bool]:
    """Return whether an entry is a folder and whether it is a file; a broken link is neither."""
    try:
        return entry.is_dir(), entry.is_file()
    except OSError:
        return False, False
