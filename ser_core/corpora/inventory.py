"""One table of all recordings in a data folder, whatever corpora it holds and whatever its folder layout."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from ser_core.corpora import crema_d, emodb, emotion_folders, emovo, nemo, ravdess, savee, tess
from ser_core.corpora.file_walk import LOSSLESS_SUFFIXES, sound_files
from ser_core.corpora.utterance import ParsedName, Skipped, Utterance
from ser_core.errors import CorpusError

LABELS_OF: dict[str, tuple[str, ...]] = {
    **crema_d.LABELS_OF,
    **ravdess.LABELS_OF,
    **savee.LABELS_OF,
    **tess.LABELS_OF,
    **nemo.LABELS_OF,
    **emovo.LABELS_OF,
    **emodb.LABELS_OF,
    **emotion_folders.LABELS_OF,
}
KAGGLE_CORPORA: tuple[str, ...] = (crema_d.CORPUS, ravdess.SPEECH, savee.CORPUS, tess.CORPUS)
CORPORA: tuple[str, ...] = KAGGLE_CORPORA + tuple(corpus for corpus in LABELS_OF if corpus not in KAGGLE_CORPORA)

# The corpora's file names do not overlap, so their order does not matter. Folder names come last: they label only
# files whose own names no corpus knows.
_READERS = (
    crema_d.read_name,
    ravdess.read_name,
    tess.read_name,
    savee.read_name,
    nemo.read_name,
    emovo.read_name,
    emodb.read_name,
    emotion_folders.read_folders,
)

_NO_RULE = "the name is not one of a known corpus, and no folder around it names one of the eight emotions"
_COPY = "a copy of a recording that is kept from elsewhere"

_EXPECTED = (
    "A data folder holds CREMA-D, RAVDESS, SAVEE, TESS, nEMO, EMOVO or EmoDB under their official file "
    "names, or one sub-folder for each emotion"
)


@dataclass(frozen=True, eq=False)
class Inventory:
    """The recordings of a data folder.

    Parameters
    ----------
    table : pandas.DataFrame
        One row for each usable recording, sorted by corpus, then path. The columns are the fields of ``Utterance``.
    skipped : tuple of Skipped
        Every sound file that is not in the table, with the reason; sorted by path.
    """

    table: pd.DataFrame
    skipped: tuple[Skipped, ...]


def clip_names(paths: pd.Series[str]) -> pd.Series[str]:
    """Return the base name of each path, without folders and extension."""
    return paths.str.rsplit("/", n=1).str[-1].str.rsplit(".", n=1).str[0]


def scan(data_dir: str | Path) -> Inventory:
    """Find every recording under a folder and read its labels from its name.

    Nothing is decoded. The file name identifies a recording; the names of folders and their nesting do not matter.
    Files without a sound file's extension and hidden files are passed over. A sound file that follows no rule is
    reported in ``skipped``. Of several copies of one recording one is kept, in this order of preference: the original
    before a reconstructed one, then a lossless format, then the one with the fewest folders above it.

    Parameters
    ----------
    data_dir : str or Path
        The folder with the corpora, or the folder of one corpus.

    Returns
    -------
    Inventory

    Raises
    ------
    CorpusError
        If the folder does not exist, cannot be opened or holds no usable recording.
    """
    root = Path(data_dir)
    # Unlike Path.is_dir, os.path.isdir returns False, and does not raise, for a path that is too long or not permitted.
    if not os.path.isdir(root):
        raise CorpusError(
            "There is no such data folder",
            expected=_EXPECTED,
            advice="Check the path of the data folder",
        )
    parsed_names: list[ParsedName] = []
    skipped: list[Skipped] = []
    for file in sound_files(root):
        reading = file if isinstance(file, Skipped) else _read_name(file)
        if isinstance(reading, Skipped):
            skipped.append(reading)
        else:
            parsed_names.append(reading)
    utterances, copies = _without_copies(parsed_names)
    skipped.extend(copies)
    if not utterances:
        raise CorpusError(
            _why_nothing_is_usable(skipped),
            expected=_EXPECTED,
            advice="Check the path of the data folder, and that the archives in it are unpacked",
        )
    # Without an explicit type, a column that is None in every row would not be a text column.
    table = pd.DataFrame(utterances).astype({"speaker": "str", "sentence": "str"})
    return Inventory(table=table, skipped=tuple(sorted(skipped, key=lambda skip: skip.path)))


def _read_name(path: PurePosixPath) -> ParsedName | Skipped:
    for read_name in _READERS:
        reading = read_name(path)
        if reading is not None:
            return reading
    return Skipped(str(path), _NO_RULE)


def _without_copies(parsed_names: list[ParsedName]) -> tuple[list[Utterance], list[Skipped]]:
    """Return one utterance for each recording, sorted by corpus and path, and the copies that are left out."""
    kept: dict[tuple[str, str], Utterance] = {}
    copies: list[Skipped] = []
    for parsed in sorted(parsed_names, key=_preference):
        utterance = parsed.utterance
        if kept.setdefault((utterance.corpus, parsed.recording), utterance) is not utterance:
            copies.append(Skipped(utterance.path, _COPY))
    return sorted(kept.values(), key=lambda utterance: (utterance.corpus, utterance.path)), copies


def _preference(parsed: ParsedName) -> tuple[bool, bool, int, str]:
    path = PurePosixPath(parsed.utterance.path)
    is_lossy = path.suffix.lower() not in LOSSLESS_SUFFIXES
    return parsed.utterance.reconstructed, is_lossy, len(path.parts), str(path)


def _why_nothing_is_usable(skipped: list[Skipped]) -> str:
    if not skipped:
        return "The data folder holds no sound files"
    reason, count = Counter(skip.reason for skip in skipped).most_common(1)[0]
    return f"Nothing in the data folder can be used; most often ({count} of {len(skipped)}): {reason}"
