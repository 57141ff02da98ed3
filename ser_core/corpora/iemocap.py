"""IEMOCAP: ten actors in pairs, dialogues in turns; ``Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M003.wav``.

Busso et al., "IEMOCAP: Interactive emotional dyadic motion capture database", Language Resources and Evaluation 42(4),
2008. The emotion that most listeners chose is in ``Session1/dialog/EmoEvaluation/Ses01F_impro01.txt``, one line for
each turn. The layout is the published one; it was not tried on the recordings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from ser_core.corpora.utterance import LabelledName, NameReader

CORPUS = "IEMOCAP"

_EMOTION = {
    "ang": "anger",
    "dis": "disgust",
    "exc": "excited",
    "fea": "fear",
    "fru": "frustrated",
    "hap": "happiness",
    "neu": "neutral",
    "oth": "other",
    "sad": "sadness",
    "sur": "surprise",
    "xxx": "no agreement",
}
LABELS_OF = {CORPUS: ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")}

_LABELS_FOLDER = "EmoEvaluation"
# [start - end], turn, emotion, [valence, activation, dominance].
_LINE = re.compile(r"\[[^\]]*\]\s+(?P<turn>Ses\w+)\s+(?P<code>[a-z]{3})\s", re.ASCII)
# The first F or M is the actor with the markers, the second the one who speaks.
_TURN = re.compile(r"Ses(?P<session>0[1-5])[FM]_\w+_(?P<sex>[FM])[X\d]*", re.ASCII)
_SEX = {"F": "female", "M": "male"}


def read_tables(root: Path, paths: Sequence[PurePosixPath]) -> NameReader:
    """Read the labels of all dialogues.

    Parameters
    ----------
    root : Path
        The data folder.
    paths : sequence of PurePosixPath
        The files in it that are no sound.

    Returns
    -------
    callable
        Reads the name of a turn.
    """
    word_of: dict[str, str] = {}
    for path in paths:
        if path.parent.name == _LABELS_FOLDER and path.suffix == ".txt":
            text = (root / path).read_text(encoding="utf-8", errors="replace")
            word_of.update((line["turn"], _EMOTION.get(line["code"], line["code"])) for line in _LINE.finditer(text))

    def read_name(path: PurePosixPath) -> LabelledName | None:
        match = _TURN.fullmatch(path.stem)
        if match is None or path.stem not in word_of:
            return None
        speaker = f"{CORPUS}-{match['session']}{match['sex']}"
        return LabelledName(CORPUS, speaker, _SEX[match["sex"]], word_of[path.stem], None, path.stem)

    return read_name
