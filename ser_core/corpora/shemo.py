"""ShEMO: 87 Persian speakers of radio plays, six emotions; ``F01A01.wav``.

Mohamad Nezami, Jamshid Lou and Karami, "ShEMO: a large-scale validated database for Persian speech emotion detection",
Language Resources and Evaluation 53, 2019. The layout is the published one; it was not tried on the recordings.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import LabelledName

CORPUS = "ShEMO"

_EMOTION = {"A": "anger", "F": "fear", "H": "happiness", "N": "neutral", "S": "sadness", "W": "surprise"}
LABELS_OF = {CORPUS: ("angry", "fear", "happy", "neutral", "sad", "surprise")}

_NAME = re.compile(r"(?P<speaker>(?P<sex>[FM])\d{2})(?P<emotion>[AFHNSW])\d{2,3}", re.ASCII)
_SEX = {"F": "female", "M": "male"}


def read_name(path: PurePosixPath) -> LabelledName | None:
    """Parse a file name of ShEMO.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.
    """
    match = _NAME.fullmatch(path.stem)
    if match is None:
        return None
    speaker = f"{CORPUS}-{match['speaker']}"
    return LabelledName(CORPUS, speaker, _SEX[match["sex"]], _EMOTION[match["emotion"]], None, path.stem)
