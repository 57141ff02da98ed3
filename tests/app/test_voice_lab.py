"""The Voice lab page under AppTest."""

from __future__ import annotations

import dataclasses
import io
import re

import numpy as np
import pytest
import soundfile
import streamlit as st
from streamlit.testing.v1 import AppTest

from ser_core import Recognizer, load_audio
from ser_core.audio.loading import to_wav_bytes
from ser_core.voice import NEUTRAL, PRESETS, VoiceChange, change_voice
from ser_core.voice.preset_effects import PRESET, find_effect, read_preset_effects
from ser_core.voice.presets import Preset
from tests.app.visiting import OpenApp, choose_way_in, differences, upload
from tests.harness.paths import COMPUTER_VOICES
from tests.harness.recordings import encode
from ui.common.intake import UPLOAD
from ui.common.verdict import headline
from ui.voice_lab.controls import SLIDERS

LAB = "pages/voice_lab.py"


def open_lab(open_app: OpenApp, content: bytes) -> AppTest:
    return upload(choose_way_in(open_app(LAB), UPLOAD), "voice.wav", content)


def move(app: AppTest, name: str, value: float) -> AppTest:
    app.slider(key=f"lab_{name}").set_value(value)
    return app.run()


def line(app: AppTest, heading: str) -> str:
    (text,) = [line.value for line in app.markdown if line.value.startswith(f"**{heading}**")]
    return text


def test_every_part_of_a_change_has_a_slider() -> None:
    assert list(SLIDERS) == [field.name for field in dataclasses.fields(VoiceChange)]


def test_at_the_start_nothing_is_changed(open_app: OpenApp, computer_voice: bytes) -> None:
    app = open_lab(open_app, computer_voice)
    assert not app.exception
    assert line(app, "After") == line(app, "Before").replace("Before", "After")
    assert set(differences(app).values()) == {"about the same"}
    assert any("experiment" in box.value and "no effect on the network" in box.value for box in app.info)


def test_a_slider_changes_the_sound_and_the_networks_answer(open_app: OpenApp, computer_voice: bytes) -> None:
    app = move(move(open_lab(open_app, computer_voice), "pitch_st", 6.0), "tempo", 0.8)
    assert not app.exception
    changed = change_voice(load_audio(computer_voice), VoiceChange(pitch_st=6.0, tempo=0.8))
    expected = Recognizer().predict(changed.audio)
    assert line(app, "After") == f"**After** · {changed.audio.duration_s:.1f} s · {headline(expected)}"
    assert differences(app)["pitch"].endswith("Hz higher")
    assert differences(app)["speech rate"].endswith("slower")
    assert differences(app)["loudness"] == "about the same"


def test_loudness_changes_the_sound_but_not_the_answer(open_app: OpenApp) -> None:
    app = open_lab(open_app, (COMPUTER_VOICES / "sad_male.wav").read_bytes())
    before = line(app, "After")
    app = move(app, "loudness_db", -12.0)
    assert differences(app)["loudness"] == "12.0 dB softer"
    assert line(app, "After") == before


def test_the_changed_voice_can_be_downloaded(
    open_app: OpenApp, computer_voice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, bytes] = {}

    def record_file(label: str, data: bytes, *, file_name: str, **_: object) -> None:
        files[file_name] = data

    monkeypatch.setattr(st, "download_button", record_file)
    app = move(open_lab(open_app, computer_voice), "pitch_st", 6.0)
    assert not app.exception
    changed = change_voice(load_audio(computer_voice), VoiceChange(pitch_st=6.0))
    (name,) = files
    assert re.fullmatch(r"changed-voice_voice_\d{4}-\d\d-\d\d_\d\d-\d\d\.wav", name)
    assert files[name] == to_wav_bytes(changed.audio.samples)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.emotion)
def test_a_preset_sets_the_sliders_and_shows_what_was_measured(
    open_app: OpenApp, computer_voice: bytes, preset: Preset
) -> None:
    app = open_lab(open_app, computer_voice)
    app.button(key=f"preset_{preset.emotion}").click().run()
    assert not app.exception
    for name, value in dataclasses.asdict(preset.change).items():
        assert app.slider(key=f"lab_{name}").value == pytest.approx(value), name
    (finding,) = (caption.value for caption in app.caption if preset.finding in caption.value)
    effect = find_effect(read_preset_effects(), preset.emotion, PRESET)
    assert f"rose in {effect.moved_share:.0%} of them" in finding
    assert f"became {preset.emotion} in {effect.reached_share:.0%}" in finding
    (reset,) = [button for button in app.button if button.label == "Back to the original"]
    reset.click().run()
    assert app.slider(key="lab_pitch_st").value == NEUTRAL.pitch_st
    assert not any(preset.finding in caption.value for caption in app.caption)


def test_a_sound_that_no_person_makes_gets_a_warning(open_app: OpenApp, computer_voice: bytes) -> None:
    assert not move(open_lab(open_app, computer_voice), "pitch_st", 1.0).warning
    noise = np.random.default_rng(0).normal(0.0, 0.1, 32_000)
    app = move(open_lab(open_app, encode(noise, 16_000)), "brightness_db", 6.0)
    assert any("No pitch can be found" in box.value for box in app.warning)
    assert differences(app)["pitch"] == differences(app)["speech rate"] == "unknown"


def test_the_sliders_keep_their_values_on_a_visit_to_another_page(open_app: OpenApp, computer_voice: bytes) -> None:
    app = move(open_lab(open_app, computer_voice), "pitch_st", 3.0)
    app.switch_page("pages/recognise.py").run()
    app.switch_page(LAB).run()
    assert app.slider(key="lab_pitch_st").value == 3.0
    assert differences(app)["pitch"].endswith("Hz higher")


@pytest.mark.parametrize(
    "samples",
    [np.zeros(32_000), np.random.default_rng(0).normal(0.0, 0.1, 32_000), np.full(400, 0.1)],
    ids=["silent", "noise", "25 ms"],
)
def test_unusual_clips_get_a_message(open_app: OpenApp, samples: np.ndarray) -> None:
    app = open_lab(open_app, encode(samples, 16_000))
    app.button(key="preset_sad").click().run()
    assert not app.exception
    assert app.warning or app.error


def test_the_first_30_seconds_of_a_long_clip_are_used(open_app: OpenApp, computer_voice: bytes) -> None:
    samples, rate_hz = soundfile.read(io.BytesIO(computer_voice))
    app = open_lab(open_app, encode(np.tile(samples, 1 + int(40 * rate_hz / len(samples))), rate_hz))
    assert not app.exception
    assert any("first 30 seconds" in caption.value for caption in app.caption)
    assert "30.0 s" in line(app, "Before")
