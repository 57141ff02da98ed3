"""ESD: ten Mandarin and ten English speakers, 350 sentences each, five emotions; ``0011/Angry/0011_000351.wav``.

Zhou, Sisman, Liu and Li, "Emotional voice conversion: Theory, databases and ESD", Speech Communication 137, 2022.
Some copies have folders ``train``, ``evaluation`` and ``test`` in those of the emotions. The layout is the published
one; it was not tried on the recordings. The sexes of the speakers are not in the names.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import LabelledName

CORPUS = "ESD"
LABELS_OF = {CORPUS: ("angry", "happy", "neutral", "sad", "surprise")}

_NAME = re.compile(r"(?P<speaker>00(0[1-9]|1\d|20))_(?P<number>\d{6})", re.ASCII)
_N_SENTENCES = 350


def read_name(path: PurePosixPath) -> LabelledName | None:
    """Parse a file name of ESD; the emotion is that of the folder.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.
    """
    match = _NAME.fullmatch(path.stem)
    folders = [folder.name.lower() for folder in path.parents]
    word = next((folder for folder in folders if folder in LABELS_OF[CORPUS]), None)
    if match is None or word is None:
        return None
    # The sentences are the same in each emotion, and are counted on from one emotion to the next.
    sentence = (int(match["number"]) - 1) % _N_SENTENCES + 1
    return LabelledName(CORPUS, f"{CORPUS}-{match['speaker']}", "unknown", word, str(sentence), path.stem)
