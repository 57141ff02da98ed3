"""nEMO: nine Polish speakers, 90 sentences, six emotions; ``WR0_surprised_64.wav``.

Christop, "nEMO: Dataset of Emotional Speech in Polish", LREC-COLING 2024.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Utterance, in_label_order

CORPUS = "nEMO"

_EMOTION = {
    "anger": "angry",
    "fear": "fear",
    "happiness": "happy",
    "neutral": "neutral",
    "sadness": "sad",
    "surprised": "surprise",
}
LABELS_OF = {CORPUS: in_label_order(_EMOTION.values())}

_NAME = re.compile(
    r"(?P<speaker>[A-Z]{2}\d)_(?P<emotion>anger|fear|happiness|neutral|sadness|surprised)_(?P<sentence>\d{1,2})",
    re.ASCII,
)
# From the corpus' data.tsv, which lists seven of the nine speakers. Stored here, so that a data folder without that
# table gives the same result.
_SEX = {
    "EB0": "female",
    "IC0": "female",
    "KD0": "female",
    "KS0": "male",
    "SM0": "male",
    "TP0": "male",
    "WR0": "male",
}


def read_name(path: PurePosixPath) -> Reading:
    """Parse a file name of nEMO.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName or None
        None where the name does not follow nEMO's rules.
    """
    match = _NAME.fullmatch(path.stem)
    if match is None:
        return None
    utterance = Utterance(
        path=str(path),
        corpus=CORPUS,
        speaker=f"{CORPUS}-{match['speaker']}",
        sex=_SEX.get(match["speaker"], "unknown"),
        emotion=_EMOTION[match["emotion"]],
        sentence=match["sentence"],
    )
    return ParsedName(utterance, path.stem)
