"""Clips of a corpus table as network input: augmented for training, cut into windows as in serving for testing."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.spectrum import db_under_peak, from_db
from ser_core.inference.front_end import FrontEnd, to_config
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.inference.summary import SummaryFrontEnd
from ser_core.inference.whisper_log_mel import WhisperFrontEnd
from ser_core.inference.windows import Windows
from ser_core.training.augmentation import Augmentation, augment, mask

# Smallest standard deviation that a feature is divided by: a constant feature stays finite.
_SMALLEST_DEVIATION = 1e-8

F = TypeVar("F", LogMelFrontEnd, WhisperFrontEnd)


class Clips(Protocol):
    """The clips of a training, one entry per row of the corpus table."""

    @property
    def front_end(self) -> FrontEnd:
        """The front end that made the network input."""

    def training_input(self, row: int, rng: np.random.Generator) -> npt.NDArray[np.float32]:
        """Return one clip as network input, augmented at random.

        Parameters
        ----------
        row : int
            Row of the corpus table.
        rng : np.random.Generator
            Source of the randomness.

        Returns
        -------
        np.ndarray [shape=(*input_shape), dtype=float32]
        """

    def windows(self, row: int) -> Windows:
        """Return all windows of one clip, cut as in serving.

        Parameters
        ----------
        row : int
            Row of the corpus table.

        Returns
        -------
        Windows
        """

    def description(self) -> dict[str, Any]:
        """Return the parameters that must be the same for an interrupted training to continue.

        Returns
        -------
        dict
            JSON-ready.
        """

    def fitted_to(self, rows: npt.NDArray[np.integer]) -> Clips:
        """Return the same clips, with everything that is estimated from data estimated from some rows alone.

        Parameters
        ----------
        rows : np.ndarray [dtype=int]
            Rows of the training part.

        Returns
        -------
        Clips
        """


@dataclass(frozen=True, eq=False)
class StoredLevels(Generic[F]):
    """Log-mel levels of all clips, concatenated: what both kinds of spectrogram clips share.

    Parameters
    ----------
    front_end : LogMelFrontEnd or WhisperFrontEnd
        The front end that computed the levels, and cuts them into windows.
    frames : np.ndarray [shape=(sum of t, bands), dtype=float16]
        Trimmed levels in decibels.
    starts : np.ndarray [shape=(n + 1,)]
        Clip ``i`` is in the rows ``starts[i]`` to ``starts[i + 1]`` of ``frames``.
    """

    front_end: F
    frames: npt.NDArray[np.float16]
    starts: npt.NDArray[np.integer]

    def levels(self, row: int) -> npt.NDArray[np.float32]:
        """Return the log-mel levels of one clip.

        Parameters
        ----------
        row : int
            Row of the corpus table.

        Returns
        -------
        np.ndarray [shape=(t, bands), dtype=float32]
            Decibels.
        """
        return self.frames[self.starts[row] : self.starts[row + 1]].astype(np.float32)

    def random_window(self, mel_db: npt.NDArray[np.float32], rng: np.random.Generator) -> npt.NDArray[np.float32]:
        """Return one window of the levels [shape=(t, bands)] of a clip, at a random place, as network input."""
        n_frames = self.front_end.window_frames
        start = rng.integers(0, max(len(mel_db) - n_frames, 0) + 1)
        window: npt.NDArray[np.float32] = self.front_end.standardise(mel_db[start : start + n_frames])
        return window

    def windows(self, row: int) -> Windows:
        """Return all windows of one clip, cut as in serving; see ``Clips``."""
        return self.front_end.cut(self.levels(row))


@dataclass(frozen=True, eq=False)
class LogMelClips(StoredLevels[LogMelFrontEnd]):
    """Clips of ``ser_cnn``, augmented in their levels; implements ``Clips``.

    Parameters
    ----------
    front_end, frames, starts
        See ``StoredLevels``.
    augmentation : Augmentation
        Settings of the augmentation of training clips.
    """

    augmentation: Augmentation

    def training_input(self, row: int, rng: np.random.Generator) -> npt.NDArray[np.float32]:
        """Return an augmented clip, or a random window of a long one; see ``Clips``."""
        front_end = self.front_end
        hop_s = front_end.hop_length / SAMPLE_RATE_HZ
        augmented = augment(self.levels(row), settings=self.augmentation, hop_s=hop_s, rng=rng)
        # Serving subtracts the noise from noisy levels, so training does too. The cached levels are already free of
        # their own noise; what is subtracted here is the noise that the augmentation added.
        mel_db = db_under_peak(front_end.subtract_noise(from_db(augmented)), front_end.floor_db)
        return mask(self.random_window(mel_db, rng), self.augmentation, rng)

    def description(self) -> dict[str, Any]:
        """Return the parameters of front end and augmentation; see ``Clips``."""
        return {"front_end": to_config(self.front_end), "augmentation": asdict(self.augmentation)}

    def fitted_to(self, rows: npt.NDArray[np.integer]) -> LogMelClips:
        """Return the clips unchanged: each window is normalised with its own mean, so nothing is estimated."""
        return self


@dataclass(frozen=True, eq=False)
class PlainClips(StoredLevels[WhisperFrontEnd]):
    """Clips of ``ser_whisper``, whose copies were augmented before the front end; implements ``Clips``.

    Parameters
    ----------
    front_end, frames, starts
        See ``StoredLevels``.
    """

    def training_input(self, row: int, rng: np.random.Generator) -> npt.NDArray[np.float32]:
        """Return a random window of a clip; see ``Clips``."""
        return self.random_window(self.levels(row), rng)

    def description(self) -> dict[str, Any]:
        """Return the parameters of the front end; see ``Clips``."""
        return {"front_end": to_config(self.front_end)}

    def fitted_to(self, rows: npt.NDArray[np.integer]) -> PlainClips:
        """Return the clips unchanged: nothing is estimated from the training clips."""
        return self


SpectrogramClips = LogMelClips | PlainClips


@dataclass(frozen=True, eq=False)
class SummaryClips:
    """The 162 time averages of all clips; implements ``Clips``.

    Parameters
    ----------
    front_end : SummaryFrontEnd
        Holds the mean and deviation of the standardisation.
    summaries : np.ndarray [shape=(n, 162)]
        ``Features.summary`` of each clip.
    """

    front_end: SummaryFrontEnd
    summaries: npt.NDArray[np.floating]

    def training_input(self, row: int, rng: np.random.Generator) -> npt.NDArray[np.float32]:
        """Return one clip as network input; time averages are not augmented. See ``Clips``."""
        return self.front_end.standardise(self.summaries[row])

    def windows(self, row: int) -> Windows:
        """Return one clip as a single window; see ``Clips``."""
        return self.front_end.cut(self.summaries[row])

    def description(self) -> dict[str, Any]:
        """Return the parameters of the front end; see ``Clips``."""
        return {"front_end": to_config(self.front_end)}

    def fitted_to(self, rows: npt.NDArray[np.integer]) -> SummaryClips:
        """Return the same clips, standardised with the mean and deviation of some rows alone; see ``Clips``."""
        training_summaries = self.summaries[rows]
        mean, deviation = (
            training_summaries.mean(axis=0),
            np.maximum(training_summaries.std(axis=0), _SMALLEST_DEVIATION),
        )
        return replace(self, front_end=SummaryFrontEnd(tuple(map(float, mean)), tuple(map(float, deviation))))
