"""Differences of a measure between emotions: distributions, effect sizes, and a sentence for people.

Most measures depend more on the speaker than on the emotion. Speaker normalisation, the subtraction of each speaker's
mean, leaves the effect of the emotion.
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

# A smaller difference between the means of a coefficient is described as no difference.
_LEAST_MFCC = 0.1


@dataclass(frozen=True)
class Measure:
    """A measure with one number per clip, and its words for people.

    Parameters
    ----------
    column : str
        Column of the table of clips.
    name, unit, explanation : str
        Words for people. The unit is empty for a share and for a coefficient.
    decimals : int
        Number of decimals to show.
    more : str
        The comparative for the greater of two values: ``"higher"``.
    least_difference : float
        A smaller difference is described as no difference.
    is_share : bool
        True for a share, 0 to 1, which is shown in per cent.
    """

    column: str
    name: str
    unit: str
    explanation: str
    decimals: int
    more: str
    least_difference: float
    is_share: bool

    def format_difference(self, difference: float) -> str:
        """Return a difference with its unit: ``"5.8 dB"``, or ``"12 points"`` where two shares differ by 0.12."""
        if self.is_share:
            return f"{100 * difference:.0f} points"
        gap = "" if self.unit.startswith("/") else " "
        return f"{difference:,.{self.decimals}f}{gap}{self.unit}".strip()

    def describe_excess(self, difference: float) -> str:
        """Return the predicate for the emotion with the greater value: ``"is 5.8 dB louder"``."""
        if self.more == "more":
            return f"has {self.format_difference(difference)} more {self.name}"
        # "Wider" and "higher" do not name the measure, "louder" does.
        subject = "" if self.column in _NAMED_BY_COMPARATIVE else f" in {self.name}"
        return f"is {self.format_difference(difference)} {self.more}{subject}"


_NAMED_BY_COMPARATIVE = frozenset({"pitch_hz", "level_dbfs", "syllables_per_s", "speech_s", "brightness_hz"})


def _cue_measure(column: str) -> Measure:
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


def _mfcc_measure(number: int) -> Measure:
    explanation = (
        "The spectrum's overall level, in the units of the coefficient."
        if number == 1
        else "One coefficient of the spectrum's shape: the first ones describe its broad form, later ones its detail."
    )
    return Measure(f"mfcc_{number}", f"MFCC {number}", "", explanation, 1, "higher", _LEAST_MFCC, is_share=False)


MEASURES: dict[str, Measure] = {
    measure.column: measure for measure in (*map(_cue_measure, WORDS), *map(_mfcc_measure, range(1, N_MFCC + 1)))
}


@dataclass(frozen=True, eq=False)
class Distribution:
    """The distribution of a measure over the clips of one emotion.

    Parameters
    ----------
    emotion : str
        One of ``LABELS``.
    n : int
        Number of clips.
    mean, median, low, high : float
        ``low`` and ``high`` are the first and the third quartile.
    x, density : np.ndarray [shape=(96,)]
        Points of a smooth density curve. Its maximum is scaled to 1.
    """

    emotion: str
    n: int
    mean: float
    median: float
    low: float
    high: float
    x: np.ndarray
    density: np.ndarray


def subtract_speaker_mean(clips: pd.DataFrame, column: str) -> pd.Series[float]:
    """Return a measure minus its speaker's mean. Each emotion has the same weight in that mean.

    Parameters
    ----------
    clips : pandas.DataFrame
        All clips of the speakers. Filtering before this step would shift the means.
    column : str
        Column of the measure.

    Returns
    -------
    pandas.Series
        With the index of ``clips``.
    """
    emotion_means = clips.groupby(["speaker", "emotion"], observed=True)[column].mean()
    speaker_means = emotion_means.groupby("speaker").mean()
    return clips[column] - clips["speaker"].map(speaker_means)


def distributions_by_emotion(values: pd.Series[float], emotions: pd.Series[str]) -> list[Distribution]:
    """Return the distribution of a measure for each emotion.

    Parameters
    ----------
    values : pandas.Series
        The measure; NaN does not count.
    emotions : pandas.Series
        Labels, with the same index.

    Returns
    -------
    list of Distribution
        In the order of ``LABELS``; an emotion with fewer than five clips is left out.
    """
    measured = values.dropna()
    if not len(measured):
        return []
    # With outliers, the axis would be so long that the curves could not be read.
    low, high = np.percentile(measured, [0.5, 99.5])
    margin = 0.1 * (high - low) or 1.0
    x = np.linspace(low - margin, high + margin, _CURVE_POINTS)
    groups = {label: measured[emotions[measured.index] == label].to_numpy() for label in LABELS}
    return [
        Distribution(label, len(group), float(group.mean()), *_quartiles(group), x, _density(group, x))
        for label, group in groups.items()
        if len(group) >= _FEWEST_CLIPS
    ]


def _quartiles(group: np.ndarray) -> tuple[float, float, float]:
    low, median, high = np.percentile(group, [25, 50, 75])
    return float(median), float(low), float(high)


def _density(group: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return a Gaussian kernel estimate with Scott's (1992) bandwidth. SciPy's own takes half a second to import."""
    # The least width prevents a division by zero where all values are equal.
    width = max(float(group.std(ddof=1)) * len(group) ** -0.2, float(x[1] - x[0]))
    density: np.ndarray = np.exp(-0.5 * ((x[:, None] - group) / width) ** 2).sum(axis=1)
    density /= density.max()
    return density


