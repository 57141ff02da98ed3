"""The voice profile of a visit: later recordings are compared with earlier ones, and only with the visitor's own."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.audio.loading import load_audio, to_wav_bytes
from tests.app.visiting import OpenApp, choose_way_in, set_widget, upload, visible_text
from tests.harness.paths import COMPUTER_VOICES
from ui.common.intake import SAMPLE, UPLOAD

FIRST = "Only one recording so far"
SECOND = "Compared with 1 other recording of this voice"


@pytest.fixture
def second_voice(computer_voice: bytes) -> bytes:
    """The same voice, a little quieter: another recording."""
    return to_wav_bytes(np.float32(0.8) * load_audio(computer_voice).samples[2000:])


def with_two_recordings(app: AppTest, first: bytes, second: bytes) -> AppTest:
    app = upload(choose_way_in(app, UPLOAD), "first.wav", first)
    assert FIRST in visible_text(app)
    return upload(app, "second.wav", second)


def test_the_second_recording_is_compared_with_the_first(
    open_app: OpenApp, computer_voice: bytes, second_voice: bytes
) -> None:
    app = with_two_recordings(open_app(), computer_voice, second_voice)
    assert not app.exception
    assert SECOND in visible_text(app)


def test_somebody_else_can_speak(open_app: OpenApp, computer_voice: bytes, second_voice: bytes) -> None:
    app = with_two_recordings(open_app(), computer_voice, second_voice)
    next(button for button in app.button if "Somebody else" in button.label).click().run()
    assert not app.exception
    assert FIRST in visible_text(app)


def test_the_same_recording_does_not_count_twice(open_app: OpenApp, computer_voice: bytes) -> None:
    app = with_two_recordings(open_app(), computer_voice, computer_voice)
    assert FIRST in visible_text(app)


def test_a_sample_is_not_a_recording_of_the_visitor(open_app: OpenApp, computer_voice: bytes) -> None:
    app = choose_way_in(open_app(), SAMPLE)
    set_widget(app, "sample_emotion", "sad")
    app.selectbox[0].select_index(0).run()
    assert "Compared with" not in visible_text(app)
    app = upload(choose_way_in(app, UPLOAD), "first.wav", computer_voice)
    assert FIRST in visible_text(app)


def test_sentences_read_aloud_become_part_of_the_profile(open_app: OpenApp, computer_voice: bytes) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "first.wav", computer_voice)
    other_voice = (COMPUTER_VOICES / "neutral_female.wav").read_bytes()
    sentence = next(widget for widget in app.audio_input if widget.key == "sentence_0")
    sentence.set_value(("sentence.wav", other_voice, "audio/wav")).run()
    app.run()
    assert not app.exception
    assert SECOND in visible_text(app)


def test_in_classroom_mode_nothing_is_remembered(open_app: OpenApp, computer_voice: bytes, second_voice: bytes) -> None:
    app = choose_way_in(open_app(query_params={"mode": "classroom"}), UPLOAD)
    app = upload(upload(app, "first.wav", computer_voice), "second.wav", second_voice)
    assert not app.exception
    assert "Compared with" not in visible_text(app)
    assert "voice_profile" not in app.session_state
