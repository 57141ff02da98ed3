"""Writes files that are either complete or absent, for results that a later run uses if the file exists.

A full disk or a power cut during a write leaves a part of a file. If that part had the final name, the next run would
use it as a complete result.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ser_core.errors import StorageError


@contextmanager
def replace_when_complete(path: Path) -> Iterator[Path]:
    """Write a file under a temporary name, and rename it when it is complete and on the disk.

    Parameters
    ----------
    path : Path
        The final path; its folder is made if it does not exist. A file that is already there stays until the new one is
        complete.

    Yields
    ------
    Path
        The temporary path to write to, in the same folder and with the same suffix. It is renamed to ``path`` at the
        end of the block, and removed if the block raises an exception.

    Raises
    ------
    StorageError
        If the file cannot be written, because the disk is full for example.
    """
    temporary = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        _flush_to_disk(temporary)
        os.replace(temporary, path)
        _flush_to_disk(path.parent)
    except OSError as error:
        raise StorageError(
            f"The file {path.name} in {path.parent.name} cannot be written ({error.strerror or error})",
            expected="free space on the disk, and a folder that can be written to",
            advice="Free some space or choose another folder, then run the same command again: it continues",
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def require_writable_file(path: Path) -> None:
    """Refuse, before the work begins, a file that could not be written after it.

    Parameters
    ----------
    path : Path
        The file that will be written. Nothing is written now, and no folder is made.

    Raises
    ------
    StorageError
        If the path is a folder or a device, or no file can be made in its folder.
    """
    if path.exists() and not path.is_file():
        raise _not_writable(path, "it is a folder or a device, not a file")
    _require_place(path, path.parent)


def require_writable_folder(folder: Path) -> None:
    """Refuse, before the work begins, a folder in which no file could be written after it; see above.

    Raises
    ------
    StorageError
        If the path is a file, or no file can be made in the folder, or the folder cannot be made.
    """
    _require_place(folder, folder)


def _require_place(path: Path, folder: Path) -> None:
    # Imported here: most commands start without it.
    import tempfile

    existing = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    try:
        with tempfile.TemporaryFile(dir=existing):
            return
    except OSError as error:
        raise _not_writable(path, error.strerror or str(error)) from error


def _not_writable(path: Path, reason: str) -> StorageError:
    return StorageError(
        f"{path} cannot be written ({reason})",
        expected="a place on a disk where files can be made, and free space",
        advice="Choose another name or folder",
    )


def write_text(path: Path, text: str) -> None:
    """Write a text file, complete or not at all.

    Parameters
    ----------
    path : Path
        The file.
    text : str
        Its content; UTF-8.
    """
    with replace_when_complete(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
