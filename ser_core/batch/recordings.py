"""One recording of a batch: its name, how it is read, and what its name says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from ser_core.audio.file_types import AUDIO_SUFFIXES
from ser_core.audio.loading import Audio
from ser_core.corpora.file_walk import NOT_SOUND, SYSTEM_NAMES
from ser_core.corpora.utterance import Skipped

MAX_FILES = 200

_MAX_NAME = 200


@dataclass(frozen=True, eq=False)
class Recording:
    """One recording of a batch.

    Parameters
    ----------
    path : str
        Its name in tables: a path with forward slashes, or ``"-"`` for standard input.
    load : callable
        Returns the decoded clip. It is called when the clip's turn has come, so that a batch holds no sound.
    channel : int or None
        Number of the channel that is judged, counted from 1; None if the channels are mixed.
    emotion : str or None
        The true emotion, one of ``LABELS``; None where unknown.
    speaker : str or None
        Identifies the voice; None where unknown.
    label_note : str or None
        Why the emotion is unknown although its path or a table has words for one (``LabelRow.note``).
    track : int or None
        Number of the sound track that is judged, counted from 1; None for the first with sound.
    labels_path : str
        The part of its path that emotion and speaker are read from.
    """

    path: str
    load: Callable[[], Audio]
    channel: int | None = None
    emotion: str | None = None
    speaker: str | None = None
    label_note: str | None = None
    track: int | None = None
    labels_path: str = ""


# What a list of files gives, in the order of the list: a recording, or a file that is not one, with the reason.
Entry = Recording | Skipped


def readable_path(name: str) -> str:
    """Return a file's name as a text that can be shown: without control and format characters, and not too long.

    Parameters
    ----------
    name : str
        A path with forward slashes, from a visitor's file list or archive.
    """
    text = "".join(character for character in name if character.isprintable())
    return text if len(text) <= _MAX_NAME else f"{text[: _MAX_NAME // 2]}...{text[-_MAX_NAME // 2 :]}"


def is_system_file(path: PurePosixPath) -> bool:
    """Return whether a file or a folder around it is hidden, or was made by the operating system."""
    return any(part.startswith(".") or part.lower() in SYSTEM_NAMES for part in path.parts)


def why_not_sound(path: PurePosixPath) -> str | None:
    """Return why a file is not tried as a recording, by the ending of its name; None if it is."""
    return None if path.suffix.lower() in AUDIO_SUFFIXES else NOT_SOUND
