"""Finds the cues of a clip that are typical of the emotion that the speaker was asked for, and those that are not."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ser_core.features.cue_percentiles import ALL_SEXES, Distribution, Reference
from ser_core.features.cues import Cues
from ser_core.features.unusual import MIDDLE, compare_with_neutral, typical_shift

# A cue is unusual if at least three of four neutral clips have a smaller value, or if at least three have a larger one.
_MIN_DISTANCE = 25.0
# An emotion changes a cue if its median is at least this many percentiles away from the median of neutral speech.
_MIN_SHIFT = 15.0


@dataclass(frozen=True)
class Hint:
    """A cue of a clip that differs from neutral speech.

    Parameters
    ----------
    cue : str
        A field of ``Cues``.
    value : float
        The clip's value, in the cue's own unit.
    usual_range : tuple of float
        The range that holds eight of ten neutral clips.
    percentile : float
        The per cent of neutral clips with a smaller value: the median over the corpora, 5 to 95.
    is_typical : bool
        True where speakers of the emotion change the cue in the same direction. False where they change it in the
        other direction or not at all.
    """

    cue: str
    value: float
    usual_range: tuple[float, float]
    percentile: float
    is_typical: bool


def find_hints(cues: Cues, emotion: str, reference: Reference, sex: str = ALL_SEXES) -> tuple[Hint, ...]:
    """Return the cues of a clip that are unusual for neutral speech.

    Parameters
    ----------
    cues : Cues
        Cues of the clip.
    emotion : str
        The emotion that the speaker was asked for.
    reference : Reference
        Percentiles of real speech.
    sex : str
        Speakers of the real speech: ``"female"``, ``"male"`` or ``"all"``.

    Returns
    -------
    tuple of Hint
        Those that are typical of the emotion first; among these, the cue that differs most first.
    """
    hints = []
    for deviation in compare_with_neutral(cues, reference, sex):
        spreads = [reference.by_emotion(deviation.cue, corpus, sex) for corpus in reference.corpora]
        neutral = [spread["neutral"] for spread in spreads if "neutral" in spread]
        if math.isnan(deviation.value):
            continue
        percentile = _median_percentile(neutral, deviation.value)
        if abs(percentile - MIDDLE) < _MIN_DISTANCE:
            continue
        shift = typical_shift(deviation.cue, emotion, reference, sex)
        is_typical = abs(shift) >= _MIN_SHIFT and (shift > 0) == (percentile > MIDDLE)
        hints.append(Hint(deviation.cue, deviation.value, deviation.usual_range, percentile, is_typical))
    return tuple(sorted(hints, key=lambda hint: (not hint.is_typical, -abs(hint.percentile - MIDDLE))))


def _median_percentile(distributions: list[Distribution], value: float) -> float:
    return float(np.median([spread.percentile_of(value) for spread in distributions]))
