"""MELD: scenes of the series Friends, seven emotions; ``train_splits/dia0_utt0.mp4``.

Poria et al., "MELD: A Multimodal Multi-Party Dataset for Emotion Recognition in Conversations", ACL 2019. The labels
are in ``train_sent_emo.csv``, ``dev_sent_emo.csv`` and ``test_sent_emo.csv``. The three parts have the same file names,
so the part is read from the names of the folders: the published ones are ``train_splits``, ``dev_splits_complete`` and
``output_repeated_splits_test``. The layout is the published one; it was not tried on the recordings.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from ser_core.corpora.utterance import LabelledName, NameReader

CORPUS = "MELD"
LABELS_OF = {CORPUS: ("angry", "disgust", "fear", "happy", "neutral", "sad", "surprise")}

_TABLE = re.compile(r"(?P<part>train|dev|test)_sent_emo\.csv")
_PART = re.compile(r"(?<![a-z])(train|dev|test)(?![a-z])", re.IGNORECASE)
_NAME = re.compile(r"dia(?P<dialogue>\d+)_utt(?P<utterance>\d+)", re.ASCII)


def read_tables(root: Path, paths: Sequence[PurePosixPath]) -> NameReader:
    """Read the tables of the three parts.

    Parameters
    ----------
    root : Path
        The data folder.
    paths : sequence of PurePosixPath
        The files in it that are no sound.

    Returns
    -------
    callable
        Reads the name of an utterance.
    """
    row_of: dict[tuple[str, str, str], dict[str, str]] = {}
    for path in paths:
        if match := _TABLE.fullmatch(path.name):
            text = (root / path).read_text(encoding="utf-8-sig", errors="replace")
            for row in csv.DictReader(io.StringIO(text)):
                row_of[match["part"], row.get("Dialogue_ID", ""), row.get("Utterance_ID", "")] = row

    def read_name(path: PurePosixPath) -> LabelledName | None:
        match = _NAME.fullmatch(path.stem)
        # The innermost folder first.
        parts = [part[1].lower() for folder in path.parents if (part := _PART.search(folder.name))]
        row = row_of.get((parts[0], match["dialogue"], match["utterance"])) if match and parts else None
        if row is None or not row.get("Emotion") or not row.get("Speaker"):
            return None
        recording = f"{parts[0]}_{path.stem}"
        return LabelledName(CORPUS, f"{CORPUS}-{row['Speaker']}", "unknown", row["Emotion"], None, recording)

    return read_name
