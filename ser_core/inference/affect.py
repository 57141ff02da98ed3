"""Valence and arousal of a prediction: how pleasant and how excited a voice sounds.

For the voice of a stranger, these two values are often right when the predicted emotion is wrong. For example, fear and
anger are both tense and unpleasant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_core.emotions import LABELS

# Mean ratings of emotion words on the scales pleasure and arousal, -1 to 1: Russell and Mehrabian (1977), "Evidence for
# a three-factor theory of emotions", table 2 (angry, relaxed, disgusted, fearful, happy, sad, surprised). Neutral is
# the origin of both scales.
_VALENCE = {
    "angry": -0.51,
    "calm": 0.68,
    "disgust": -0.60,
    "fear": -0.64,
    "happy": 0.81,
    "neutral": 0.0,
    "sad": -0.63,
    "surprise": 0.40,
}
_AROUSAL = {
    "angry": 0.59,
    "calm": -0.46,
    "disgust": 0.35,
    "fear": 0.60,
    "happy": 0.51,
    "neutral": 0.0,
    "sad": -0.27,
    "surprise": 0.67,
}
# Valence and arousal of each label, in the order of ``LABELS`` [shape=(8, 2)]. The mean is subtracted: most emotions
# have a high arousal, so a prediction with eight equal probabilities would otherwise count as excited.
COORDINATES = np.array([[_VALENCE[label], _AROUSAL[label]] for label in LABELS])
COORDINATES -= COORDINATES.mean(axis=0)

# A valence or an arousal nearer to 0 than this is not named.
_NAMED_FROM = 0.15


@dataclass(frozen=True)
class Affect:
    """A place on the two axes.

    Parameters
    ----------
    valence : float
        -1 (unpleasant) to 1 (pleasant).
    arousal : float
        -1 (quiet) to 1 (excited).
    """

    valence: float
    arousal: float

    @property
    def words(self) -> str:
        """The place in words: ``"tense and unpleasant"``, ``"quiet"``, ``"even"``."""
        excited = "tense" if self.valence < 0.0 else "lively"
        arousal = excited if self.arousal >= _NAMED_FROM else "quiet" if self.arousal <= -_NAMED_FROM else ""
        valence = "pleasant" if self.valence >= _NAMED_FROM else "unpleasant" if self.valence <= -_NAMED_FROM else ""
        return " and ".join(word for word in (arousal, valence) if word) or "even"


def affect_of(shares: npt.NDArray[np.floating]) -> Affect:
    """Return the expected valence and arousal of calibrated probabilities.

    Parameters
    ----------
    shares : np.ndarray [shape=(8,)]
        Probabilities in the order of ``LABELS``.

    Returns
    -------
    Affect
    """
    valence, arousal = np.asarray(shares) @ COORDINATES
    return Affect(float(valence), float(arousal))
