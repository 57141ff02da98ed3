"""Filters for the table of clips, and counts of the clips of each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ser_core.corpora.sentences import sentence_text

UNKNOWN = "unknown"

# Three of CREMA-D, two of RAVDESS, and the rest.
INTENSITIES = ("low", "medium", "high", "normal", "strong", "unspecified")

_AGE_BANDS_YEARS = (20, 30, 40, 50, 60, 70, 80)
_DURATION_STEP_S = 0.5
_LONGEST_BAND_S = 5.0

# TESS has 200 sentences that differ in one word, and SAVEE has other sentences for each emotion. Each of the two counts
# as one kind: a chart of 300 bars is unreadable.
_KIND_OF_ALL_SENTENCES = {"TESS": "TESS: 200 words", "SAVEE": "SAVEE: all"}


@dataclass(frozen=True)
class ClipFilter:
    """Conditions on the table of clips. An empty tuple or None means no condition; then unknown values pass too.

    Parameters
    ----------
    corpus, emotion, sex, speaker, sentence, intensity, source : tuple of str
        The values to keep.
    age_years, duration_s : tuple of float or None
        The least and the greatest value to keep. Clips with an unknown value are left out.
    """

    corpus: tuple[str, ...] = ()
    emotion: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    intensity: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    age_years: tuple[float, float] | None = None
    duration_s: tuple[float, float] | None = None

    def apply(self, clips: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of a table of clips that meet all conditions.

        Parameters
        ----------
        clips : pandas.DataFrame
            The table of clips, as ``tables.read_clips`` returns it, or a part of its rows.

        Returns
        -------
        pandas.DataFrame
            The rows keep their index.
        """
        is_match = np.ones(len(clips), dtype=bool)
        for column in ("corpus", "emotion", "sex", "speaker", "sentence", "intensity", "source"):
            values = getattr(self, column)
            if values:
                is_match &= clips[column].isin(values).to_numpy()
        for column in ("age_years", "duration_s"):
            limits = getattr(self, column)
            if limits is not None:
                is_match &= clips[column].between(*limits).to_numpy()
        return clips[is_match]


def count_clips(clips: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count the clips of each kind, by the source of their measurements.

    Parameters
    ----------
    clips : pandas.DataFrame
        The table of clips, or a part of its rows.
    by : str
        ``"corpus"``, ``"emotion"``, ``"sex"``, ``"speaker"``, ``"age_years"`` (in decades), ``"sentence"``,
        ``"intensity"`` or ``"duration_s"`` (in half seconds).

    Returns
    -------
    pandas.DataFrame
        Kinds down, in their order, and sources across. All counts add up to the number of rows. ``UNKNOWN`` is a kind
        too, and comes last.
    """
    kinds = _KINDS.get(by, _values)(clips, by)
    return pd.crosstab(kinds, clips["source"], dropna=False)


def _values(clips: pd.DataFrame, by: str) -> pd.Series:
    if isinstance(clips[by].dtype, pd.CategoricalDtype):
        return clips[by].cat.remove_unused_categories()
    return clips[by].fillna(UNKNOWN)


def _intensities(clips: pd.DataFrame, by: str) -> pd.Series:
    return pd.Series(pd.Categorical(clips[by], INTENSITIES), index=clips.index).cat.remove_unused_categories()


def _age_bands(clips: pd.DataFrame, by: str) -> pd.Series:
    labels = [f"{low} to {low + 9}" for low in _AGE_BANDS_YEARS[:-1]]
    bands = pd.cut(clips[by], _AGE_BANDS_YEARS, right=False, labels=labels)
    return _with_unknown(bands)


def _duration_bands(clips: pd.DataFrame, by: str) -> pd.Series:
    edges = np.arange(1.0, _LONGEST_BAND_S + _DURATION_STEP_S, _DURATION_STEP_S)
    labels = [f"{low:.1f} to {low + _DURATION_STEP_S:.1f} s" for low in edges[:-1]]
    bands = pd.cut(
        clips[by],
        [0.0, *edges, np.inf],
        right=False,
        labels=["under 1 s", *labels, f"{_LONGEST_BAND_S:.0f} s and more"],
    )
    return _with_unknown(bands)


def _sentences(clips: pd.DataFrame, by: str) -> pd.Series:
    kinds = [
        _KIND_OF_ALL_SENTENCES.get(corpus) or f"{corpus}: {sentence_text(corpus, code)}"
        for corpus, code in zip(clips["corpus"], clips[by].fillna(UNKNOWN), strict=True)
    ]
    return pd.Series(kinds, index=clips.index)


def _with_unknown(bands: pd.Series) -> pd.Series:
    return bands.cat.add_categories([UNKNOWN]).fillna(UNKNOWN).cat.remove_unused_categories()


_KINDS: dict[str, Callable[[pd.DataFrame, str], pd.Series]] = {
    "intensity": _intensities,
    "age_years": _age_bands,
    "duration_s": _duration_bands,
    "sentence": _sentences,
}
