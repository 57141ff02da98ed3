"""EmoDB: ten German actors, ten sentences, seven emotions, six of them among the eight labels; ``03a01Fa.wav``.

Burkhardt et al., "A Database of German Emotional Speech", Interspeech 2005.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from ser_core.corpora.utterance import ParsedName, Reading, Skipped, Utterance, in_label_order
from ser_core.errors import CorpusError

CORPUS = "EmoDB"

# The codes are the initials of the German words.
_EMOTION = {"W": "angry", "E": "disgust", "A": "fear", "F": "happy", "N": "neutral", "T": "sad"}
_BOREDOM = "L"
LABELS_OF = {CORPUS: in_label_order(_EMOTION.values())}

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
    """Parse a file name of EmoDB.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.

    Returns
    -------
    ParsedName, Skipped or None
        None where the name does not follow EmoDB's rules. ``Skipped`` for boredom, which is no label here.
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
    return ParsedName(utterance, path.stem)


def listener_rates(table_file: Path) -> dict[str, float]:
    """Read the share of EmoDB's listeners who recognised each clip's emotion.

    Parameters
    ----------
    table_file : Path
        The corpus' own ``erkennung.txt``: Latin-1, tab-separated, with decimal commas.

    Returns
    -------
    dict of str to float
        Share of listeners, 0 to 1, by clip name without ``.wav``.

    Raises
    ------
    CorpusError
        If the table is missing or damaged.
    """
    try:
        lines = table_file.read_text(encoding="latin-1").splitlines()[1:]
        rows = [line.split("\t") for line in lines if line.strip()]
        return {row[1].strip().removesuffix(".wav"): float(row[2].strip().replace(",", ".")) / 100.0 for row in rows}
    except (OSError, ValueError, IndexError) as error:
        raise CorpusError(
            "EmoDB's table of listeners is missing or damaged",
            expected="erkennung.txt in EmoDB's folder",
            advice="Unpack EmoDB again",
        ) from error
