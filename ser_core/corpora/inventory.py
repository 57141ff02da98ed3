"""The inventory: one table of all recordings in a data folder, for any corpora and any layout of folders."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import pandas as pd

from ser_core.corpora import crema_d, emodb, emovo, nemo, on_request, own_labels, ravdess, savee, tess
from ser_core.corpora.copies import without_copies
from ser_core.corpora.file_walk import NOT_SOUND, SYSTEM_FILE, sound_files
from ser_core.corpora.own_labels import FOLDERS, NAMES, Labels
from ser_core.corpora.utterance import ParsedName, Skipped
from ser_core.emotions import word_key
from ser_core.errors import CorpusError

LABELS_OF: dict[str, tuple[str, ...]] = {
    **crema_d.LABELS_OF,
    **ravdess.LABELS_OF,
    **savee.LABELS_OF,
    **tess.LABELS_OF,
    **nemo.LABELS_OF,
    **emovo.LABELS_OF,
    **emodb.LABELS_OF,
    **on_request.LABELS_OF,
    **own_labels.LABELS_OF,
}
KAGGLE_CORPORA: tuple[str, ...] = (crema_d.CORPUS, ravdess.SPEECH, savee.CORPUS, tess.CORPUS)
CORPORA: tuple[str, ...] = KAGGLE_CORPORA + tuple(corpus for corpus in LABELS_OF if corpus not in KAGGLE_CORPORA)

_EXPECTED = (
    "a data folder that holds CREMA-D, RAVDESS, SAVEE, TESS, nEMO, EMOVO or EmoDB under their official file names, or "
    "recordings of your own whose folders, names or table say the emotion (an experiment needs the speakers too)"
)


@dataclass(frozen=True, eq=False)
class Inventory:
    """The recordings of a data folder.

    Parameters
    ----------
    table : pandas.DataFrame
        One row for each usable recording, sorted by corpus, then path. The columns are the fields of ``Utterance``.
    skipped : tuple of Skipped
        Every file that is not in the table, with the reason; sorted by path. A folder that was not entered stands for
        its files.
    n_by_words : mapping of (str, str) to int
        Number of recordings by the word that was read and the label that it stands for: of a user's own, and of
        corpora that are read on request.
    """

    table: pd.DataFrame
    skipped: tuple[Skipped, ...]
    n_by_words: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def n_skipped_by_reason(self) -> dict[str, int]:
        """Return how many files are not in the table, by reason; the most frequent reason comes first."""
        return dict(Counter(skip.reason for skip in self.skipped).most_common())


def clip_names(paths: pd.Series[str]) -> pd.Series[str]:
    """Return the base name of each path, without folders and extension."""
    return paths.str.rsplit("/", n=1).str[-1].str.rsplit(".", n=1).str[0]


def scan(data_dir: str | Path, labels: Labels | None = None, *, compare_sound: bool = True) -> Inventory:
    """Find every recording under a folder and read its labels from its name, or from a table.

    The file name identifies a recording of a corpus; the names of folders and their nesting do not matter. Every file
    is either a row of the table or reported in ``skipped``.

    Copies are kept once: files with the same official name, also under the name of a copy such as ``"... (1).wav"``;
    files with the same bytes; and recordings from a user's own folders with the same sound in another file. Of several
    copies one is kept, in this order of preference: a recording of a corpus before one from a user's own folders, the
    original before a reconstructed one, a lossless format, a name that is not that of a copy, the fewest folders above
    it. Copies under different labels are all left out, but the label of a corpus counts before those of folders.

    Parameters
    ----------
    data_dir : str or Path
        The folder with the corpora, or the folder of one corpus.
    labels : Labels, optional
        How the labels of a user's own recordings are read; by default from the words in their folders.
    compare_sound : bool
        False skips the comparison of sounds: it decodes recordings where there are own folders with files of equal
        durations or names. Without own folders nothing is decoded.

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
    labels = labels or Labels(NAMES, emotion_from=FOLDERS)
    files = list(sound_files(root))
    if labels.corpora:
        no_sound = (file.path for file in files if isinstance(file, Skipped) and file.reason == NOT_SOUND)
        other_files = [PurePosixPath(path) for path in no_sound]
        labels = replace(labels, name_readers=(*labels.name_readers, *on_request.table_readers(root, other_files)))
    parsed_names: list[ParsedName] = []
    skipped: list[Skipped] = []
    for file in files:
        reading = file if isinstance(file, Skipped) else labels.reading(file)
        if isinstance(reading, Skipped):
            skipped.append(reading)
        else:
            parsed_names.append(reading)
    utterances, copies = without_copies(root, parsed_names, compare_sound=compare_sound)
    skipped.extend(copies)
    if not utterances:
        raise CorpusError(
            _why_nothing_is_usable(skipped),
            expected=_EXPECTED,
            advice="Check the path of the data folder, and that the archives in it are unpacked",
        )
    utterances.sort(key=lambda utterance: (utterance.corpus, utterance.path))
    # Without an explicit type, a column that is None in every row would not be a text column.
    table = pd.DataFrame([vars(utterance) for utterance in utterances]).astype({"speaker": "str", "sentence": "str"})
    n_by_words = Counter(
        (word_key(labels.of(PurePosixPath(utterance.path)).words[0]), utterance.emotion)
        for utterance in utterances
        if utterance.corpus in (own_labels.CORPUS, *on_request.CORPORA)
    )
    return Inventory(table, tuple(sorted(skipped, key=lambda skip: skip.path)), n_by_words)


def _why_nothing_is_usable(skipped: list[Skipped]) -> str:
    recordings = [skip for skip in skipped if skip.reason not in (NOT_SOUND, SYSTEM_FILE)]
    if not recordings:
        return "The data folder holds no sound files"
    reason, count = Counter(skip.reason for skip in recordings).most_common(1)[0]
    example = next(skip.path for skip in recordings if skip.reason == reason)
    shown = f"{count} of {len(recordings)}, such as {example}"
    return f"Nothing in the data folder can be used; most often ({shown}): {reason}"
