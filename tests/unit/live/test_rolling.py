"""Predictions of a moving window, smoothed."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from ser_core.audio.loading import Audio
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.speech_detector import MIN_SPEECH_PROBABILITY
from ser_core.inference.thresholds import Calibration
from ser_core.inference.voice_profile import VoiceProfile
from ser_core.live import LiveSession, RollingRecognizer
from tests.unit.live.streams import play, prediction_of, silence


class RecordingRecognizer:
    """Predicts with a recogniser and keeps its predictions."""

    def __init__(self, recognizer: Recognizer) -> None:
        self.config = recognizer.config
        self.predictions: list[Prediction] = []
        self._recognizer = recognizer

    def predict(self, audio: Audio, profile: VoiceProfile | None = None) -> Prediction:
        self.predictions.append(self._recognizer.predict(audio, profile))
        return self.predictions[-1]


class AlternatingRecognizer:
    """Predicts "happy", then "sad", then "happy" ..."""

    config = SimpleNamespace(calibration=Calibration(1.5, 0.5, set_threshold=0.1))

    def __init__(self) -> None:
        self._n_calls = 0

    def predict(self, audio: Audio, profile: VoiceProfile | None = None) -> Prediction:
        self._n_calls += 1
        return prediction_of("happy" if self._n_calls % 2 else "sad", 0.9)


def test_the_predictions_of_a_stream_are_smoothed(recognizer: Recognizer, voice: np.ndarray) -> None:
    recording = RecordingRecognizer(recognizer)
    session = LiveSession(recording)
    play(session, voice)
    moments = session.moments()
    smooth = moments.probabilities[moments.has_prediction]
    raw = np.array([prediction.shares for prediction in recording.predictions])
    assert len(smooth) == len(raw) > 3
    np.testing.assert_allclose(smooth[0], raw[0])
    assert np.abs(np.diff(smooth, axis=0)).sum() < 0.8 * np.abs(np.diff(raw, axis=0)).sum()


def test_the_smoothing_is_an_exponential_average_until_it_is_reset() -> None:
    rolling = RollingRecognizer(AlternatingRecognizer(), smoothing_s=0.5)
    window = silence(3.0)
    happy, sad = (prediction_of(emotion, 0.9).shares for emotion in ("happy", "sad"))
    np.testing.assert_allclose(rolling.predict(window, 0.25).shares, happy)
    weight = 1.0 - np.exp(-0.5)
    np.testing.assert_allclose(rolling.predict(window, 0.25).shares, weight * sad + (1.0 - weight) * happy)
    rolling.reset()
    np.testing.assert_allclose(rolling.predict(window, 0.25).shares, happy)


def test_music_gets_no_prediction_and_does_not_enter_the_average() -> None:
    recognizer = AlternatingRecognizer()
    rolling = RollingRecognizer(recognizer)
    window = silence(3.0)
    happy = rolling.predict(window, 0.25)
    with pytest.MonkeyPatch.context() as patch:
        music = replace(prediction_of("sad", 0.9), speech_probability=MIN_SPEECH_PROBABILITY - 0.1)
        patch.setattr(recognizer, "predict", lambda audio, profile: music)
        assert rolling.predict(window, 10.0) is None
        patch.setattr(recognizer, "predict", lambda audio, profile: prediction_of("happy", 0.9))
        np.testing.assert_allclose(rolling.predict(window, 0.25).shares, happy.shares)


def test_the_logits_give_the_smoothed_probabilities() -> None:
    rolling = RollingRecognizer(AlternatingRecognizer())
    for _ in range(3):
        prediction = rolling.predict(silence(1.0), 0.25)
    exponentials = np.exp(prediction.logits / prediction.calibration.temperature)
    assert exponentials / exponentials.sum() == pytest.approx(prediction.shares)
