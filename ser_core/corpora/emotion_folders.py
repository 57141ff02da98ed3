"""Any folder with one sub-folder an emotion: ``my recordings/Angry/whatever.m4a``."""

from __future__ import annotations

from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Utterance
from ser_core.emotions import LABELS, to_label

CORPUS = "folder"
# Which of the eight somebody's own folder may hold cannot be known beforehand.
LABELS_OF = {CORPUS: LABELS}


def read_folders(path: PurePosixPath) -> Reading:
    """Return what the folders around a file say of it, the nearest one that names an emotion first.

    Parameters
    ----------
    path : PurePosixPath
        Relative to the data folder.

    Returns
    -------
    ParsedName or None
        None where no folder around it names one of the eight emotions. Speaker and sentence stay unknown.
    """
    emotion = next(filter(None, (to_label(folder.name) for folder in path.parents)), None)
    if emotion is None:
        return None
    utterance = Utterance(path=str(path), corpus=CORPUS, speaker=None, sex="unknown", emotion=emotion, sentence=None)
    # Other people number their files anew in every folder, so the folders belong to the recording's name.
    return ParsedName(utterance, str(path.with_suffix("")))
