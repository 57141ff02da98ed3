"""How far the cues of a voice go the way that actors take them for an emotion.

On the scale of a cue, 0 is the plain voice and 1 is where actors go for the emotion in the middle. The plain voice is
the speaker's own, where a plain recording of the same sentence is there, and else the median of neutral clips. Pitch,
rate and brightness are compared as ratios: twenty hertz are more in a low voice than in a high one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ser_core.features.cue_percentiles import ALL_SEXES, Distribution, Reference
from ser_core.features.cues import Cues
from ser_core.features.unusual import compare_with_neutral, typical_shift

# The cues that a speaker can steer, and that neither a microphone nor a room changes much.
ACTED_CUES = ("pitch_hz", "pitch_range_st", "syllables_per_s", "brightness_hz")
_COMPARED_AS_RATIO = frozenset({"pitch_hz", "syllables_per_s", "brightness_hz"})

NEUTRAL = "neutral"
# Actors take a cue somewhere where their median for the emotion is this many percentiles from that of neutral speech.
_MIN_SHIFT = 15.0
# A cue that actors raise in one corpus and lower in another says nothing: this share of the corpora must agree.
_MIN_AGREEMENT = 0.75
# A voice that goes further than this is shown there.
FURTHEST = 2.5
# From here on a cue has gone far enough for a tip about another one.
FAR_ENOUGH = 0.8


@dataclass(frozen=True)
class CueStep:
    """One cue of a voice on the way from the plain voice to the emotion.

    Parameters
    ----------
    cue : str
        One of ``ACTED_CUES``.
    value : float
        The voice's value, in the cue's own unit; NaN where it could not be measured.
    plain : float
        The value of the plain voice.
    goes_up : bool
        Whether actors raise the cue for the emotion.
    share : float
        0 at the plain voice, 1 at the middle of the actors, below 0 in the other direction, within ``FURTHEST``; NaN
        where the value is.
    actors : tuple of float
        The middle half of the actors' clips on the same scale.
    """

    cue: str
    value: float
    plain: float
    goes_up: bool
    share: float
    actors: tuple[float, float]


def plain_voice(reference: Reference, sex: str = ALL_SEXES, own: Cues | None = None) -> dict[str, float]:
    """Return the values of a plain voice: where the scales begin.

    Parameters
    ----------
    reference : Reference
        Percentiles of real speech.
    sex : str
        Whose speech: ``"female"``, ``"male"`` or ``"all"``.
    own : Cues, optional
        Cues of the same sentence in the speaker's plain voice.

    Returns
    -------
    dict of str to float
        By cue, for all of ``ACTED_CUES``: the own value; where there is none or it could not be measured, the median of
        neutral clips.
    """
    values = {}
    for cue in ACTED_CUES:
        own_value = math.nan if own is None else getattr(own, cue)
        neutral = [reference.by_emotion(cue, corpus, sex).get(NEUTRAL) for corpus in reference.corpora]
        usual = float(np.median([spread.median for spread in neutral if spread is not None]))
        values[cue] = usual if math.isnan(own_value) else own_value
    return values


def find_steps(
    cues: Cues, emotion: str, reference: Reference, plain: Mapping[str, float], sex: str = ALL_SEXES
) -> tuple[CueStep, ...]:
    """Return the cues that actors take somewhere for an emotion, and how far a voice took them.

    Parameters
    ----------
    cues : Cues
        Cues of the voice.
    emotion : str
        The emotion that is acted.
    reference : Reference
        Percentiles of real speech.
    plain : mapping of str to float
        As ``plain_voice`` returns it.
    sex : str
        As for ``plain_voice``.

    Returns
    -------
    tuple of CueStep
        Empty for ``NEUTRAL``, and where actors take no cue anywhere.
    """
    steps = []
    for cue in ACTED_CUES if emotion != NEUTRAL else ():
        if abs(typical_shift(cue, emotion, reference, sex)) < _MIN_SHIFT:
            continue
        pairs = _neutral_and_emotion(cue, emotion, reference, sex)
        lengths = [_scaled(cue, acted.median) - _scaled(cue, neutral.median) for neutral, acted in pairs]
        length = float(np.median(lengths))
        if np.mean(np.sign(lengths) == np.sign(length)) < _MIN_AGREEMENT:
            continue
        quarters = [
            [_scaled(cue, edge) - _scaled(cue, neutral.median) for edge in _middle_half(acted)]
            for neutral, acted in pairs
        ]
        first, last = sorted(float(edge) / length for edge in np.median(quarters, axis=0))
        start, value = plain[cue], getattr(cues, cue)
        share = (_scaled(cue, value) - _scaled(cue, start)) / length
        steps.append(CueStep(cue, value, start, length > 0, _limited(share), (_limited(first), _limited(last))))
    return tuple(steps)


def score_of(steps: tuple[CueStep, ...]) -> float | None:
    """Return how far a voice went, 0 to 1: the mean of its cues' shares, each at most 1 and at least 0.

    Parameters
    ----------
    steps : tuple of CueStep
        As ``find_steps`` returns them.

    Returns
    -------
    float or None
        None where no cue could be measured.
    """
    shares = [min(max(step.share, 0.0), 1.0) for step in steps if not math.isnan(step.share)]
    return float(np.mean(shares)) if shares else None


def score_of_neutral(cues: Cues, reference: Reference, sex: str = ALL_SEXES) -> float | None:
    """Return how plain a voice is, 0 to 1: the share of its cues that are in the usual range of neutral speech.

    Parameters
    ----------
    cues : Cues
        Cues of the voice.
    reference : Reference
        Percentiles of real speech.
    sex : str
        As for ``plain_voice``.

    Returns
    -------
    float or None
        None where no cue could be measured.
    """
    is_usual = [
        deviation.excess == 0.0
        for deviation in compare_with_neutral(cues, reference, sex)
        if deviation.cue in ACTED_CUES and not math.isnan(deviation.value)
    ]
    return float(np.mean(is_usual)) if is_usual else None


def weakest(steps: tuple[CueStep, ...]) -> CueStep | None:
    """Return the measured cue that went least far; None where all went far enough."""
    short = [step for step in steps if step.share < FAR_ENOUGH]
    return min(short, key=lambda step: step.share, default=None)


def _neutral_and_emotion(
    cue: str, emotion: str, reference: Reference, sex: str
) -> list[tuple[Distribution, Distribution]]:
    spreads = [reference.by_emotion(cue, corpus, sex) for corpus in reference.corpora]
    return [(spread[NEUTRAL], spread[emotion]) for spread in spreads if NEUTRAL in spread and emotion in spread]


def _middle_half(spread: Distribution) -> tuple[float, float]:
    return spread.values[2], spread.values[4]


def _scaled(cue: str, value: float) -> float:
    return math.log2(value) if cue in _COMPARED_AS_RATIO and value > 0 else value


def _limited(share: float) -> float:
    return share if math.isnan(share) else min(max(share, -FURTHEST), FURTHEST)
