"""File names of all corpora to labels: the reader of each corpus is tried, without opening a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from ser_core.corpora import crema_d, emodb, emovo, nemo, ravdess, savee, tess
from ser_core.corpora.copied_names import original_name
from ser_core.corpora.utterance import ParsedName, Reading

# The corpora's file names do not overlap, so their order does not matter.
_READERS = (
    crema_d.read_name,
    ravdess.read_name,
    tess.read_name,
    savee.read_name,
    nemo.read_name,
    emovo.read_name,
    emodb.read_name,
)


def read_corpus_name(path: PurePosixPath) -> Reading:
    """Read the labels of a file whose name follows the rules of a known corpus.

    Parameters
    ----------
    path : PurePosixPath
        Path of the file relative to the folder that was chosen. Nothing is opened.

    Returns
    -------
    ParsedName, Skipped or None
        ``Skipped`` for a recording that is known to be unusable; None where the name follows no corpus' rules. The name
        of a copy, ``"1001_DFA_ANG_XX (1).wav"``, is read like the original's.
    """
    return _read_original_name(path) or _read_copied_name(path)


def _read_copied_name(path: PurePosixPath) -> Reading:
    """Read a name such as ``"1001_DFA_ANG_XX (1).wav"``: a copy of a corpus' recording is that recording too."""
    name = original_name(path)
    reading = _read_original_name(name) if name != path else None
    if isinstance(reading, ParsedName):
        return replace(reading, utterance=replace(reading.utterance, path=str(path)))
    return reading and replace(reading, path=str(path))


def _read_original_name(path: PurePosixPath) -> Reading:
    return next((reading for read_name in _READERS if (reading := read_name(path)) is not None), None)
