"""The recogniser on a window that moves along: answers that do not flicker."""

from __future__ import annotations

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction, Recognizer


class RollingRecognizer:
    """Asks the network about the last seconds, and smooths what it says.

    Parameters
    ----------
    recognizer : Recognizer
        The network; may serve other streams as well.
    smoothing_s : float
        Time constant of the exponential mean over a run of speech; a new run starts afresh.
    """

    def __init__(self, recognizer: Recognizer, *, smoothing_s: float = 0.5) -> None:
        self._recognizer = recognizer
        self._smoothing_s = smoothing_s
        self._smoothed: np.ndarray | None = None

    def forget(self) -> None:
        """Start afresh: what comes next is another run of speech."""
        self._smoothed = None

    def ask(self, window: np.ndarray, step_s: float) -> Prediction:
        """Recognise the newest window.

        Parameters
        ----------
        window : np.ndarray [shape=(n,)]
            The last seconds, 16 kHz mono.
        step_s : float
            Since the window before.

        Returns
        -------
        Prediction
            Smoothed, without a timeline.
        """
        heard = self._recognizer.predict(from_samples(window, SAMPLE_RATE_HZ)).probabilities
        now = np.array([heard[label] for label in LABELS])
        if self._smoothed is not None:
            share = 1.0 - np.exp(-step_s / self._smoothing_s)
            now = share * now + (1.0 - share) * self._smoothed
        self._smoothed = now
        return Prediction.of(now, confidence_threshold=self._recognizer.config.confidence_threshold)
