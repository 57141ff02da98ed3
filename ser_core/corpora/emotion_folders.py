"""Any folder that has one sub-folder for each emotion: ``my recordings/Angry/whatever.m4a``."""

from __future__ import annotations

from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Utterance
from ser_core.emotions import LABELS, to_label

CORPUS = "folder"
# A user's own folders can hold any of the eight emotions.
LABELS_OF = {CORPUS: LABELS}


def read_folders(path: PurePosixPath) -> Reading:
    """Read the emotion of a file from the nearest folder around it that names an emotion.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName or None
        None where no folder around the file names one of the eight emotions. Speaker and sentence are unknown.
    """
    emotion = next((label for folder in path.parents if (label := to_label(folder.name)) is not None), None)
    if emotion is None:
        return None
    utterance = Utterance(path=str(path), corpus=CORPUS, speaker=None, sex="unknown", emotion=emotion, sentence=None)
    # People number their files anew in every folder, so the folders are a part of the recording's name.
    return ParsedName(utterance, str(path.with_suffix("")))
