"""The recogniser on a sliding window, smoothed so that the answer does not flicker."""

from __future__ import annotations

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.speech_detector import MIN_SPEECH_PROBABILITY


class RollingRecognizer:
    """Recognises the newest window and smooths the probabilities over time.

    Parameters
    ----------
    recognizer : Recognizer
        The network; it may serve other streams as well.
    smoothing_s : float
        Time constant of the exponential moving average over one segment of speech, in seconds.
    """

    def __init__(self, recognizer: Recognizer, *, smoothing_s: float = 0.5) -> None:
        self._recognizer = recognizer
        self._smoothing_s = smoothing_s
        self._smoothed: np.ndarray | None = None

    def reset(self) -> None:
        """Start a new average: the next window belongs to another segment of speech."""
        self._smoothed = None

    def predict(self, window: np.ndarray, step_s: float) -> Prediction | None:
        """Recognise the newest window.

        Parameters
        ----------
        window : np.ndarray [shape=(n,)]
            The last seconds, 16 kHz mono.
        step_s : float
            Seconds since the previous window.

        Returns
        -------
        Prediction or None
            Smoothed, without a timeline. Its logits are those whose softmax gives the smoothed probabilities. None if
            the window is not speech: music and noise give no prediction and do not enter the average.
        """
        prediction = self._recognizer.predict(from_samples(window, SAMPLE_RATE_HZ))
        if prediction.speech_probability is not None and prediction.speech_probability < MIN_SPEECH_PROBABILITY:
            return None
        shares = prediction.shares
        if self._smoothed is not None:
            weight = 1.0 - np.exp(-step_s / self._smoothing_s)
            shares = weight * shares + (1.0 - weight) * self._smoothed
        self._smoothed = shares
        calibration = self._recognizer.config.calibration
        return Prediction.from_logits(
            calibration.temperature * np.log(np.maximum(shares, np.finfo(np.float64).tiny)), calibration
        )
