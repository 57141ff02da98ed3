"""Names that a computer gives to a copy of a file: ``"1.wav"`` becomes ``"1 (1).wav"`` or ``"Copy of 1.wav"``."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_PREFIX = re.compile(r"copy (?:\(\d+\) )?of ", re.ASCII | re.IGNORECASE)
_SUFFIX = re.compile(r"(?: ?\(\d+\)|(?: - |[ _-])copy(?:[ _-]?\d+)?)$", re.ASCII | re.IGNORECASE)


def original_name(path: PurePosixPath) -> PurePosixPath:
    """Return the path with the file name that the file had before it was copied.

    Parameters
    ----------
    path : PurePosixPath
        Path of a file.

    Returns
    -------
    PurePosixPath
        The same path where the name is not that of a copy.
    """
    stem = path.stem
    while (shorter := _SUFFIX.sub("", _PREFIX.sub("", stem, count=1)).strip()) not in ("", stem):
        stem = shorter
    return path.with_name(stem + path.suffix)
