"""A ZIP archive of recordings, read without trust in what it says about itself.

Nothing is written to a disk: each recording is unpacked into memory when its turn comes, and dropped after it. Sizes
are counted while unpacking, because the sizes in an archive's own directory can be wrong.
"""

from __future__ import annotations

import io
import os
import re
import stat
import threading
import weakref
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import BinaryIO

from ser_core.audio.limits import DEFAULT_LIMITS
from ser_core.errors import ArchiveError

ZIP_START = b"PK\x03\x04"
ARCHIVE_SUFFIXES = frozenset((".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip", ".zst"))

_PIECE_BYTES = 64 * 1024

# Recordings become 1.1 to 3 times smaller in a ZIP archive. Digital silence becomes a thousand times smaller, but a few
# seconds of it have less than this many bytes.
_MAX_RATIO = 100
_RATIO_FROM_BYTES = 1024**2

# Other methods are rare, and LZMA may allocate gigabytes for its dictionary.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
# "C:" at the beginning of a path. A colon elsewhere is allowed: "10:30.wav" is a name on Linux and macOS.
_DRIVE = re.compile("[A-Za-z]:")

# What zipfile and zlib raise for archives that are damaged, encrypted or packed with an unknown method.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


@dataclass(frozen=True)
class ArchiveLimits:
    """Limits for one archive.

    Parameters
    ----------
    max_file_bytes : int
        Larger files in it are refused.
    max_total_bytes : int
        No more than this is unpacked from one archive.
    max_directory_bytes : int
        Archives with a larger directory are refused: it is read in one piece, and each of its entries, of 46 bytes or
        more, becomes an object.
    """

    max_file_bytes: int = DEFAULT_LIMITS.max_bytes
    max_total_bytes: int = 1024**3
    max_directory_bytes: int = 1024**2


DEFAULT_ARCHIVE_LIMITS = ArchiveLimits()


@dataclass
class Archive:
    """An open ZIP archive; safe to share between threads.

    Parameters
    ----------
    file : zipfile.ZipFile
        The archive.
    limits : ArchiveLimits
        Limits on what is unpacked.
    """

    file: zipfile.ZipFile
    limits: ArchiveLimits
    _unpacked_bytes: dict[zipfile.ZipInfo, int] = field(default_factory=dict)
    # The sum of these. It is kept, because an archive may have thousands of files.
    _total_bytes: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def members(self) -> Iterator[tuple[PurePosixPath, zipfile.ZipInfo]]:
        """Yield the name of each file in the archive, and its entry; no folders."""
        for info in self.file.infolist():
            # Not ``info.is_dir()``, which fails for an empty name.
            if not info.filename.endswith("/"):
                yield PurePosixPath(info.filename.replace("\\", "/")), info

    def read(self, info: zipfile.ZipInfo) -> bytes:
        """Unpack one file.

        Parameters
        ----------
        info : zipfile.ZipInfo
            Its entry, for which ``why_refused`` returns None.

        Raises
        ------
        ArchiveError
            The file is damaged, larger than the limits, or larger than its packed size can explain.
        """
        pieces, n_bytes = [], 0
        for piece in self._pieces(info):
            n_bytes += len(piece)
            self._check(info, n_bytes, self._count(info, n_bytes))
            pieces.append(piece)
        return b"".join(pieces)

    def _pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self.file.open(info) as member:
                while piece := member.read(_PIECE_BYTES):
                    yield piece
        except _DAMAGED:
            # Not chained, because the message contains the file's name.
            raise ArchiveError(
                "The file is damaged in the archive",
                expected="a file that unpacks without an error",
                advice="Make the archive again",
            ) from None

    def _count(self, info: zipfile.ZipInfo, n_bytes: int) -> int:
        """Count the unpacked bytes of one file, and return those of all files."""
        with self._lock:
            # A file that is read twice, as for a voice profile, counts once; two files with the same name count twice.
            earlier_bytes = self._unpacked_bytes.get(info, 0)
            self._unpacked_bytes[info] = max(n_bytes, earlier_bytes)
            self._total_bytes += self._unpacked_bytes[info] - earlier_bytes
            return self._total_bytes

    def _check(self, info: zipfile.ZipInfo, n_bytes: int, total_bytes: int) -> None:
        if n_bytes > self.limits.max_file_bytes:
            raise _too_large("The file unpacks to more", self.limits.max_file_bytes)
        if total_bytes > self.limits.max_total_bytes:
            raise _too_large("All files of the archive unpack to more", self.limits.max_total_bytes)
        if n_bytes > _RATIO_FROM_BYTES and n_bytes > _MAX_RATIO * max(info.compress_size, 1):
            raise ArchiveError(
                f"The file unpacks to more than {_MAX_RATIO} times its packed size",
                expected="a recording, which a ZIP archive makes two or three times smaller",
                advice="Check what the file is",
            )


def _too_large(problem: str, limit_bytes: int) -> ArchiveError:
    return ArchiveError(
        f"{problem} than {limit_bytes / 1024**2:,.0f} MB",
        expected=f"at most {limit_bytes / 1024**2:,.0f} MB",
        advice="Leave out what is not needed, or export the recordings as MP3, M4A or Opus",
    )


def why_refused(path: PurePosixPath, info: zipfile.ZipInfo) -> str | None:
    """Return why a file in an archive is not unpacked; None if it may be.

    Parameters
    ----------
    path : PurePosixPath
        Its name.
    info : zipfile.ZipInfo
        Its entry.
    """
    if not path.parts:
        return "it has no name"
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in path.parts or _DRIVE.match(name) or "\0" in name:
        return "its name leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link to another file"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted: make the archive without a password"
    if path.suffix.lower() in ARCHIVE_SUFFIXES:
        return "it is an archive inside the archive: unpack it first"
    if info.compress_type not in _METHODS:
        return "it is packed by a method that is not read: make the archive with the usual method, Deflate"
    return None


def open_archive(
    source: str | os.PathLike[str] | bytes | BinaryIO, limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS
) -> Archive:
    """Open a ZIP archive; only its directory is read.

    Parameters
    ----------
    source : path, bytes or binary file object
        The archive. A path is open for as long as the archive exists.
    limits : ArchiveLimits
        Limits on what is unpacked from it.

    Raises
    ------
    ArchiveError
        The file is not a ZIP archive, or its directory is damaged or too large.
    """
    own_file: BinaryIO | None = None
    try:
        if isinstance(source, bytes):
            source = io.BytesIO(source)
        elif isinstance(source, str | os.PathLike):
            source = own_file = open(source, "rb")  # noqa: SIM115
        archive = Archive(zipfile.ZipFile(_LimitedReads(source, limits.max_directory_bytes)), limits)
        if own_file is not None:
            weakref.finalize(archive, own_file.close)
        return archive
    except _DAMAGED:
        if own_file is not None:
            own_file.close()
        raise ArchiveError(
            "The archive cannot be opened",
            expected="a ZIP archive with a few hundred recordings",
            advice="Make the archive again; RAR, 7z and TAR are not read",
        ) from None


class _LimitedReads:
    """A file whose single reads are limited, because zipfile reads the whole directory in one of them."""

    def __init__(self, file: BinaryIO, max_read_bytes: int) -> None:
        self._file = file
        self._max_read_bytes = max_read_bytes

    def read(self, size: int = -1) -> bytes:
        if size > self._max_read_bytes:
            raise zipfile.BadZipFile
        return self._file.read(size)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True
