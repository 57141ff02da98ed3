"""Which cues of a clip are unusual for neutral speech."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ser_core.features.cue_percentiles import ALL_SEXES, PERCENTILES, Reference
from ser_core.features.cues import Cues

# Left out: the level, which depends on the microphone; the length of speech, which depends on the sentence; and the
# zero crossings, which carry the same information as brightness and also count a recording's hiss.
COMPARED_CUES: tuple[str, ...] = (
    "pitch_hz",
    "pitch_range_st",
    "level_range_db",
    "syllables_per_s",
    "pause_share",
    "voiced_share",
    "brightness_hz",
)

# The percentile of the median.
MIDDLE = 50.0

_LOW, _HIGH = PERCENTILES.index(10), PERCENTILES.index(90)


@dataclass(frozen=True)
class CueDeviation:
    """A cue of a clip compared with neutral speech.

    Parameters
    ----------
    cue : str
        One of ``COMPARED_CUES``.
    value : float
        The clip's value, in the cue's own unit; NaN where it could not be measured.
    usual_range : tuple of float
        Range that holds eight of ten neutral clips: the 10th and the 90th percentile. Each is the median over the
        corpora, which differ because of their speakers and microphones.
    excess : float
        Distance of the value from that range, as a share of the range's width: positive above the range, negative below
        it, 0 inside.
    """

    cue: str
    value: float
    usual_range: tuple[float, float]
    excess: float


def compare_with_neutral(cues: Cues, reference: Reference, sex: str = ALL_SEXES) -> tuple[CueDeviation, ...]:
    """Compare a clip's cues with those of neutral speech.

    Parameters
    ----------
    cues : Cues
        Cues of the clip.
    reference : Reference
        Percentiles of real speech.
    sex : str
        Speakers of the neutral speech: ``"female"``, ``"male"`` or ``"all"``. A corpus without them is left out.

    Returns
    -------
    tuple of CueDeviation
        All of ``COMPARED_CUES`` that the table has, the largest deviation first.
    """
    deviations = []
    for cue in COMPARED_CUES:
        neutral = [reference.by_emotion(cue, corpus, sex).get("neutral") for corpus in reference.corpora]
        edges = np.array([(spread.values[_LOW], spread.values[_HIGH]) for spread in neutral if spread is not None])
        if not len(edges):
            continue
        low, high = (float(edge) for edge in np.median(edges, axis=0))
        value = getattr(cues, cue)
        distance = 0.0 if math.isnan(value) else max(value - high, 0.0) + min(value - low, 0.0)
        deviations.append(CueDeviation(cue, value, (low, high), distance / max(high - low, 1e-9)))
    return tuple(sorted(deviations, key=lambda deviation: -abs(deviation.excess)))


def typical_shift(cue: str, emotion: str, reference: Reference, sex: str = ALL_SEXES) -> float:
    """Return where speakers of an emotion take a cue, in percentiles of neutral speech.

    Parameters
    ----------
    cue : str
        A field of ``Cues``.
    emotion : str
        The emotion.
    reference : Reference
        Percentiles of real speech.
    sex : str
        As for ``compare_with_neutral``.

    Returns
    -------
    float
        -50 to 50: how many percentiles of the neutral clips the emotion's median is above their median. The median over
        the corpora that have both; 0 where none has.
    """
    spreads = [reference.by_emotion(cue, corpus, sex) for corpus in reference.corpora]
    shifts = [
        spread["neutral"].percentile_of(spread[emotion].median) - MIDDLE
        for spread in spreads
        if "neutral" in spread and emotion in spread
    ]
    return float(np.median(shifts)) if shifts else 0.0
