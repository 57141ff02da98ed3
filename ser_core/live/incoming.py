"""Converts the blocks of sound that a browser sends to 16 kHz mono."""

from __future__ import annotations

import numpy as np
import soxr

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.audio.scaling import to_float32


def by_channel(samples: np.ndarray, channels: int) -> np.ndarray:
    """Return a block of samples with one column per channel.

    Parameters
    ----------
    samples : np.ndarray [shape=(1, n * channels) or (channels, n)]
        As PyAV returns them: interleaved in one row (left, right, left ...), or one row per channel.
    channels : int
        Number of channels.

    Returns
    -------
    np.ndarray [shape=(n, channels)]
        A view of the same samples; nothing is copied.
    """
    return samples.reshape(-1, channels) if len(samples) == 1 else samples.T


class MonoResampler:
    """Mixes blocks down to mono and resamples them to 16 kHz, without discontinuities between blocks.

    The resampling filter has a delay of 20 ms on average: the last milliseconds of a block are returned with the next.
    """

    def __init__(self) -> None:
        self._rate_hz = 0
        self._resampler: soxr.ResampleStream | None = None

    def feed(self, block: np.ndarray, rate_hz: int) -> np.ndarray:
        """Resample the next block.

        Parameters
        ----------
        block : np.ndarray [shape=(n, channels)]
            Floats with full scale at 1.0, or integers.
        rate_hz : int
            The block's sample rate. When it changes, the samples that the filter still holds are dropped.

        Returns
        -------
        np.ndarray [shape=(about n * 16,000 / rate_hz,)]
            float32, the mean of all channels.
        """
        if self._resampler is None or rate_hz != self._rate_hz:
            self._rate_hz = rate_hz
            self._resampler = soxr.ResampleStream(rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ")
        mono = to_float32(block).mean(axis=1)
        resampled: np.ndarray = self._resampler.resample_chunk(mono)
        return resampled
