"""nEMO: nine Polish speakers, 90 sentences, six emotions; ``WR0_surprised_64.wav``.

Christop, "nEMO: Dataset of Emotional Speech in Polish", LREC-COLING 2024.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Utterance, in_label_order
from ser_core.emotions import to_label

CORPUS = "nEMO"
LABELS_OF = {CORPUS: in_label_order(("anger", "fear", "happiness", "neutral", "sadness", "surprised"))}

_NAME = re.compile(
    r"(?P<speaker>[A-Z]{2}\d)_(?P<emotion>anger|fear|happiness|neutral|sadness|surprised)_(?P<sentence>\d{1,2})",
    re.ASCII,
)
# From the corpus's data.tsv, which lists seven of the nine speakers; in code, so that a folder without that
# table tells as much.
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
    """Return what nEMO makes of a file.

    Parameters
    ----------
    path : PurePosixPath
        Relative to the data folder.

    Returns
    -------
    ParsedName or None
        None where the name is not one of nEMO's.
    """
    match = _NAME.fullmatch(path.stem)
    if match is None:
        return None
    utterance = Utterance(
        path=str(path),
        corpus=CORPUS,
        speaker=f"{CORPUS}-{match['speaker']}",
        sex=_SEX.get(match["speaker"], "unknown"),
        emotion=to_label(match["emotion"]),
        sentence=match["sentence"],
    )
    return ParsedName(utterance, path.stem)
