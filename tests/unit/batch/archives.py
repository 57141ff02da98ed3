"""ZIP archives for tests: honest ones, and ones that lie about themselves."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Mapping

SYMLINK_MODE = stat.S_IFLNK | 0o777


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive with these files, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_link(name: str, target: str) -> bytes:
    """Return an archive whose only entry is a symbolic link."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system = 3
        info.external_attr = SYMLINK_MODE << 16
        archive.writestr(info, target)
    return buffer.getvalue()


def marked_encrypted(archive: bytes) -> bytes:
    """Return an archive with one file whose flags say that it is encrypted."""
    local, central = archive.index(b"PK\x03\x04"), archive.index(b"PK\x01\x02")
    changed = bytearray(archive)
    changed[local + 6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


def without_name(archive: bytes) -> bytes:
    """Return an archive with one file, whose name of one letter is taken away."""
    local, central = archive.index(b"PK\x03\x04"), archive.index(b"PK\x01\x02")
    changed = bytearray(archive)
    # From the end, so that the earlier places stay right.
    changed[central + 28] = 0
    del changed[central + 46]
    changed[local + 26] = 0
    del changed[local + 30]
    end = changed.index(b"PK\x05\x06")
    changed[end + 12 : end + 20] = struct.pack("<II", end - (central - 1), central - 1)
    return bytes(changed)


def claiming_size(archive: bytes, n_bytes: int) -> bytes:
    """Return an archive with one file whose directory claims another unpacked size than the file has."""
    local, central = archive.index(b"PK\x03\x04"), archive.index(b"PK\x01\x02")
    changed = bytearray(archive)
    changed[local + 22 : local + 26] = struct.pack("<I", n_bytes)
    changed[central + 24 : central + 28] = struct.pack("<I", n_bytes)
    return bytes(changed)
