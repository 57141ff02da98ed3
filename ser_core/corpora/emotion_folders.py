"""Any folder that has one sub-folder for each emotion: ``my recordings/Angry/whatever.m4a``."""

from __future__ import annotations

from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Skipped, Utterance
from ser_core.emotions import LABELS, to_label

CORPUS = "folder"
# A user's own folders can hold any of the eight emotions.
LABELS_OF = {CORPUS: LABELS}

_CONTRADICTION = "the folders around it name different emotions"


def read_folders(path: PurePosixPath) -> Reading:
    """Read the emotion of a file from the folders around it.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName, Skipped or None
        None where no folder around the file names one of the eight emotions. ``Skipped`` where folders name different
        ones: ``angry/joy/1.wav``. Speaker and sentence are unknown.
    """
    emotions = {label for folder in path.parents if (label := to_label(folder.name)) is not None}
    if not emotions:
        return None
    if len(emotions) > 1:
        return Skipped(str(path), _CONTRADICTION)
    utterance = Utterance(
        path=str(path), corpus=CORPUS, speaker=None, sex="unknown", emotion=emotions.pop(), sentence=None
    )
    # The file name alone does not identify the recording: folders can hold files with the same names, such as 1.wav.
    return ParsedName(utterance, str(path))
