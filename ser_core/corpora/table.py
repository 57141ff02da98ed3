"""One table of all recordings in a data folder, whatever corpora it holds and however they are laid out."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from ser_core.corpora import crema_d, emodb, emotion_folders, emovo, nemo, ravdess, savee, tess
from ser_core.corpora.utterance import ParsedName, Reading, Skipped, Utterance
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

# The corpora's names do not overlap, so their order is free; folders come last, for what no name explains.
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

_LOSSLESS = frozenset((".wav", ".flac", ".aif", ".aiff"))
_AUDIO = _LOSSLESS | {".ogg", ".opus", ".mp3", ".m4a", ".mp4", ".aac", ".webm"}

_NO_RULE = "the name is not one of a known corpus, and no folder around it names one of the eight emotions"
_COPY = "a copy of a recording that is kept from elsewhere"
_NOT_A_FILE = "neither a file nor a link to one"
_NOT_UNICODE = "the name is not valid Unicode"
_CLOSED_FOLDER = "the folder cannot be opened"

_EXPECTED = (
    "A data folder holds CREMA-D, RAVDESS, SAVEE, TESS, nEMO, EMOVO or EmoDB under their official file "
    "names, or one sub-folder for each emotion"
)


@dataclass(frozen=True, eq=False)
class Inventory:
    """What a data folder holds.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a usable recording, sorted by corpus, then path; the columns are the fields of ``Utterance``.
    skipped : tuple of Skipped
        Every sound file that is not in the table, and why; sorted by path.
    """

    table: pd.DataFrame
    skipped: tuple[Skipped, ...]


def clip_names(paths: pd.Series) -> pd.Series:
    """Return the base name of each path, without folders and extension."""
    return paths.str.rsplit("/", n=1).str[-1].str.rsplit(".", n=1).str[0]


def scan(data_dir: str | Path) -> Inventory:
    """Find every recording under a folder and read from its name what is known of it.

    Nothing is decoded. Files are recognised by their own names, so neither the folders' names nor their
    nesting matter. Files that are not sound by their extension, and hidden ones, are passed over; a sound
    file that fits no rule is reported in ``skipped``. Of several copies of one recording one is kept: an
    original before a reconstructed one, then a lossless format, then the one nearest to the top.

    Parameters
    ----------
    data_dir : str or Path
        The folder with the corpora, or one corpus's own folder.

    Returns
    -------
    Inventory

    Raises
    ------
    CorpusError
        If the folder does not exist, cannot be opened or holds no usable recording.
    """
    root = Path(data_dir)
    # Unlike Path.is_dir, this answers for a path that is too long or closed to us instead of raising.
    if not os.path.isdir(root):
        raise CorpusError(
            "There is no such data folder",
            expected=_EXPECTED,
            advice="Check the path of the data folder",
        )
    recognised: list[ParsedName] = []
    skipped: list[Skipped] = []
    for found in _walk(root):
        reading = found if isinstance(found, Skipped) else _read(found)
        (skipped if isinstance(reading, Skipped) else recognised).append(reading)
    utterances, copies = _without_copies(recognised)
    skipped.extend(copies)
    if not utterances:
        raise CorpusError(
            _what_was_found(skipped),
            expected=_EXPECTED,
            advice="Check the path of the data folder, and that the archives in it are unpacked",
        )
    # Without the type, a column in which nothing is known would not be one of text.
    table = pd.DataFrame(utterances).astype({"speaker": "str", "sentence": "str"})
    return Inventory(table=table, skipped=tuple(sorted(skipped, key=lambda skip: skip.path)))


def _read(path: PurePosixPath) -> ParsedName | Skipped:
    for read in _READERS:
        reading: Reading = read(path)
        if reading is not None:
            return reading
    return Skipped(str(path), _NO_RULE)


def _without_copies(recognised: list[ParsedName]) -> tuple[list[Utterance], list[Skipped]]:
    """Return one utterance a recording, sorted by corpus and path, and the copies that were left."""
    kept: dict[tuple[str, str], Utterance] = {}
    copies: list[Skipped] = []
    for candidate in sorted(recognised, key=_preference):
        utterance = candidate.utterance
        if kept.setdefault((utterance.corpus, candidate.recording), utterance) is not utterance:
            copies.append(Skipped(utterance.path, _COPY))
    return sorted(kept.values(), key=lambda utterance: (utterance.corpus, utterance.path)), copies


def _preference(candidate: ParsedName) -> tuple[bool, bool, int, str]:
    path = PurePosixPath(candidate.utterance.path)
    lossy = path.suffix.lower() not in _LOSSLESS
    return candidate.utterance.reconstructed, lossy, len(path.parts), str(path)


def _what_was_found(skipped: list[Skipped]) -> str:
    if not skipped:
        return "The data folder holds no sound files"
    reason, count = Counter(skip.reason for skip in skipped).most_common(1)[0]
    return f"Nothing in the data folder can be used; most often ({count} of {len(skipped)}): {reason}"


def _walk(root: Path) -> Iterator[PurePosixPath | Skipped]:
    """Yield every sound file under ``root``, relative to it, and what cannot be reached.

    Links to folders are followed, and each folder is entered once, so that a loop of links ends.
    """
    folders = deque([PurePosixPath()])
    entered: set[tuple[int, int]] = set()
    while folders:
        folder = folders.popleft()
        try:
            status = os.stat(root / folder)
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(root / folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError:
            yield Skipped(str(folder), _CLOSED_FOLDER)
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = folder / entry.name
            is_folder, is_file = _kind(entry)
            if not is_folder and path.suffix.lower() not in _AUDIO:
                continue
            readable_name = entry.name.encode("utf-8", "replace").decode("utf-8")
            if readable_name != entry.name:
                yield Skipped(str(folder / readable_name), _NOT_UNICODE)
            elif is_folder:
                folders.append(path)
            elif is_file:
                yield path
            else:
                yield Skipped(str(path), _NOT_A_FILE)


def _kind(entry: os.DirEntry[str]) -> tuple[bool, bool]:
    """Return whether an entry is a folder and whether it is a file; a link to nowhere is neither."""
    try:
        return entry.is_dir(), entry.is_file()
    except OSError:
        return False, False
