"""A voice profile: how one person has sounded so far, so that a new recording can be compared with it.

A voice that is always high or bright is then not taken for an excited one. A profile holds a sum of network activations
and a count. It holds no sound, and sound cannot be made from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# The mean of n clips is multiplied by n / (n + 2): a few clips are a poor estimate of how a voice usually sounds.
_SHRINKAGE_CLIPS = 2.0


@dataclass(frozen=True, eq=False)
class VoiceProfile:
    """How a voice has sounded in earlier recordings.

    Parameters
    ----------
    total : np.ndarray [shape=(n,)]
        Sum of the recordings' ``Prediction.voice``.
    n_clips : float
        Number of recordings; not whole where older ones count less.
    """

    total: np.ndarray
    n_clips: float

    @classmethod
    def of(cls, *voices: np.ndarray) -> VoiceProfile:
        """Return the profile of one or more recordings.

        Parameters
        ----------
        *voices : np.ndarray [shape=(n,)]
            ``Prediction.voice`` of each recording.
        """
        return cls(np.sum(voices, axis=0), float(len(voices)))

    def with_clip(self, voice: np.ndarray, *, weight: float = 1.0, earlier_weight: float = 1.0) -> VoiceProfile:
        """Return the profile with one more recording.

        Parameters
        ----------
        voice : np.ndarray [shape=(n,)]
            ``Prediction.voice`` of the recording.
        weight : float
            How much the recording counts.
        earlier_weight : float
            The weight of all earlier recordings is multiplied by this. Below 1, older recordings count less.
        """
        return VoiceProfile(earlier_weight * self.total + weight * voice, earlier_weight * self.n_clips + weight)

    def reference(self) -> np.ndarray:
        """Return the network's reference [shape=(n,)], float32: the mean of the recordings, shrunk towards zero."""
        reference: np.ndarray = (self.total / (self.n_clips + _SHRINKAGE_CLIPS)).astype(np.float32)
        return reference
