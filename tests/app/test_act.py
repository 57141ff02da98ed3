"""Act it under AppTest, with computer voices as recordings."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from ser_core.acting.sentences import SENTENCES
from ser_core.audio.loading import load_audio, to_wav_bytes
from ser_core.emotions import LABELS
from tests.app.visiting import OpenApp, set_widget, visible_text
from tests.harness.paths import COMPUTER_VOICES
from ui.act.session import LONGEST_S, Stage
from ui.common import engine

PAGE = "pages/act.py"


def voice(name: str) -> bytes:
    return (COMPUTER_VOICES / f"{name}.wav").read_bytes()


def record(app: AppTest, content: bytes) -> AppTest:
    app.audio_input[0].set_value(("recording.wav", content, "audio/wav")).run()
    assert not app.exception
    return app


def stage_of(app: AppTest) -> Stage:
    stage = app.session_state["acting"]
    assert isinstance(stage, Stage)
    return stage


def parameter(app: AppTest, name: str) -> str | None:
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def test_attempts_are_side_by_side(open_app: OpenApp) -> None:
    app = open_app(PAGE)
    assert "Say it **angrily**" in visible_text(app)
    record(app, voice("sad_female"))
    text = visible_text(app)
    assert "Attempt 1" in text
    assert "of the way** that actors go to sound angry" in text
    assert "The network: " in text
    assert "How far the [cues](#word-cue) went" in text
    assert len(app.get("plotly_chart")) == 1
    assert list(app.table[0].value["cue"]) == [
        "[pitch](#word-pitch)",
        "[intonation](#word-intonation)",
        "[speech rate](#word-speech-rate)",
        "[brightness](#word-brightness)",
    ]
    for name in ("angry_female", "happy_female", "fear_female"):
        record(app, voice(name))
    text = visible_text(app)
    assert "Attempt 1*" not in text
    assert "**Attempt 4** (new)" in text
    assert len(app.get("audio")) == 3
    # The clip of the other pages is not touched, and no attempt enters the voice profile.
    assert "clip" not in app.session_state
    assert "voice_profile" not in app.session_state


def test_the_own_plain_voice_is_the_start_of_the_arrows(open_app: OpenApp) -> None:
    app = record(open_app(PAGE, {"emotion": "neutral"}), voice("neutral_male"))
    assert "This is your plain voice now" in visible_text(app)
    assert "of the cues** are as in most neutral recordings" in visible_text(app)
    assert len(app.get("plotly_chart")) == 0
    set_widget(app, "act_emotion", "happy")
    record(app, voice("neutral_male"))
    text = visible_text(app)
    assert "start at your own plain voice" in text
    assert "**0% of the way**" in text
    set_widget(app, "act_sentence", "rain")
    record(app, voice("happy_male"))
    assert "middle of neutral recordings of actors" in visible_text(app)


def test_a_recording_with_a_serious_defect_is_no_attempt(open_app: OpenApp) -> None:
    silence = to_wav_bytes(load_audio(voice("sad_male")).samples * 0)
    app = record(open_app(PAGE), silence)
    assert app.warning
    assert "does not count as an attempt" in visible_text(app)
    assert "Attempt 1" not in visible_text(app)


def test_a_recording_that_cannot_be_read_loses_no_attempt(open_app: OpenApp) -> None:
    app = record(record(open_app(PAGE), voice("sad_female")), b"no sound")
    assert len(app.error) == 1
    assert "**Attempt 1**" in visible_text(app)


def test_only_the_beginning_of_a_long_recording_is_kept(open_app: OpenApp) -> None:
    samples = load_audio(voice("sad_female")).samples
    app = record(open_app(PAGE), to_wav_bytes(np.tile(samples, 12)))
    assert stage_of(app).attempts[0].clip.audio.duration_s == LONGEST_S


def test_a_round_of_a_class(open_app: OpenApp) -> None:
    app = open_app(PAGE, {"round": "a-class"})
    assert "Type a name to begin" in visible_text(app)
    set_widget(app, "act_names", "Ada, Ben")
    record(app, voice("sad_female"))
    set_widget(app, "act_player", "Ben")
    assert "Attempt 1" not in visible_text(app)
    record(app, voice("angry_female"))
    assert set(stage_of(app).board.best) == {("Ada", "angry"), ("Ben", "angry")}
    assert "Furthest so far" in visible_text(app)
    best = app.table[1].value
    assert list(best["emotion"]) == list(LABELS)
    assert best["furthest"].iloc[0].startswith(("Ada, ", "Ben, "))
    app.button(key="act_next").click().run()
    assert not app.exception
    assert "Say it **calmly**" in visible_text(app)
    assert parameter(app, "emotion") == "calm"
    assert "Ada" not in str(dict(app.query_params))


def test_a_class_of_32_has_room(open_app: OpenApp) -> None:
    names = [f"Pupil {number}" for number in range(1, 33)]
    stage = Stage()
    for number, name in enumerate(names):
        stage.board.add(name, "angry", number / 32)
    app = open_app(PAGE, {"round": "a-class"})
    app.session_state["acting"] = stage
    set_widget(app, "act_names", "\n".join(names))
    set_widget(app, "act_player", names[30])
    for following in (names[31], names[0]):
        app.button(key="act_next_player").click().run()
        assert app.audio_input[0].label.startswith(f"{following}: press")
    columns = [table.value for table in app.table[1:]]
    assert [name for column in columns for name in column["name"]] == names[::-1]
    # As many rows as a projector shows.
    assert max(map(len, columns)) <= 12


def test_the_round_shows_an_attempt_that_went_nowhere(open_app: OpenApp) -> None:
    app = set_widget(open_app(PAGE, {"round": "a-class"}), "act_names", "Ada")
    record(app, voice("sad_male"))
    assert "**0% of the way**" in visible_text(app)
    assert app.table[1].value["furthest"].iloc[0] == "Ada, 0%"
    assert "Furthest so far" not in visible_text(app)


def test_a_link_restores_emotion_and_sentence(open_app: OpenApp) -> None:
    app = open_app(PAGE, {"emotion": "surprise", "sentence": "rain", "voices": "female"})
    assert f"Say it **with surprise**: “{SENTENCES['rain']}”" in visible_text(app)
    set_widget(app, "act_emotion", "sad")
    assert (parameter(app, "emotion"), parameter(app, "sentence")) == ("sad", "rain")


def test_in_classroom_mode_the_cues_alone_are_judged(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_app(PAGE, {"mode": "classroom"})
    monkeypatch.setattr(engine, "recognizer", None)
    record(app, voice("angry_female"))
    text = visible_text(app)
    assert "of the way** that actors go to sound angry" in text
    assert "The network: " not in text
    assert "no emotion is inferred" in text
