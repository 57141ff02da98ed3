"""EmoDB: ten German actors, ten sentences, seven emotions of which six are among ours; ``03a01Fa.wav``.

Burkhardt et al., "A Database of German Emotional Speech", Interspeech 2005.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import Reading, Recognised, Skipped, Utterance, in_label_order

CORPUS = "EmoDB"

# The initials of the German words.
_EMOTION = {"W": "angry", "E": "disgust", "A": "fear", "F": "happy", "N": "neutral", "T": "sad"}
_BOREDOM = "L"
LABELS_OF = {CORPUS: in_label_order(tuple(_EMOTION.values()))}

_SEX = {
    "03": "male",
    "08": "female",
    "09": "female",
    "10": "male",
    "11": "male",
    "12": "male",
    "13": "female",
    "14": "female",
    "15": "male",
    "16": "female",
}
_NAME = re.compile(rf"(?P<speaker>{'|'.join(_SEX)})(?P<sentence>[ab]\d{{2}})(?P<emotion>[WLEAFNT])[a-z]?", re.ASCII)


def read_name(path: PurePosixPath) -> Reading:
    """Return what EmoDB makes of a file.

    Parameters
    ----------
    path : PurePosixPath
        Relative to the data folder.

    Returns
    -------
    Recognised, Skipped or None
        None where the name is not one of EmoDB's.
    """
    match = _NAME.fullmatch(path.stem)
    if match is None:
        return None
    if match["emotion"] == _BOREDOM:
        return Skipped(str(path), "boredom has no counterpart among the eight labels")
    utterance = Utterance(
        path=str(path),
        corpus=CORPUS,
        speaker=f"{CORPUS}-{match['speaker']}",
        sex=_SEX[match["speaker"]],
        emotion=_EMOTION[match["emotion"]],
        sentence=match["sentence"],
    )
    return Recognised(utterance, path.stem)
