"""One file for each recording, in a folder with the same folders inside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ser_core.batch.recordings import Recording


def path_in_folder(folder: Path, recording: Recording, suffix: str) -> Path:
    """Return the file of a recording in a folder.

    Parameters
    ----------
    folder : Path
        The folder of all files.
    recording : Recording
        The recording. Its path may be absolute, or lead out of a folder; the file is always below ``folder``.
    suffix : str
        The ending of the file, without the dot.
    """
    channel = "" if recording.channel is None else f".{recording.channel}"
    names = [part for part in Path(recording.path).parts if part not in ("..", Path(recording.path).anchor)]
    return folder.joinpath(*names[:-1], f"{names[-1]}{channel}.{suffix}")
