"""Corpora that are read on request: to evaluate a network, or to train one of your own.

The network of the app and the committed figures come from the other corpora only. So ``scan`` leaves these out unless
they are named.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from ser_core.corpora import esd, iemocap, jl_corpus, meld, shemo, subesco
from ser_core.corpora.utterance import NameReader
from ser_core.errors import CorpusError

LABELS_OF: dict[str, tuple[str, ...]] = {
    **esd.LABELS_OF,
    **iemocap.LABELS_OF,
    **jl_corpus.LABELS_OF,
    **meld.LABELS_OF,
    **shemo.LABELS_OF,
    **subesco.LABELS_OF,
}
CORPORA = tuple(LABELS_OF)

# These need nothing but the path of a file.
NAME_READERS: tuple[NameReader, ...] = (esd.read_name, jl_corpus.read_name, shemo.read_name, subesco.read_name)


def table_readers(root: Path, paths: Sequence[PurePosixPath]) -> tuple[NameReader, ...]:
    """Return the readers of the corpora whose labels are in files of their own.

    Parameters
    ----------
    root : Path
        The data folder.
    paths : sequence of PurePosixPath
        The files in it that are no sound.

    Raises
    ------
    CorpusError
        If one of these files cannot be read.
    """
    try:
        return iemocap.read_tables(root, paths), meld.read_tables(root, paths)
    except (OSError, csv.Error) as error:
        raise CorpusError(
            "A file with the labels of IEMOCAP or MELD cannot be read",
            expected="the label files as they were published",
            advice="Unpack the corpus again",
        ) from error
