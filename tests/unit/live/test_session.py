"""A stream from its first block to its end."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import numpy as np
import psutil
import pytest
from threadpoolctl import threadpool_limits

from ser_core.audio.loading import Audio, load_audio
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.thresholds import Calibration
from ser_core.inference.voice_profile import VoiceProfile
from ser_core.live import LiveSession
from ser_core.live.session import KEPT_S
from tests.harness.paths import COMPUTER_VOICES
from tests.unit.live.streams import RATE_HZ, play, prediction_of, silence


class ConstantRecognizer:
    """Predicts at once, and always the same."""

    config = SimpleNamespace(calibration=Calibration(1.0, 0.5, set_threshold=0.1))

    def predict(self, audio: Audio, profile: VoiceProfile | None = None) -> Prediction:
        assert audio.duration_s <= 3.0
        return prediction_of("happy", 0.8)


class FailingRecognizer:
    def predict(self, audio: Audio, profile: VoiceProfile | None = None) -> Prediction:
        raise AssertionError("the network was asked")


def test_silence_gets_no_prediction_and_a_voice_gets_that_of_its_clip(
    recognizer: Recognizer, voice: np.ndarray
) -> None:
    states = play(LiveSession(recognizer), np.concatenate([silence(1.0), voice, silence(2.0)]))
    first_prediction_s = next(state.received_s for state in states if state.prediction)
    assert 1.0 < first_prediction_s < 1.7
    assert not states[3].is_speech
    assert states[6].is_speech
    assert not states[-1].is_speech
    predictions = [state.prediction for state in states if state.is_speech and state.prediction]
    assert predictions[-1].emotion == recognizer.predict(load_audio(COMPUTER_VOICES / "angry_female.wav")).emotion
    assert predictions[-1].shares.sum() == pytest.approx(1.0)
    # The last prediction stays while there is no speech.
    assert states[-1].prediction is predictions[-1]


def test_the_network_is_asked_only_while_there_is_speech(voice: np.ndarray) -> None:
    noise = np.random.default_rng(0).normal(0.0, 1e-4, 3 * RATE_HZ).astype(np.float32)
    assert play(LiveSession(FailingRecognizer()), noise)
    with pytest.raises(AssertionError, match="asked"):
        play(LiveSession(FailingRecognizer()), voice)


@pytest.mark.parametrize("sound", ["noise", "hum", "tone"])
def test_a_loud_sound_that_is_not_speech_gets_no_prediction(sound: str) -> None:
    time_s = np.arange(4 * RATE_HZ) / RATE_HZ
    samples = {
        "noise": np.random.default_rng(0).normal(0.0, 0.05, len(time_s)),
        "hum": 0.1 * np.sin(2 * np.pi * 50 * time_s) + 0.05 * np.sin(2 * np.pi * 150 * time_s),
        "tone": 0.1 * np.sin(2 * np.pi * 440 * time_s),
    }[sound]
    session = LiveSession(FailingRecognizer())
    states = play(session, np.concatenate([silence(1.0), samples.astype(np.float32)]))
    assert max(state.level_db for state in states) > -30.0
    assert not any(state.is_speech for state in states)
    assert not session.moments().has_prediction.any()


def test_a_prediction_is_current_only_while_its_speech_goes_on(voice: np.ndarray) -> None:
    noise = np.random.default_rng(0).normal(0.0, 0.05, 3 * RATE_HZ).astype(np.float32)
    states = play(LiveSession(ConstantRecognizer()), np.concatenate([silence(1.0), voice, silence(4.0), noise]))
    assert all(state.prediction is not None for state in states if state.is_current)
    is_current = [state.is_current for state in states]
    n_voice = len(voice) // (RATE_HZ // 4)
    assert all(is_current[6 : 4 + n_voice])
    # Neither silence nor noise has a current prediction. The last prediction stays.
    assert not any(is_current[4 + n_voice + 4 :])
    assert states[-1].prediction is not None


def test_in_classroom_mode_sound_is_shown_and_no_emotion_is_inferred(voice: np.ndarray) -> None:
    session = LiveSession(None)
    states = play(session, voice)
    assert any(state.is_speech for state in states)
    assert all(state.prediction is None for state in states)
    columns = session.columns()
    assert np.nanmedian(columns.pitch_hz) == pytest.approx(210, abs=25)
    assert columns.mel.max() > 150


def test_lost_sound_is_counted_and_replaced_by_silence() -> None:
    session = LiveSession(None)
    block = np.full((960, 2), 8_000, dtype=np.int16)
    for position in [0, 960, 1_920, 2_880 + 48_000, 3_840 + 48_000]:
        session.feed(block, 48_000, position)
    for number in range(10):
        session.feed(block, 48_000, 4_800 + 48_000 + 960 * number)
    state = session.advance()
    assert state.lost_s == pytest.approx(1.0)
    assert state.received_s == pytest.approx(1.3, abs=0.05)


def test_a_late_or_repeated_block_is_no_loss() -> None:
    session = LiveSession(None)
    block = np.full((9_600, 1), 8_000, dtype=np.int16)
    for position in [0, 9_600, 0, 9_600]:
        session.feed(block, 48_000, position)
    assert session.advance().lost_s == 0.0


def test_sound_that_was_overwritten_before_it_was_processed_is_counted_and_makes_no_delay() -> None:
    session = LiveSession(None)
    session.feed(np.full((20 * RATE_HZ, 1), 0.1, dtype=np.float32), RATE_HZ)
    state = session.advance()
    assert state.dropped_s == pytest.approx(5.0)
    assert state.received_s == pytest.approx(20.0)


def test_a_muted_microphone_is_mute_and_a_quiet_room_is_not() -> None:
    noise = np.random.default_rng(0).normal(0.0, 1e-5, 4 * RATE_HZ).astype(np.float32)
    assert play(LiveSession(None), silence(4.0))[-1].is_mute
    assert not play(LiveSession(None), noise)[-1].is_mute


def test_after_the_end_the_last_ten_seconds_and_the_last_state_stay() -> None:
    n_calls = []
    session = LiveSession(None, on_close=lambda: n_calls.append(1))
    samples = np.random.default_rng(0).normal(0.0, 0.1, 12 * RATE_HZ).astype(np.float32)
    play(session, samples)
    session.close()
    session.close()
    assert len(n_calls) == 1
    assert not session.is_open
    np.testing.assert_array_equal(session.last_seconds(), samples[-round(KEPT_S * RATE_HZ) :])
    last_state = session.advance()
    session.feed(samples[:, None], RATE_HZ)
    assert session.advance() is last_state
    assert last_state.received_s == pytest.approx(12.0, abs=0.25)


def test_a_session_can_be_closed_while_sound_arrives() -> None:
    session = LiveSession(None)
    has_begun = threading.Event()
    errors = []

    def feed() -> None:
        try:
            for _ in range(2_000):
                session.feed(np.ones((320, 1), dtype=np.float32), RATE_HZ)
                has_begun.set()
        except Exception as error:
            errors.append(error)

    feeding = threading.Thread(target=feed)
    feeding.start()
    has_begun.wait()
    session.close()
    feeding.join()
    assert not errors


def test_ten_minutes_need_no_more_memory_than_three_and_make_no_delay(voice: np.ndarray) -> None:
    minute = np.resize(np.concatenate([voice, silence(1.0)]), 60 * RATE_HZ)
    blocks = (np.repeat(minute, 3)[:, None] * 30_000).astype(np.int16)
    session, process, memory_bytes = LiveSession(ConstantRecognizer()), psutil.Process(), []
    # One thread for the matrix libraries, as in the app. Two threads on two busy cores take five times as long.
    with threadpool_limits(1):
        for number in range(10):
            # Advance once a second, as in a browser tab in the background: that is a quarter of the work.
            for start in range(0, len(blocks), 48_000):
                session.feed(blocks[start : start + 48_000], 48_000, number * len(blocks) + start)
                state = session.advance()
            memory_bytes.append(process.memory_info().rss)
            # Everything is processed, except for what the resampler holds.
            assert 60.0 * (number + 1) - state.received_s < 0.1
    assert state.lost_s == state.dropped_s == 0.0
    assert len(session.moments().time_s) == pytest.approx(600, abs=2)
    assert memory_bytes[-1] - memory_bytes[2] < 2_000_000
