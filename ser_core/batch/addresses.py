"""Recordings at addresses (``s3://``, ``https://`` ...), read through the package fsspec.

fsspec has a package of its own for some kinds of address: s3fs for ``s3://``, aiohttp for ``https://``.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from ser_core.audio.file_types import AUDIO_SUFFIXES
from ser_core.audio.limits import DEFAULT_LIMITS
from ser_core.audio.sources import read_bytes
from ser_core.errors import StorageError, UnreadableAudioError

_MARK = "://"
_PATTERN = "*"
_WEB = ("http://", "https://")


def is_address(path: str) -> bool:
    """Return whether a text is an address, and not the path of a file on this machine."""
    return _MARK in path


def path_in(address: str) -> str:
    """Return an address without the query of a web address: a signed link ends in ``.wav?signature=...``."""
    if not address.startswith(_WEB):
        # In other addresses, a question mark is a part of the name.
        return address
    return address.partition("?")[0].partition("#")[0]


def labels_path_in(given: str, address: str) -> str:
    """Return the part of an address that labels are read from, as for files: from the folder that was given on.

    Parameters
    ----------
    given : str
        The argument: a folder, a pattern, or the recording itself.
    address : str
        The address of a recording that it stands for.
    """
    folder, path = (PurePosixPath(path_in(text).partition(_MARK)[2].strip("/")) for text in (given, address))
    if folder in path.parents:
        return f"{folder.name}/{path.relative_to(folder)}"
    return path.name


def list_addresses(address: str) -> list[str]:
    """Return the addresses of recordings that an argument stands for, sorted.

    Parameters
    ----------
    address : str
        The address of a recording, which is returned unread; a pattern with ``*``; or a folder, for every recording
        below it.

    Raises
    ------
    StorageError
        If fsspec, or its package for this kind of address, is not installed, or the folder cannot be read, or has no
        recording.
    """
    is_pattern = _PATTERN in address
    if not is_pattern and PurePosixPath(path_in(address)).suffix.lower() in AUDIO_SUFFIXES:
        _fsspec()
        return [address]
    core = _fsspec().core
    try:
        system, path = core.url_to_fs(address)
        paths = system.glob(path) if is_pattern else system.find(path)
    except Exception as error:
        # Each kind of address raises exceptions of its own package.
        raise StorageError(
            f"The folder at this address cannot be read ({type(error).__name__})",
            expected="an address that fsspec can list, and its package (s3fs for s3, aiohttp for https)",
            advice="Check the address and the access rights",
        ) from error
    sound = [path for path in paths if PurePosixPath(path).suffix.lower() in AUDIO_SUFFIXES]
    if not sound:
        raise StorageError(
            "There is no audio file at this address",
            expected="a folder or a pattern with recordings",
            advice="Check the address",
        )
    return sorted(str(system.unstrip_protocol(path)) for path in sound)


def read_address(address: str) -> bytes:
    """Return the content of a recording at an address.

    Parameters
    ----------
    address : str
        The address of a file.

    Raises
    ------
    AudioTooLargeError
        The file exceeds the size limit of ``load_audio``.
    UnreadableAudioError
        The file cannot be read.
    """
    try:
        with _fsspec().open(address, "rb") as file:
            content = file.read(DEFAULT_LIMITS.max_bytes + 1)
    except StorageError:
        raise
    except Exception as error:
        # Not chained, because the message of the other package contains the address.
        raise UnreadableAudioError(
            f"The address cannot be read ({type(error).__name__})",
            expected="a readable recording, and fsspec's package for the address (s3fs for s3, aiohttp for https)",
            advice="Check the address and the access rights",
        ) from None
    return read_bytes(content, DEFAULT_LIMITS.max_bytes)


def _fsspec() -> Any:
    try:
        import fsspec
    except ModuleNotFoundError:
        raise StorageError(
            "Addresses are read through the package fsspec, which is not installed",
            expected="fsspec, or paths of files on this machine",
            advice="Install it with pip install fsspec, or download the recordings first",
        ) from None
    return fsspec
