"""The sound map: each clip's many numbers squeezed into two, so that clips that sound alike lie close.

Principal components of the standardised numbers (Pearson 1901). Of the original project's 162 averages, loudness is
taken out first (``level_free``): it is the microphone's as much as the voice's, and would be the first component. A
clip ten times louder lands on the same spot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from ser_core.features.extraction import N_MELS, N_SUMMARY, SUMMARY_LAYOUT

# Columns of each feature in ``Features.summary()``.
_ZCR, _CHROMA, _MFCC, _RMS, _MEL = (np.arange(N_SUMMARY)[columns] for columns in SUMMARY_LAYOUT.values())
# What an invented waveform cannot tell: fine structure, fine pitch.
_NOT_OF_RECONSTRUCTED = np.concatenate([_ZCR, _CHROMA])
_FLOOR_POWER = 1e-10
# What differs less between all clips does not differ.
_LEAST_DEVIATION = 1e-3


@dataclass(frozen=True, eq=False)
class SoundMap:
    """Where a clip lies on the map.

    Parameters
    ----------
    mean, deviation : np.ndarray [shape=(n,)]
        Of each number over the clips that the map was made from.
    components : np.ndarray [shape=(2, n)]
        The directions of the two axes.
    explained : np.ndarray [shape=(2,)]
        The share of all differences between clips that each axis shows.
    """

    mean: np.ndarray
    deviation: np.ndarray
    components: np.ndarray
    explained: np.ndarray

    @classmethod
    def fit(cls, numbers: np.ndarray) -> SoundMap:
        """Make the map.

        Parameters
        ----------
        numbers : np.ndarray [shape=(clips, n)]
            What is known of each clip; NaN where something is not.

        Returns
        -------
        SoundMap
        """
        mean, deviation = np.nanmean(numbers, axis=0), np.nanstd(numbers, axis=0)
        standardised = _standardise(numbers, mean, deviation)
        variance, directions = np.linalg.eigh(standardised.T @ standardised)
        components = directions[:, :-3:-1].T
        # A direction and its opposite are equally good; the largest weight decides, so that each run agrees.
        largest = np.abs(components).argmax(axis=1)
        components = components * np.sign(components[np.arange(2), largest])[:, None]
        return cls(mean, deviation, components, variance[:-3:-1] / variance.sum())

    def place(self, numbers: np.ndarray) -> np.ndarray:
        """Return where clips lie [shape=(clips, 2)].

        Parameters
        ----------
        numbers : np.ndarray [shape=(clips, n)]
            As in ``fit``.
        """
        return _standardise(numbers, self.mean, self.deviation) @ self.components.T

    def as_arrays(self) -> dict[str, np.ndarray]:
        """Return the parameters by name, float32."""
        return {name: getattr(self, name).astype(np.float32) for name in _ARRAYS}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, np.ndarray]) -> SoundMap:
        """Make a map of what ``as_arrays`` gave; other arrays do not matter."""
        return cls(**{name: arrays[name] for name in _ARRAYS})

    def save(self, path: Path) -> None:
        """Write the map's parameters as an ``.npz`` file."""
        np.savez_compressed(path, **self.as_arrays())

    @classmethod
    def load(cls, path: Path) -> SoundMap:
        """Read what ``save`` wrote."""
        with np.load(path) as arrays:
            return cls.of_arrays(arrays)


_ARRAYS = tuple(field.name for field in fields(SoundMap))


def level_free(summaries: np.ndarray, is_reconstructed: np.ndarray) -> np.ndarray:
    """Return the averages at one loudness, the mel bands in decibels; NaN where a clip cannot tell.

    Parameters
    ----------
    summaries : np.ndarray [shape=(n, 162)]
        As ``Features.summary`` gives them.
    is_reconstructed : np.ndarray [shape=(n,), dtype=bool]
        Which clips were inverted from a mel spectrogram: these count by their mel bands and MFCC alone.

    Returns
    -------
    np.ndarray [shape=(n, 162)]
    """
    numbers = np.array(summaries, dtype=np.float64)
    bands_db = 10.0 * np.log10(np.maximum(numbers[:, _MEL], _FLOOR_POWER))
    level_db = bands_db.mean(axis=1, keepdims=True)
    numbers[:, _MEL] = bands_db - level_db
    numbers[:, _RMS] = 0.0
    # The first MFCC of an orthonormal cosine transform is the sum over the bands by the root of their number.
    numbers[:, _MFCC[:1]] -= np.sqrt(N_MELS) * level_db
    numbers[np.ix_(is_reconstructed, _NOT_OF_RECONSTRUCTED)] = np.nan
    return numbers


def _standardise(numbers: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    # RMS never differs here and stays zero; what is not known counts as average.
    return np.nan_to_num((numbers - mean) / np.maximum(deviation, _LEAST_DEVIATION))
