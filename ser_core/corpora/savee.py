"""SAVEE: four men, 120 sentences each; ``DC_a01.wav``, or ``DC/a01.wav`` in the original archive.

Haq and Jackson, "Speaker-dependent audio-visual emotion recognition", AVSP 2009.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Utterance, in_label_order

CORPUS = "SAVEE"

_EMOTION = {
    "a": "angry",
    "d": "disgust",
    "f": "fear",
    "h": "happy",
    "n": "neutral",
    "sa": "sad",
    "su": "surprise",
}
LABELS_OF = {CORPUS: in_label_order(_EMOTION.values())}

_NAME = re.compile(r"(?P<speaker>DC|JE|JK|KL)_(?P<sentence>(?P<emotion>sa|su|[adfhn])\d{2})", re.ASCII | re.IGNORECASE)


def read_name(path: PurePosixPath) -> Reading:
    """Parse a file name of SAVEE.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName or None
        None where the name does not follow SAVEE's rules.
    """
    match = _NAME.fullmatch(path.stem) or _NAME.fullmatch(f"{path.parent.name}_{path.stem}")
    if match is None:
        return None
    speaker, sentence = match["speaker"].upper(), match["sentence"].lower()
    utterance = Utterance(
        path=str(path),
        corpus=CORPUS,
        speaker=f"{CORPUS}-{speaker}",
        sex="male",
        emotion=_EMOTION[match["emotion"].lower()],
        sentence=sentence,
    )
    return ParsedName(utterance, f"{speaker}_{sentence}")
