"""Sounds that are not judged: no page that shows answers gives one, and each says why."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from ser_core.cli import main
from ser_core.paths import MODELS_DIR
from tests.app.visiting import OpenApp, choose_way_in, set_widget, upload, visible_text
from tests.harness.paths import COMPUTER_VOICES
from tests.harness.recordings import encode
from tests.harness.unfamiliar_sounds import SAMPLE_RATE_HZ, unfamiliar_sounds
from ui.common.intake import UPLOAD
from ui.common.network_choice import NAMES

ANSWERS = ("Sounds like", "This voice sounds", "Hard to tell", "highest probability")
BARS = ("compare_bars", "lab_bars", "bars", "importance")
TIME_S = np.arange(3 * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ
BEEPS = np.where(TIME_S % 1.0 < 0.5, 0.5 * np.sin(2.0 * np.pi * 440.0 * TIME_S), 0.0)
SOUNDS = {
    "silence": (np.zeros(2 * SAMPLE_RATE_HZ), "The recording is silent"),
    "one sample": (np.full(1, 0.5), "The recording lasts only"),
    "noise": (np.random.default_rng(0).normal(0.0, 0.1, 2 * SAMPLE_RATE_HZ), "No speech was found"),
    "beeps": (BEEPS, "No speech was found"),
    "music": (unfamiliar_sounds(1)["plucked strings"][0], "This does not sound like speech"),
}
PAGES = ["pages/recognise.py", "pages/why.py", "pages/voice_lab.py", "pages/compare.py"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sound", SOUNDS)
def test_no_page_names_an_emotion(open_app: OpenApp, sound: str, page: str) -> None:
    samples, reason = SOUNDS[sound]
    content = encode(samples, SAMPLE_RATE_HZ)
    app = upload(choose_way_in(open_app(), UPLOAD), "sound.wav", content)
    app.switch_page(page).run()
    if page == "pages/compare.py":
        # Clip 2 would be a sample, which keeps its answer.
        set_widget(app, "second_clip_way_in", UPLOAD)
        set_widget(app, "second_clip_upload", ("sound.wav", content, "audio/wav"))
    assert not app.exception
    text = visible_text(app)
    assert reason in text
    assert not [answer for answer in ANSWERS if answer in text]
    assert not [chart for chart in app.get("plotly_chart") if chart.proto.id.endswith(tuple(f"-{key}" for key in BARS))]


@pytest.mark.parametrize("network", NAMES)
def test_music_is_not_judged_with_any_network(
    network: str, open_app: OpenApp, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    samples, reason = SOUNDS["music"]
    content = encode(samples, SAMPLE_RATE_HZ)
    app = open_app(None, {"network": network})
    assert reason in visible_text(upload(choose_way_in(app, UPLOAD), "sound.wav", content))
    app = open_app("pages/batch.py", {"network": network})
    app.file_uploader[0].set_value([("sound.wav", content, "audio/wav")]).run()
    (tmp_path / "sound.wav").write_bytes(content)
    main(["predict", "--json", "--model", str(MODELS_DIR / network), str(tmp_path / "sound.wav")])
    row_of_command = json.loads(capsys.readouterr().out)
    (row_of_page,) = app.session_state["batch"].rows
    assert row_of_page == {**row_of_command, "path": "sound.wav"}
    assert row_of_page["verdict"] == {"kind": "not_judged", "reason": "not_speech"}


def test_a_voice_that_was_made_too_short_is_not_judged(open_app: OpenApp) -> None:
    samples, rate_hz = soundfile.read(COMPUTER_VOICES / "angry_male.wav")
    content = encode(samples[: rate_hz * 7 // 10], rate_hz)
    app = upload(choose_way_in(open_app("pages/voice_lab.py"), UPLOAD), "voice.wav", content)
    app.slider(key="lab_tempo").set_value(1.6).run()
    lines = [line.value for line in app.markdown if line.value.startswith("**After**")]
    assert lines == ["**After** · 0.4 s · Not judged: the recording is too short"]
