"""The right to train on this host: of several servers on one host, one has it at a time.

It is a lock on a file. The system removes the lock of a process that ends, so a killed server blocks no other.
Containers with temporary folders of their own count as hosts of their own.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

# Not the package filelock: it takes no file of another user in the temporary folder, and no host has it installed.
_NAME = "how-does-it-sound-training.lock"

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class HostTurn:
    """The right to train, as one process sees it. Its methods must not be called from two threads at a time.

    Parameters
    ----------
    path : Path, optional
        The file of the lock; one in the system's temporary folder unless it is given.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or Path(tempfile.gettempdir()) / _NAME
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the right to train.

        Returns
        -------
        bool
            False while another process has it. True also where no file can be made: then there is no lock.
        """
        if self._descriptor is not None:
            return True
        try:
            descriptor = self._open()
        except OSError:
            return True
        try:
            _lock(descriptor)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def give_back(self) -> None:
        """Let another process train; without effect if this one does not have the right."""
        if self._descriptor is not None:
            # Closing the file ends the lock.
            os.close(self._descriptor)
            self._descriptor = None

    def is_elsewhere(self) -> bool:
        """Return whether another process has the right to train now."""
        is_own = self._descriptor is not None
        is_free = self.take()
        if not is_own:
            self.give_back()
        return not is_free

    def _open(self) -> int:
        with suppress(OSError):
            # Another user's file in the temporary folder: reading it is enough for a lock.
            return os.open(self._path, os.O_RDONLY)
        return os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
