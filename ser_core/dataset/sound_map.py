"""The sound map: the many numbers of each clip reduced to two, so that clips with similar sound lie close together.

Principal components of the standardised numbers (Pearson 1901). Loudness is first removed from the original project's
162 averages (``level_free``): it depends on the microphone as much as on the voice, and would be the first component.
A clip that is ten times louder has the same place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from ser_core.features.extraction import N_MELS, N_SUMMARY, SUMMARY_LAYOUT

# Columns of each feature in ``Features.summary()``.
_ZCR, _CHROMA, _MFCC, _RMS, _MEL = (np.arange(N_SUMMARY)[columns] for columns in SUMMARY_LAYOUT.values())
# A reconstructed waveform does not have the original's fine structure and fine pitch.
_NOT_OF_RECONSTRUCTED = np.concatenate([_ZCR, _CHROMA])
_FLOOR_POWER = 1e-10
# A number with a smaller deviation counts as constant.
_LEAST_DEVIATION = 1e-3


@dataclass(frozen=True, eq=False)
class SoundMap:
    """A projection from the numbers of a clip to its place on a map with two axes.

    Parameters
    ----------
    mean, deviation : np.ndarray [shape=(n_numbers,)]
        Mean and standard deviation of each number over the clips that the map was fitted to.
    components : np.ndarray [shape=(2, n_numbers)]
        The directions of the two axes.
    explained : np.ndarray [shape=(2,)]
        The share of the variance between clips that each axis holds.
    """

    mean: np.ndarray
    deviation: np.ndarray
    components: np.ndarray
    explained: np.ndarray

    @classmethod
    def fit(cls, numbers: np.ndarray) -> SoundMap:
        """Fit the map to clips.

        Parameters
        ----------
        numbers : np.ndarray [shape=(n_clips, n_numbers)]
            The numbers of each clip; NaN where a number is unknown.

        Returns
        -------
        SoundMap
        """
        mean, deviation = np.nanmean(numbers, axis=0), np.nanstd(numbers, axis=0)
        standardised = _standardise(numbers, mean, deviation)
        variance, directions = np.linalg.eigh(standardised.T @ standardised)
        components = directions[:, :-3:-1].T
        # The sign of a component is arbitrary. Its largest weight is made positive, so that every run gives one map.
        largest = np.abs(components).argmax(axis=1)
        components = components * np.sign(components[np.arange(2), largest])[:, None]
        return cls(mean, deviation, components, variance[:-3:-1] / variance.sum())

    def place(self, numbers: np.ndarray) -> np.ndarray:
        """Return the places of clips [shape=(n_clips, 2)].

        Parameters
        ----------
        numbers : np.ndarray [shape=(n_clips, n_numbers)]
            The numbers of each clip, as in ``fit``.
        """
        places: np.ndarray = _standardise(numbers, self.mean, self.deviation) @ self.components.T
        return places

    def as_arrays(self) -> dict[str, np.ndarray]:
        """Return the parameters by name, float32."""
        return {name: getattr(self, name).astype(np.float32) for name in _ARRAYS}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray]) -> SoundMap:
        """Make a map from the arrays of ``as_arrays``; other arrays are ignored."""
        return cls(**{name: arrays[name] for name in _ARRAYS})

    def save(self, path: Path) -> None:
        """Write the map's parameters as an ``.npz`` file."""
        np.savez_compressed(path, allow_pickle=False, **self.as_arrays())

    @classmethod
    def load(cls, path: Path) -> SoundMap:
        """Read a map that ``save`` wrote.

        Parameters
        ----------
        path : Path
            The ``.npz`` file.

        Raises
        ------
        OSError, ValueError or KeyError
            If the file is missing or damaged.
        """
        with np.load(path) as arrays:
            return cls.from_arrays(arrays)


_ARRAYS = tuple(field.name for field in fields(SoundMap))


def level_free(summaries: np.ndarray, is_reconstructed: np.ndarray) -> np.ndarray:
    """Return the 162 averages at a common loudness, with the mel bands in decibels.

    Parameters
    ----------
    summaries : np.ndarray [shape=(n_clips, 162)]
        ``Features.summary()`` of each clip.
    is_reconstructed : np.ndarray [shape=(n_clips,), dtype=bool]
        True for a clip that was inverted from a mel spectrogram: only its mel bands and MFCC count.

    Returns
    -------
    np.ndarray [shape=(n_clips, 162)]
        NaN for the numbers that a reconstructed clip does not have.
    """
    numbers = np.array(summaries, dtype=np.float64)
    bands_db = 10.0 * np.log10(np.maximum(numbers[:, _MEL], _FLOOR_POWER))
    level_db = bands_db.mean(axis=1, keepdims=True)
    numbers[:, _MEL] = bands_db - level_db
    numbers[:, _RMS] = 0.0
    # The first MFCC of an orthonormal cosine transform is the sum over the bands, divided by the root of their number.
    numbers[:, _MFCC[:1]] -= np.sqrt(N_MELS) * level_db
    numbers[np.ix_(is_reconstructed, _NOT_OF_RECONSTRUCTED)] = np.nan
    return numbers


def _standardise(numbers: np.ndarray, mean: np.ndarray, deviation: np.ndarray) -> np.ndarray:
    # RMS is constant here and becomes zero. An unknown number counts as average.
    standardised: np.ndarray = np.nan_to_num((numbers - mean) / np.maximum(deviation, _LEAST_DEVIATION))
    return standardised
