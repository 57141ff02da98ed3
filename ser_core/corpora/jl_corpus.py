"""JL-Corpus: two women and two men from New Zealand, ten emotions; ``male1_angry_1a_1.wav``.

James, Tian and Watson, "An Open Source Emotional Speech Corpus for Human Robot Interaction Applications", Interspeech
2018. Four of the emotions are among the eight labels. The layout is the published one; it was not tried on the
recordings.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ser_core.corpora.utterance import LabelledName

CORPUS = "JL-Corpus"
LABELS_OF = {CORPUS: ("angry", "happy", "neutral", "sad")}

_NAME = re.compile(
    r"(?P<speaker>(?P<sex>female|male)[12])_(?P<emotion>[a-z]+)_(?P<sentence>\d{1,2}[a-z])_\d",
    re.ASCII | re.IGNORECASE,
)


def read_name(path: PurePosixPath) -> LabelledName | None:
    """Parse a file name of JL-Corpus.

    Parameters
    ----------
    path : PurePosixPath
        Path relative to the data folder.
    """
    recording = path.stem.lower()
    match = _NAME.fullmatch(recording)
    if match is None:
        return None
    speaker = f"{CORPUS}-{match['speaker']}"
    return LabelledName(CORPUS, speaker, match["sex"], match["emotion"], match["sentence"], recording)
