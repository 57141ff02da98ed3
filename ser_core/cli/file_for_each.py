"""One file for each recording, in a folder with the same folders inside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ser_core.batch.recordings import Recording

# A name may have 255 bytes. The rest is for the channel, the ending, and the ending of an incomplete file.
_MAX_NAME_BYTES = 200
_DIGEST_LETTERS = 8


def paths_in_folder(folder: Path, recordings: Iterable[Recording], suffix: str) -> dict[Recording, Path]:
    """Return the file of each recording in a folder. No two have the same one.

    Recordings of different folders may ask for the same file: ``a/1.wav`` and ``../a/1.wav``. The first gets it, and
    the next ones get ``~2``, ``~3`` ... in their names, so that the same command finds the same files again.

    Parameters
    ----------
    folder : Path
        The folder of all files.
    recordings : iterable of Recording
        The recordings, in order. A path may be absolute, or lead out of a folder; the file is always below ``folder``.
    suffix : str
        The ending of the files, without the dot.
    """
    paths: dict[Recording, Path] = {}
    taken: set[str] = set()
    for recording in recordings:
        channel = "" if recording.channel is None else f".{recording.channel}"
        given = Path(recording.path)
        *folders, name = (_shortened(part) for part in given.parts if part not in ("..", given.anchor))
        place, number = folder.joinpath(*folders), 1
        path = place / f"{name}{channel}.{suffix}"
        # Some disks take upper and lower case for the same.
        while str(path).casefold() in taken:
            number += 1
            path = place / f"{name}{channel}~{number}.{suffix}"
        taken.add(str(path).casefold())
        paths[recording] = path
    return paths


def _shortened(part: str) -> str:
    content = part.encode("utf-8", "surrogateescape")
    if len(content) <= _MAX_NAME_BYTES:
        return part
    digest = hashlib.sha256(content).hexdigest()[:_DIGEST_LETTERS]
    return f"{content[: _MAX_NAME_BYTES - 1 - _DIGEST_LETTERS].decode('utf-8', 'ignore')}~{digest}"
