"""EMOVO: six Italian actors, fourteen sentences, seven emotions; ``gio-f1-b1.wav``.

Costantini et al., "EMOVO Corpus: an Italian Emotional Speech Database", LREC 2014.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Utterance, in_label_order

CORPUS = "EMOVO"

_EMOTION = {
    "dis": "disgust",
    "gio": "happy",
    "neu": "neutral",
    "pau": "fear",
    "rab": "angry",
    "sor": "surprise",
    "tri": "sad",
}
LABELS_OF = {CORPUS: in_label_order(_EMOTION.values())}

_NAME = re.compile(
    r"(?P<emotion>dis|gio|neu|pau|rab|sor|tri)-(?P<speaker>(?P<sex>[fm])[1-3])-(?P<sentence>[a-z]\d)",
    re.ASCII,
)
_SEX = {"f": "female", "m": "male"}


def read_name(path: PurePosixPath) -> Reading:
    """Parse a file name of EMOVO.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName or None
        None where the name does not follow EMOVO's rules.
    """
    recording = path.stem.lower()
    match = _NAME.fullmatch(recording)
    if match is None:
        return None
    utterance = Utterance(
        path=str(path),
        corpus=CORPUS,
        speaker=f"{CORPUS}-{match['speaker']}",
        sex=_SEX[match["sex"]],
        emotion=_EMOTION[match["emotion"]],
        sentence=match["sentence"],
    )
    return ParsedName(utterance, recording)
