"""SUBESCO: twenty Bangla speakers, ten sentences, seven emotions; ``F_01_OISHI_S_1_ANGRY_1.wav``.

Sultana, Rahman, Selim and Iqbal, "SUST Bangla Emotional Speech Corpus (SUBESCO)", PLoS ONE 16(4), 2021. The layout is
the published one; it was not tried on the recordings.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import LabelledName

CORPUS = "SUBESCO"
LABELS_OF = {CORPUS: ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")}

# Sex, number and name of the speaker, S for sentence and its number, emotion, take.
_NAME = re.compile(
    r"(?P<speaker>(?P<sex>[FM])_\d{2})_[A-Z]+_S_(?P<sentence>\d{1,2})_"
    r"(?P<emotion>ANGRY|DISGUST|FEAR|HAPPY|NEUTRAL|SAD|SURPRISE)_\d",
    re.ASCII | re.IGNORECASE,
)
_SEX = {"F": "female", "M": "male"}


def read_name(path: PurePosixPath) -> LabelledName | None:
    """Parse a file name of SUBESCO.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.
    """
    recording = path.stem.upper()
    match = _NAME.fullmatch(recording)
    if match is None:
        return None
    speaker = f"{CORPUS}-{match['speaker']}"
    return LabelledName(CORPUS, speaker, _SEX[match["sex"]], match["emotion"].lower(), match["sentence"], recording)
