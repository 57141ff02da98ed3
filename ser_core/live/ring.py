"""A ring buffer that keeps the last seconds of a stream."""

from __future__ import annotations

from threading import Lock

import numpy as np


class RingBuffer:
    """Keeps the newest samples; for one writing thread and any number of reading threads.

    Positions are counted in samples from the start of the stream, so that readers can detect what they have missed.

    Parameters
    ----------
    capacity : int
        Number of samples kept.
    """

    def __init__(self, capacity: int) -> None:
        self._samples = np.zeros(capacity, dtype=np.float32)
        self._n_written = 0
        self._lock = Lock()

    @property
    def n_written(self) -> int:
        """Number of samples written since the start of the stream."""
        return self._n_written

    def write(self, samples: np.ndarray) -> None:
        """Append samples [shape=(n,)]; they replace the oldest ones."""
        with self._lock:
            capacity = len(self._samples)
            newest_samples = samples[-capacity:]
            start = (self._n_written + len(samples) - len(newest_samples)) % capacity
            n_before_wrap = min(len(newest_samples), capacity - start)
            self._samples[start : start + n_before_wrap] = newest_samples[:n_before_wrap]
            self._samples[: len(newest_samples) - n_before_wrap] = newest_samples[n_before_wrap:]
            self._n_written += len(samples)

    def since(self, position: int) -> tuple[int, np.ndarray]:
        """Return the samples written from a position on.

        Parameters
        ----------
        position : int
            Counted from the start of the stream.

        Returns
        -------
        first : int
            Position of the first returned sample: later than ``position`` where older samples have been overwritten.
        samples : np.ndarray [shape=(n,)]
            A copy, float32.
        """
        with self._lock:
            first = max(position, self._n_written - len(self._samples), 0)
            indices = np.arange(first, self._n_written) % len(self._samples)
            return first, self._samples[indices]

    def last(self, n: int) -> np.ndarray:
        """Return a copy of the newest ``n`` samples, or of all if there are fewer [shape=(n,)]."""
        return self.since(self._n_written - n)[1]