def describe_difference(measure: Measure, first: Distribution, second: Distribution) -> str:
    """Return the difference between two emotions as a sentence: ``"angry is 5.8 dB louder than sad"``.

    Parameters
    ----------
    measure : Measure
        The measure.
    first, second : Distribution
        Its distributions for two emotions, in any order.

    Returns
    -------
    str
        A sentence without its full stop.
    """
    more, less = (first, second) if first.mean >= second.mean else (second, first)
    difference = more.mean - less.mean
    if difference < measure.least_difference:
        return f"{more.emotion} and {less.emotion} are about the same in {measure.name}"
    return f"{more.emotion} {measure.describe_excess(difference)} than {less.emotion}"


def common_language_effect_size(values: pd.Series[float], emotions: pd.Series[str], more: str, less: str) -> float:
    """Return the probability that a clip of one emotion has a greater value than a clip of another.

    The common language effect size (McGraw and Wong 1992), counted over all pairs of clips: the Mann-Whitney statistic
    divided by the number of pairs.

    Parameters
    ----------
    values : pandas.Series
        The measure; NaN does not count.
    emotions : pandas.Series
        Labels, with the same index.
    more, less : str
        Two labels.

    Returns
    -------
    float
        0.5 where the emotions do not differ, 1 where every clip of ``more`` exceeds every clip of ``less``. Ties count
        half.
    """
    measured = values.dropna()
    more_values, less_values = (measured[emotions[measured.index] == label].to_numpy() for label in (more, less))
    less_values = np.sort(less_values)
    n_less = np.searchsorted(less_values, more_values, side="left")
    n_less_or_equal = np.searchsorted(less_values, more_values, side="right")
    return float((n_less + n_less_or_equal).mean() / (2 * len(less_values)))


def eta_squared(values: pd.Series[float] | pd.DataFrame, groups: pd.Series[str]) -> float:
    """Return the share of the variance of a measure that groups explain (eta squared, Fisher 1925).

    Parameters
    ----------
    values : pandas.Series or pandas.DataFrame
        The measure, or the coordinates of places on a map; NaN does not count.
    groups : pandas.Series
        Emotion or speaker of each clip, with the same index.

    Returns
    -------
    float
        0 to 1; NaN where all values are equal.
    """
    measured = values.to_frame().dropna() if isinstance(values, pd.Series) else values.dropna()
    centre = measured.mean()
    total = float(((measured - centre) ** 2).to_numpy().sum())
    group_means = measured.groupby(groups[measured.index], observed=True).transform("mean")
    return float(((group_means - centre) ** 2).to_numpy().sum()) / total if total else float("nan")
