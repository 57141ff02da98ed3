"""Percentiles of each cue in real speech, by corpus and emotion, from a committed table.

``tools/measure_cues.py`` writes the table from the corpora. Corpora are never pooled: they differ in language,
sentences and microphones, and some corpora lack some emotions. A pooled figure would show differences between corpora
instead of differences between emotions.
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

# Column names of the table, shared with the tool that writes it.
KEYS = ("corpus", "emotion", "sex", "cue", "clips")
COLUMNS = (*KEYS, *(f"p{percentile}" for percentile in PERCENTILES))


@dataclass(frozen=True)
class Distribution:
    """Distribution of one cue over the clips of one emotion.

    Parameters
    ----------
    clips : int
        Number of clips that were measured.
    values : tuple of float
        Value of the cue at each of ``PERCENTILES``, in the cue's own unit.
    """

    clips: int
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """Median of the cue, in the cue's own unit."""
        return self.values[PERCENTILES.index(50)]

    def percentile_of(self, value: float) -> float:
        """Return the percentile rank of a value: the per cent of clips with a smaller value.

        Parameters
        ----------
        value : float
            Value in the cue's own unit.

        Returns
        -------
        float
            Linear interpolation between ``PERCENTILES``; values beyond the first or last percentile return that
            percentile.
        """
        return float(np.interp(value, self.values, PERCENTILES))


class Reference:
    """The table of percentiles.

    Parameters
    ----------
    path : Path
        CSV file as ``tools/measure_cues.py`` writes it.

    Raises
    ------
    ModelError
        If the file is missing or damaged.

    Attributes
    ----------
    corpora : tuple of str
        Names of the corpora in the table, in its order.
    """

    def __init__(self, path: Path = REFERENCE_TABLE) -> None:
        # Keys: corpus, sex, cue, emotion.
        self._distributions: dict[tuple[str, str, str, str], Distribution] = {}
        try:
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    values = tuple(float(row[f"p{percentile}"]) for percentile in PERCENTILES)
                    key = (row["corpus"], row["sex"], row["cue"], row["emotion"])
                    self._distributions[key] = Distribution(int(row["clips"]), values)
        except (OSError, ValueError, KeyError, TypeError) as cause:
            raise _damaged() from cause
        if not self._distributions:
            raise _damaged()
        self.corpora = tuple(dict.fromkeys(corpus for corpus, *_ in self._distributions))

    def by_emotion(self, cue: str, corpus: str, sex: str = ALL_SEXES) -> dict[str, Distribution]:
        """Return the distribution of a cue for each emotion in a corpus.

        Parameters
        ----------
        cue : str
            Name of a field of ``Cues``.
        corpus : str
            One of ``corpora``.
        sex : str
            Sex of the speakers: ``"female"``, ``"male"`` or ``"all"``.

        Returns
        -------
        dict of str to Distribution
            Distributions by emotion. Empty where the corpus has no valid figure for the cue, for example for the
            loudness of reconstructed recordings.
        """
        return {key[3]: spread for key, spread in self._distributions.items() if key[:3] == (corpus, sex, cue)}


def _damaged() -> ModelError:
    return ModelError(
        "The table of real voices' cues is missing or damaged",
        expected=f"a CSV file with the columns {', '.join(COLUMNS)}",
        advice="Restore models/cue_percentiles.csv, or write it again with tools/measure_cues.py",
    )
