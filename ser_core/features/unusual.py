"""Which cues of a clip are unusual for neutral speech."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ser_core.features.cues import Cues
from ser_core.features.reference import PERCENTILES, Reference

# Not the level, which the microphone decides, nor the length, which the sentence does; zero crossings say in other
# words what brightness says, and count the hiss of a recording too.
JUDGED: tuple[str, ...] = (
    "pitch_hz",
    "pitch_range_st",
    "level_range_db",
    "syllables_per_s",
    "pause_share",
    "voiced_share",
    "brightness_hz",
)

_LOW, _HIGH = PERCENTILES.index(10), PERCENTILES.index(90)


@dataclass(frozen=True)
class Judged:
    """A cue of a clip beside neutral speech.

    Parameters
    ----------
    cue : str
        One of ``JUDGED``.
    value : float
        The clip's, in the cue's own unit; NaN where it could not be measured.
    usual : tuple of float
        Where eight in ten neutral clips lie: the 10th and the 90th percentile, each the median over the corpora, which
        are as different as their speakers and microphones are.
    excess : float
        How far beyond that the clip lies, as a share of its width: positive above, negative below, 0 inside.
    """

    cue: str
    value: float
    usual: tuple[float, float]
    excess: float


def judge_cues(cues: Cues, reference: Reference) -> tuple[Judged, ...]:
    """Compare a clip's cues with those of neutral speech.

    Parameters
    ----------
    cues : Cues
        The clip's.
    reference : Reference
        The table of real voices.

    Returns
    -------
    tuple of Judged
        All of ``JUDGED`` that the table has, the most unusual first.
    """
    judged = []
    for cue in JUDGED:
        of_corpora = [reference.by_emotion(cue, corpus).get("neutral") for corpus in reference.corpora]
        edges = np.array([(each.values[_LOW], each.values[_HIGH]) for each in of_corpora if each is not None])
        if not len(edges):
            continue
        low, high = (float(edge) for edge in np.median(edges, axis=0))
        value = getattr(cues, cue)
        beyond = 0.0 if math.isnan(value) else max(value - high, 0.0) + min(value - low, 0.0)
        judged.append(Judged(cue, value, (low, high), beyond / max(high - low, 1e-9)))
    return tuple(sorted(judged, key=lambda each: -abs(each.excess)))
