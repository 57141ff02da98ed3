"""Reading the bytes of a recording from a path, from memory or from a file object, up to a size limit."""

from __future__ import annotations

import os
from typing import BinaryIO

from ser_core.errors import AudioTooLargeError, EmptyAudioError, UnreadableAudioError

READABLE_KINDS = "WAV, FLAC, OGG Vorbis, Opus, MP3, AIFF, M4A, MP4, AAC or WebM"


def read_bytes(source: str | os.PathLike[str] | bytes | BinaryIO, max_bytes: int) -> bytes:
    """Read a whole file, and stop as soon as it exceeds the limit.

    Parameters
    ----------
    source : str, os.PathLike, bytes or binary file object
        As in :func:`ser_core.audio.loading.load_audio`.
    max_bytes : int
        Largest size that is accepted.

    Returns
    -------
    bytes
        The content, at least one byte.

    Raises
    ------
    AudioTooLargeError
        The file has more than ``max_bytes`` bytes.
    EmptyAudioError
        The file has no bytes.
    UnreadableAudioError
        There is no such file, or it cannot be read.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source[: max_bytes + 1])
    elif isinstance(source, str | os.PathLike):
        data = _read_path(source, max_bytes)
    else:
        data = _read_file_object(source, max_bytes)
    if not data:
        raise EmptyAudioError(
            "The file is empty: it has no bytes",
            expected=f"a recording as {READABLE_KINDS}",
            advice="Record it again, and check that the file was saved completely",
        )
    if len(data) > max_bytes:
        raise AudioTooLargeError(
            f"The file is larger than {max_bytes / 1024**2:,.4g} MB",
            expected=f"at most {max_bytes / 1024**2:,.4g} MB",
            advice="Cut out the part that matters, or export it as MP3, M4A or Opus",
        )
    return data


def _read_path(path: str | os.PathLike[str], max_bytes: int) -> bytes:
    # Only regular files: reading a named pipe could wait without end.
    if not os.path.isfile(path):
        is_other = os.path.exists(path)
        raise _unreadable_file(
            "That path is a folder, a pipe or a device" if is_other else "There is no file at that path"
        )
    try:
        with open(path, "rb") as file:
            return file.read(max_bytes + 1)
    except OSError as error:
        # Not chained, because the system's message contains the path.
        raise _unreadable_file(f"The file cannot be read: {error.strerror or 'unknown cause'}") from None


def _read_file_object(file: BinaryIO, max_bytes: int) -> bytes:
    try:
        position = file.tell() if file.seekable() else None
        if position is None:
            return _read_all(file, max_bytes)
        file.seek(0)
        data = _read_all(file, max_bytes)
        file.seek(position)
    except (OSError, ValueError, AttributeError, TypeError):
        # Raised by broken files, closed files, objects that are not files, and text files.
        raise _unreadable_file("The file object cannot be read") from None
    return data


def _read_all(file: BinaryIO, max_bytes: int) -> bytes:
    pieces, n_bytes = [], 0
    # A single read may return fewer bytes than requested when the data comes from a network.
    while n_bytes <= max_bytes and (piece := file.read(max_bytes + 1 - n_bytes)):
        pieces.append(piece)
        n_bytes += len(piece)
    return b"".join(pieces)


def _unreadable_file(problem: str) -> UnreadableAudioError:
    return UnreadableAudioError(
        problem,
        expected="a recording's path, its bytes, or a file opened for reading bytes",
        advice="Check that the path is right and that the file may be read",
    )
