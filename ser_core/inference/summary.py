"""Front end of ``seed_cnn``: the 162 time averages of the original project."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np

from ser_core.audio.loading import Audio
from ser_core.features.extraction import N_SUMMARY, extract_features
from ser_core.inference.windows import Windows


@dataclass(frozen=True)
class SummaryFrontEnd:
    """The 162 time averages of the original project, standardised with statistics of the training data.

    Parameters
    ----------
    mean, deviation : tuple of float
        Mean and standard deviation of each of the 162 numbers over the training clips; empty before the training.
    """

    kind: ClassVar[str] = "summary_162"

    mean: tuple[float, ...] = field(default=(), repr=False)
    deviation: tuple[float, ...] = field(default=(), repr=False)

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one window: (numbers, channels)."""
        return (N_SUMMARY, 1)

    def standardise(self, summaries: np.ndarray) -> np.ndarray:
        """Return summaries [shape=(n, 162)] as network input [shape=(n, 162, 1)], float32."""
        standardised: np.ndarray = (summaries - np.array(self.mean)) / np.array(self.deviation)
        return standardised.astype(np.float32)[..., None]

    def windows(self, audio: Audio) -> Windows:
        """Return the whole clip as a single window, as in the original project."""
        windows = self.cut(extract_features(audio, with_pitch=False).summary())
        return replace(windows, end_s=np.array([audio.duration_s]))

    def cut(self, summary: np.ndarray) -> Windows:
        """Return a summary [shape=(162,)] as a single window; its end is NaN, because the duration is not known."""
        return Windows(self.standardise(summary[None]), np.zeros(1), np.full(1, np.nan), np.ones(1))
