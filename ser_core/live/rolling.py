"""Recognition on a sliding window, smoothed over time so that the predicted emotion does not change too often.

Each window is compared with how the voice has sounded in the stream so far.
"""

from __future__ import annotations

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, from_samples
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.speech_detector import MIN_SPEECH_PROBABILITY
from ser_core.inference.voice_profile import VoiceProfile

# After this time, earlier windows count half. So the profile follows a change of the speaker or of the room.
_PROFILE_HALF_LIFE_S = 60.0


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
        self._profile: VoiceProfile | None = None

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
        prediction = self._recognizer.predict(from_samples(window, SAMPLE_RATE_HZ), self._profile)
        if prediction.speech_probability is not None and prediction.speech_probability < MIN_SPEECH_PROBABILITY:
            return None
        self._remember(prediction.voice, step_s, len(window) / SAMPLE_RATE_HZ)
        shares = prediction.shares
        if self._smoothed is not None:
            weight = 1.0 - np.exp(-step_s / self._smoothing_s)
            shares = weight * shares + (1.0 - weight) * self._smoothed
        self._smoothed = shares
        calibration = prediction.calibration
        return Prediction.from_logits(
            calibration.temperature * np.log(np.maximum(shares, np.finfo(np.float64).tiny)), calibration
        )

    def _remember(self, voice: np.ndarray | None, step_s: float, window_s: float) -> None:
        """Add a window to the profile of the stream's voice; windows overlap, so each counts only for its new part."""
        if voice is None:
            return
        profile = self._profile or VoiceProfile(np.zeros_like(voice), 0.0)
        earlier_weight = 0.5 ** (step_s / _PROFILE_HALF_LIFE_S)
        self._profile = profile.with_clip(voice, weight=step_s / window_s, earlier_weight=earlier_weight)
