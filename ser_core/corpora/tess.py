"""TESS: two women, 200 words in one carrier sentence, seven emotions; ``OAF_back_angry.wav``.

Pichora-Fuller and Dupuis, "Toronto emotional speech set (TESS)", University of Toronto, 2010.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Utterance, in_label_order

CORPUS = "TESS"

# "ps" stands for "pleasant surprise".
_EMOTION = {
    "angry": "angry",
    "disgust": "disgust",
    "fear": "fear",
    "happy": "happy",
    "neutral": "neutral",
    "ps": "surprise",
    "sad": "sad",
}
LABELS_OF = {CORPUS: in_label_order(_EMOTION.values())}

# One published name, OA_bite_neutral, lacks the F of its speaker.
_NAME = re.compile(
    r"(?P<speaker>OAF?|YAF)_(?P<word>[a-z]+)_(?P<emotion>angry|disgust|fear|happy|neutral|ps|sad)",
    re.ASCII | re.IGNORECASE,
)


def read_name(path: PurePosixPath) -> Reading:
    """Parse a file name of TESS.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName or None
        None where the name does not follow TESS's rules.
    """
    match = _NAME.fullmatch(path.stem)
    if match is None:
        return None
    speaker, word = match["speaker"].upper().ljust(3, "F"), match["word"].lower()
    utterance = Utterance(
        path=str(path),
        corpus=CORPUS,
        speaker=f"{CORPUS}-{speaker}",
        sex="female",
        emotion=_EMOTION[match["emotion"].lower()],
        sentence=word,
    )
    return ParsedName(utterance, f"{speaker}_{word}_{match['emotion'].lower()}")
