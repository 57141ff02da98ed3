"""Where a cue stands among real speech of each emotion, from a committed table of percentiles.

``tools/measure_cues.py`` makes the table from the corpora. Corpora are never pooled: they differ in language, sentences
and microphones, and not all have every emotion, so that a pooled figure would tell corpora apart instead of emotions.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ser_core.errors import ModelError
from ser_core.paths import MODELS_DIR

REFERENCE_TABLE = MODELS_DIR / "cue_percentiles.csv"
PERCENTILES: tuple[int, ...] = (5, 10, 25, 50, 75, 90, 95)
ALL_SEXES = "all"

# How the table's columns are called, in the tool that writes it and here.
KEYS = ("corpus", "emotion", "sex", "cue", "clips")
COLUMNS = (*KEYS, *(f"p{percentile}" for percentile in PERCENTILES))


@dataclass(frozen=True)
class Distribution:
    """How one cue is spread over the clips of one emotion.

    Parameters
    ----------
    clips : int
        How many clips it was measured on.
    values : tuple of float
        The cue at each of ``PERCENTILES``, in the cue's own unit.
    """

    clips: int
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The cue in the middle of the clips."""
        return self.values[PERCENTILES.index(50)]

    def percentile_of(self, value: float) -> float:
        """Return how many per cent of the clips have less of the cue.

        Parameters
        ----------
        value : float
            In the cue's own unit.

        Returns
        -------
        float
            Between the first and the last of ``PERCENTILES``, which also stand for everything beyond them.
        """
        return float(np.interp(value, self.values, PERCENTILES))


class Reference:
    """The table of percentiles.

    Parameters
    ----------
    path : Path
        As ``tools/measure_cues.py`` writes it.

    Raises
    ------
    ModelError
        If the file is missing or damaged.

    Attributes
    ----------
    corpora : tuple of str
        Those in the table, in its order.
    """

    def __init__(self, path: Path = REFERENCE_TABLE) -> None:
        self._of: dict[tuple[str, str, str, str], Distribution] = {}
        try:
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    values = tuple(float(row[f"p{percentile}"]) for percentile in PERCENTILES)
                    key = (row["corpus"], row["sex"], row["cue"], row["emotion"])
                    self._of[key] = Distribution(int(row["clips"]), values)
        except (OSError, ValueError, KeyError, TypeError) as cause:
            raise _damaged() from cause
        if not self._of:
            raise _damaged()
        self.corpora = tuple(dict.fromkeys(corpus for corpus, *_ in self._of))

    def by_emotion(self, cue: str, corpus: str, sex: str = ALL_SEXES) -> dict[str, Distribution]:
        """Return how a cue is spread for each emotion that a corpus has.

        Parameters
        ----------
        cue : str
            A field of ``Cues``.
        corpus : str
            One of ``corpora``.
        sex : str
            ``"female"``, ``"male"`` or ``"all"``.

        Returns
        -------
        dict of str to Distribution
            Empty where the corpus has no honest figure for the cue, a reconstructed recording's loudness for example.
        """
        return {
            emotion: spread
            for (its_corpus, its_sex, its_cue, emotion), spread in self._of.items()
            if (its_corpus, its_sex, its_cue) == (corpus, sex, cue)
        }


def _damaged() -> ModelError:
    return ModelError(
        "The table of real voices' cues is missing or damaged",
        expected=f"A CSV file with the columns {', '.join(COLUMNS)}",
        advice="Restore models/cue_percentiles.csv, or make it anew with tools/measure_cues.py",
    )
