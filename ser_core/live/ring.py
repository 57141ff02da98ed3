"""The last seconds of a sound that never ends."""

from __future__ import annotations

from threading import Lock

import numpy as np


class RingBuffer:
    """Keeps the newest samples, for one thread that writes and any that read.

    Samples are counted from the beginning of the sound; the count tells readers what they have missed.

    Parameters
    ----------
    capacity : int
        Samples kept.
    """

    def __init__(self, capacity: int) -> None:
        self._samples = np.zeros(capacity, dtype=np.float32)
        self._written = 0
        self._lock = Lock()

    @property
    def written(self) -> int:
        """Samples written since the beginning."""
        return self._written

    def write(self, samples: np.ndarray) -> None:
        """Append samples [shape=(n,)], over the oldest ones."""
        with self._lock:
            capacity = len(self._samples)
            kept = samples[-capacity:]
            start = (self._written + len(samples) - len(kept)) % capacity
            head = min(len(kept), capacity - start)
            self._samples[start : start + head] = kept[:head]
            self._samples[: len(kept) - head] = kept[head:]
            self._written += len(samples)

    def since(self, position: int) -> tuple[int, np.ndarray]:
        """Return what was written from a position on.

        Parameters
        ----------
        position : int
            Counted from the beginning of the sound.

        Returns
        -------
        first : int
            Where the returned samples begin: later than ``position`` where those have been written over.
        samples : np.ndarray [shape=(n,)]
            A copy, float32.
        """
        with self._lock:
            first = max(position, self._written - len(self._samples), 0)
            places = np.arange(first, self._written) % len(self._samples)
            return first, self._samples[places]

    def last(self, n: int) -> np.ndarray:
        """Return a copy of the newest ``n`` samples, fewer where there are no more [shape=(n,)]."""
        return self.since(self._written - n)[1]
