"""How a measure differs between emotions, in numbers and in words, and what comparing speakers with themselves does.

Who speaks moves most measures more than any emotion. Taking each speaker's own average away (speaker normalisation)
leaves what the emotion did.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ser_core.emotions import LABELS
from ser_core.features.cues import WORDS
from ser_core.features.extraction import N_MFCC

_CURVE_POINTS = 96
_FEWEST_CLIPS = 5

# Smaller differences between averages of a coefficient are told as none.
_LEAST_MFCC = 0.1


@dataclass(frozen=True)
class Measure:
    """One number a clip that can be compared between emotions.

    Parameters
    ----------
    column : str
        In the table of clips.
    name, unit, explanation : str
        As people read them; the unit is empty for a share and for a coefficient.
    decimals : int
        How many are worth showing.
    more : str
        What the greater of two is called beside the other: ``"higher"``.
    least_difference : float
        Less than this is told as no difference.
    is_share : bool
        0 to 1, told in per cent.
    """

    column: str
    name: str
    unit: str
    explanation: str
    decimals: int
    more: str
    least_difference: float
    is_share: bool

    def amount(self, value: float) -> str:
        """Return a difference with its unit: ``"5.8 dB"``, ``"12 points"`` where shares differ by 0.12."""
        if self.is_share:
            return f"{100 * value:.0f} points"
        gap = "" if self.unit.startswith("/") else " "
        return f"{value:,.{self.decimals}f}{gap}{self.unit}".strip()

    def exceeds(self, value: float) -> str:
        """Return what the greater of two emotions is or has: ``"is 5.8 dB louder"``."""
        if self.more == "more":
            return f"has {self.amount(value)} more {self.name}"
        # Not everything that is wider or higher tells by itself what it is.
        subject = "" if self.column in _TOLD_BY_WORD else f" in {self.name}"
        return f"is {self.amount(value)} {self.more}{subject}"


_TOLD_BY_WORD = frozenset({"pitch_hz", "level_dbfs", "syllables_per_s", "speech_s", "brightness_hz"})


def _cue(column: str) -> Measure:
    words = WORDS[column]
    return Measure(
        column,
        words.name,
        words.unit,
        words.explanation,
        words.decimals,
        words.more,
        words.least_difference,
        is_share=not words.unit,
    )


def _mfcc(number: int) -> Measure:
    explanation = (
        "The spectrum's overall level, in the units of the coefficient."
        if number == 1
        else "One number of the spectrum's shape: a low one tells its broad form, a high one its detail."
    )
    return Measure(f"mfcc_{number}", f"MFCC {number}", "", explanation, 1, "higher", _LEAST_MFCC, is_share=False)


MEASURES: dict[str, Measure] = {
    measure.column: measure for measure in (*map(_cue, WORDS), *map(_mfcc, range(1, N_MFCC + 1)))
}


@dataclass(frozen=True, eq=False)
class Distribution:
    """How a measure is spread over the clips of one emotion.

    Parameters
    ----------
    emotion : str
        One of ``LABELS``.
    n : int
        Clips.
    mean, median, low, high : float
        ``low`` and ``high`` are the quartiles.
    x, density : np.ndarray [shape=(96,)]
        A smooth curve; its highest point is 1.
    """

    emotion: str
    n: int
    mean: float
    median: float
    low: float
    high: float
    x: np.ndarray
    density: np.ndarray


def against_own_average(clips: pd.DataFrame, column: str) -> pd.Series:
    """Return a measure minus its speaker's average, each emotion counting alike in that average.

    Parameters
    ----------
    clips : pandas.DataFrame
        All clips of the speakers: whoever is filtered first, shifts the averages.
    column : str
        The measure.

    Returns
    -------
    pandas.Series
        Under the same index.
    """
    by_emotion = clips.groupby(["speaker", "emotion"], observed=True)[column].mean()
    own = by_emotion.groupby("speaker").mean()
    return clips[column] - clips["speaker"].map(own)


def distributions(values: pd.Series, emotions: pd.Series) -> list[Distribution]:
    """Sum up a measure by emotion.

    Parameters
    ----------
    values : pandas.Series
        The measure; NaN does not count.
    emotions : pandas.Series
        Under the same index.

    Returns
    -------
    list of Distribution
        In the order of ``LABELS``; an emotion with fewer than five clips is left out.
    """
    known = values.dropna()
    if not len(known):
        return []
    # The rarest clips would squeeze all curves into a corner.
    low, high = np.percentile(known, [0.5, 99.5])
    margin = 0.1 * (high - low) or 1.0
    x = np.linspace(low - margin, high + margin, _CURVE_POINTS)
    groups = {label: known[emotions[known.index] == label].to_numpy() for label in LABELS}
    return [
        Distribution(label, len(group), float(group.mean()), *_quartiles(group), x, _density(group, x))
        for label, group in groups.items()
        if len(group) >= _FEWEST_CLIPS
    ]


def _quartiles(group: np.ndarray) -> tuple[float, float, float]:
    low, median, high = np.percentile(group, [25, 50, 75])
    return float(median), float(low), float(high)


def _density(group: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return a Gaussian kernel estimate with Scott's (1992) bandwidth; SciPy's own takes half a second to import."""
    # Clips that are all alike get a peak, not a division by zero.
    width = max(float(group.std(ddof=1)) * len(group) ** -0.2, float(x[1] - x[0]))
    density = np.exp(-0.5 * ((x[:, None] - group) / width) ** 2).sum(axis=1)
    return density / density.max()


