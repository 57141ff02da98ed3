"""The manifest: the committed list of official CREMA-D files, with their labels and hashes."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from ser_core.errors import SampleError
from ser_core.samples.sample import SPEAKER_WORDS

CREMA_D = "CREMA-D"
CREMA_D_CREDIT = "CREMA-D (Cao et al., 2014), ODbL 1.0 / DbCL 1.0"

_VOTES = "votes_"


@dataclass(frozen=True)
class Listing:
    """One row of the manifest.

    Parameters
    ----------
    path : str
        Path in CREMA-D's repository: ``"AudioWAV/1013_IEO_ANG_MD.wav"``.
    n_bytes : int
        Size of the official file in bytes.
    sha256 : str
        SHA-256 of the official file, 64 hexadecimal digits.
    emotion : str
        The emotion that the actor was asked for, one of ``ser_core.emotions.LABELS``.
    speaker : str
        The speaker as in ``Utterance.speaker``: ``"CREMA-D-1013"``.
    sex : str
        ``"female"`` or ``"male"``.
    age_years : int
        The actor's age when recorded.
    sentence : str
        CREMA-D's code for the spoken sentence.
    votes : dict of str to int
        Number of votes by emotion, of listeners who heard the clip without seeing the face.
    """

    path: str
    n_bytes: int
    sha256: str
    emotion: str
    speaker: str
    sex: str
    age_years: int
    sentence: str
    votes: dict[str, int]

    @property
    def name(self) -> str:
        """The file's base name: ``"1013_IEO_ANG_MD"``."""
        return Path(self.path).stem

    @property
    def note(self) -> str:
        """The share of listeners who chose the intended emotion, as one line for people."""
        agreed, total = self.votes[self.emotion], sum(self.votes.values())
        return f"{agreed} of {total} listeners who only heard it chose {self.emotion}"


def read_manifest(path: Path) -> tuple[Listing, ...]:
    """Read the manifest that ``tools/make_crema_d_manifest.py`` writes.

    Parameters
    ----------
    path : Path
        The CSV file.

    Returns
    -------
    tuple of Listing
        In the order of the file.

    Raises
    ------
    SampleError
        If the file is missing or damaged.
    """
    try:
        with path.open(newline="", encoding="utf-8") as file:
            listings = tuple(_read_row(row) for row in csv.DictReader(file))
        if not listings:
            raise ValueError("no rows")
        return listings
    except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise SampleError(
            "The list of CREMA-D samples is missing or damaged",
            expected="the list that comes with the app, samples/crema_d_manifest.csv",
            advice="Restore that file, or make it anew with tools/make_crema_d_manifest.py",
        ) from error


def _read_row(row: dict[str, str]) -> Listing:
    votes = {column.removeprefix(_VOTES): int(count) for column, count in row.items() if column.startswith(_VOTES)}
    if row["emotion"] not in votes or row["sex"] not in SPEAKER_WORDS:
        raise ValueError("unknown emotion or sex")
    return Listing(
        path=row["path"],
        n_bytes=int(row["bytes"]),
        sha256=row["sha256"],
        emotion=row["emotion"],
        speaker=f"{CREMA_D}-{row['speaker']}",
        sex=row["sex"],
        age_years=int(row["age_years"]),
        sentence=row["sentence"],
        votes=votes,
    )
