"""The sound map: each clip's 162 averages squeezed into two, so that clips that sound alike lie close.

Principal components of the standardised averages (Pearson 1901). Loudness is taken out first: it is the microphone's
as much as the voice's, and would be the first component. A clip ten times louder lands on the same spot.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ser_core.features import N_MELS, N_MFCC

# The parts of ``Features.summary()``.
_ZCR, _CHROMA, _MFCC, _RMS, _MEL = np.split(np.arange(162), np.cumsum([1, 12, N_MFCC, 1]))
# What an invented waveform cannot tell: fine structure, fine pitch.
_NOT_OF_REBUILT = np.concatenate([_ZCR, _CHROMA])
_FLOOR_POWER = 1e-10


@dataclass(frozen=True, eq=False)
class SoundMap:
    """Where a clip lies on the map.

    Parameters
    ----------
    mean, deviation : np.ndarray [shape=(162,)]
        Of the level-free averages over the clips that the map was made from.
    components : np.ndarray [shape=(2, 162)]
        The directions of the two axes.
    explained : np.ndarray [shape=(2,)]
        The share of all differences between clips that each axis shows.
    """

    mean: np.ndarray
    deviation: np.ndarray
    components: np.ndarray
    explained: np.ndarray

    @classmethod
    def fit(cls, summaries: np.ndarray, is_rebuilt: np.ndarray) -> SoundMap:
        """Make the map.

        Parameters
        ----------
        summaries : np.ndarray [shape=(n, 162)]
            As ``Features.summary`` gives them.
        is_rebuilt : np.ndarray [shape=(n,), dtype=bool]
            Which clips were inverted from a mel spectrogram: these count by their mel bands and MFCC alone.

        Returns
        -------
        SoundMap
        """
        numbers = _level_free(summaries, is_rebuilt)
        mean, deviation = np.nanmean(numbers, axis=0), np.nanstd(numbers, axis=0)
        standardised = _standardise(numbers, mean, deviation)
        variance, directions = np.linalg.eigh(standardised.T @ standardised)
        components = directions[:, :-3:-1].T
        # A direction and its opposite are equally good; the largest weight decides, so that each run agrees.
        largest = np.abs(components).argmax(axis=1)
        components = components * np.sign(components[np.arange(2), largest])[:, None]
        return cls(mean, deviation, components, variance[:-3:-1] / variance.sum())

    def place(self, summaries: np.ndarray, is_rebuilt: np.ndarray) -> np.ndarray:
        """Return where clips lie.

        Parameters
        ----------
        summaries : np.ndarray [shape=(n, 162)]
            As ``Features.summary`` gives them.
        is_rebuilt : np.ndarray [shape=(n,), dtype=bool]
            As in ``fit``.

        Returns
        -------
        np.ndarray [shape=(n, 2)]
        """
        return _standardise(_level_free(summaries, is_rebuilt), self.mean, self.deviation) @ self.components.T

    def save(self, path: Path) -> None:
        """Write the map's parameters as an ``.npz`` file."""
        np.savez_compressed(
            path,
            mean=self.mean.astype(np.float32),
            deviation=self.deviation.astype(np.float32),
            components=self.components.astype(np.float32),
            explained=self.explained.astype(np.float32),
        )

    @classmethod
    def load(cls, path: Path) -> SoundMap:
        """Read what ``save`` wrote."""
        with np.load(path) as arrays:
            return cls(**{name: arrays[name] for name in ("mean", "deviation", "components", "explained")})


def _level_free(summaries: np.ndarray, is_rebuilt: np.ndarray) -> np.ndarray:
    """Return the averages at one loudness, the mel bands in decibels; NaN where a clip cannot tell."""
    numbers = np.array(summaries, dtype=np.float64)
    bands_db = 10.0 * np.log10(np.maximum(numbers[:, _MEL], _FLOOR_POWER))
    level_db = bands_db.mean(axis=1, keepdims=True)
    numbers[:, _MEL] = bands_db - level_db
    numbers[:, _RMS] = 0.0
    # The first MFCC of an orthonormal cosine transform is the sum over the bands by the root of their number.
    numbers[:, _MFCC[:1]] -= np.sqrt(N_MELS) * level_db
    numbers[np.ix_(is_rebuilt, _NOT_OF_REBUILT)] = np.nan
    return numbers


def _standardise(numbers: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    # RMS never differs here and stays zero; what is not known counts as average.
    return np.nan_to_num((numbers - mean) / np.maximum(deviation, 1e-8))
