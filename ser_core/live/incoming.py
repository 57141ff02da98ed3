"""From what a browser sends to 16 kHz mono, piece by piece."""

from __future__ import annotations

import numpy as np
import soxr

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.audio.scaling import to_float32


def by_channel(samples: np.ndarray, channels: int) -> np.ndarray:
    """Return a sound frame's samples with their channels side by side.

    Parameters
    ----------
    samples : np.ndarray [shape=(1, n * channels) or (channels, n)]
        As PyAV gives them: interleaved in one row (left, right, left ...), or one row a channel.
    channels : int
        How many there are.

    Returns
    -------
    np.ndarray [shape=(n, channels)]
        The same numbers; nothing is copied.
    """
    return samples.reshape(-1, channels) if len(samples) == 1 else samples.T


class MonoResampler:
    """Mixes pieces of sound down and brings them to 16 kHz, without a seam between pieces.

    An answer for the last few milliseconds of a piece comes with the next one: the filter looks 20 ms ahead on average.
    """

    def __init__(self) -> None:
        self._rate_hz = 0
        self._resampler: soxr.ResampleStream | None = None

    def feed(self, block: np.ndarray, rate_hz: int) -> np.ndarray:
        """Take one piece in.

        Parameters
        ----------
        block : np.ndarray [shape=(n, channels)]
            Floats with full scale at 1.0, or integers.
        rate_hz : int
            Its sample rate. What the filter still holds is given up where it changes.

        Returns
        -------
        np.ndarray [shape=(about n * 16,000 / rate_hz,)]
            float32, channels averaged.
        """
        if rate_hz != self._rate_hz:
            self._rate_hz = rate_hz
            self._resampler = soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ")
        mono = to_float32(block).mean(axis=1)
        return self._resampler.resample_chunk(mono)
