"""The search for sound files under a data folder."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ser_core.audio.file_types import AUDIO_SUFFIXES
from ser_core.corpora.utterance import Skipped

NOT_SOUND = "the ending of the file name is not one of a format that is read"
SYSTEM_FILE = "a hidden file or folder, or one that the operating system made"
_NOT_A_FILE = "neither a file nor a link to one"
_NOT_UNICODE = "the name is not valid Unicode"
_CLOSED_FOLDER = "the folder cannot be opened"

# macOS puts a folder __MACOSX with a second file "._name" for each file into its archives.
SYSTEM_NAMES = frozenset(("__macosx", "thumbs.db", "desktop.ini"))


def sound_files(root: Path) -> Iterator[PurePosixPath | Skipped]:
    """Find every sound file under a folder, by its file-name ending.

    Links to folders are followed. Each folder is entered once, so that a loop of links ends. Hidden folders and folders
    of the operating system are not entered.

    Parameters
    ----------
    root : Path
        The folder.

    Yields
    ------
    PurePosixPath or Skipped
        Path of a sound file relative to ``root``; or a file or folder that is left out, with the reason.
    """
    folders = deque([PurePosixPath()])
    entered_folders: set[tuple[int, int]] = set()
    while folders:
        folder = folders.popleft()
        try:
            status = os.stat(root / folder)
            if (status.st_dev, status.st_ino) in entered_folders:
                continue
            entered_folders.add((status.st_dev, status.st_ino))
            with os.scandir(root / folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            yield Skipped(str(folder), _CLOSED_FOLDER)
            continue
        for entry in entries:
            path = folder / entry.name
            is_folder, is_file = _kind(entry)
            readable_name = entry.name.encode("utf-8", "replace").decode("utf-8")
            if readable_name != entry.name:
                yield Skipped(str(folder / readable_name), _NOT_UNICODE)
            elif entry.name.startswith(".") or entry.name.lower() in SYSTEM_NAMES:
                yield Skipped(str(path), SYSTEM_FILE)
            elif is_folder:
                folders.append(path)
            elif path.suffix.lower() not in AUDIO_SUFFIXES:
                yield Skipped(str(path), NOT_SOUND)
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