def in_words(measure: Measure, one: Distribution, other: Distribution) -> str:
    """Say how two emotions differ: ``"angry is 5.8 dB louder than sad"``.

    Parameters
    ----------
    measure : Measure
        What was measured.
    one, other : Distribution
        Two emotions, in any order.

    Returns
    -------
    str
        Without a full stop.
    """
    more, less = (one, other) if one.mean >= other.mean else (other, one)
    gap = more.mean - less.mean
    if gap < measure.least_difference:
        return f"{more.emotion} and {less.emotion} are about the same in {measure.name}"
    return f"{more.emotion} {measure.exceeds(gap)} than {less.emotion}"


def wins_share(values: pd.Series, emotions: pd.Series, more: str, less: str) -> float:
    """Return how often a clip of one emotion has the greater number than a clip of another.

    The common language effect size (McGraw and Wong 1992), counted over all pairs: the Mann-Whitney statistic.

    Parameters
    ----------
    values, emotions : pandas.Series
        As in ``distributions``.
    more, less : str
        Two labels.

    Returns
    -------
    float
        0.5 where the emotions do not differ, 1 where each clip of ``more`` is over each of ``less``; ties count half.
    """
    known = values.dropna()
    first, second = (known[emotions[known.index] == label].to_numpy() for label in (more, less))
    second = np.sort(second)
    below, up_to = (np.searchsorted(second, first, side=side) for side in ("left", "right"))
    return float((below + up_to).mean() / (2 * len(second)))


def explained_share(values: pd.Series | pd.DataFrame, groups: pd.Series) -> float:
    """Return the share of all differences in a measure that groups explain (eta squared, Fisher 1925).

    Parameters
    ----------
    values : pandas.Series or pandas.DataFrame
        The measure, or the coordinates of a place; NaN does not count.
    groups : pandas.Series
        Emotion or speaker, under the same index.

    Returns
    -------
    float
        0 to 1; NaN where nothing differs.
    """
    known = values.dropna()
    centre = known.mean()
    total = float(((known - centre) ** 2).to_numpy().sum())
    means = known.groupby(groups[known.index], observed=True).transform("mean")
    return float(((means - centre) ** 2).to_numpy().sum()) / total if total else float("nan")
