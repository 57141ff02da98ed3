"""The Recognise page under AppTest."""

from __future__ import annotations

import csv
import io
import json
import re

import numpy as np
import pytest
import soundfile
import streamlit as st
from streamlit.testing.v1 import AppTest

from ser_core import Recognizer, __version__, load_audio
from tests.app.visiting import OpenApp, choose_way_in, set_widget, upload
from tests.harness.paths import COMPUTER_VOICES
from tests.harness.recordings import encode
from ui.common.intake import RECORD, SAMPLE, UPLOAD
from ui.common.words import percent


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def answer(app: AppTest) -> str | None:
    headlines = [line.value for line in app.subheader if line.value.startswith(("Sounds like", "Not sure"))]
    return headlines[0] if headlines else None


def test_the_first_visit_shows_what_to_do_next(open_app: OpenApp) -> None:
    app = open_app()
    assert not app.exception
    assert "record one, upload one, or start with a sample" in app.info[0].value
    assert len(app.audio_input) == 1
    assert charts(app) == 0


def test_a_recording_gets_the_recognisers_answer(open_app: OpenApp, computer_voice: bytes) -> None:
    app = open_app()
    app.audio_input[0].set_value(("recording.wav", computer_voice, "audio/wav")).run()
    assert not app.exception
    expected = Recognizer().predict(load_audio(computer_voice))
    share = percent(max(expected.probabilities.values()))
    assert answer(app)
    assert any(f"The network gives it {share}" in line.value for line in app.markdown)
    assert any("**Your recording**" in line.value for line in app.markdown)
    assert charts(app) >= 4
    assert [button.label for button in app.download_button] == ["Download CSV", "Download JSON"]


def test_an_upload_gets_an_answer_and_its_name_is_not_logged(
    open_app: OpenApp, computer_voice: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    app = upload(choose_way_in(open_app(), UPLOAD), "my secret diary.wav", computer_voice)
    assert not app.exception
    assert answer(app)
    assert "secret diary" not in caplog.text


def test_a_sample_gets_an_answer_with_the_intended_emotion(open_app: OpenApp) -> None:
    app = choose_way_in(open_app(), SAMPLE)
    assert any("computer" in line.value.lower() for line in app.caption)
    set_widget(app, "sample_emotion", "sad")
    choice = app.selectbox[0]
    assert all("sad" in option for option in choice.options)
    choice.select_index(0).run()
    assert not app.exception
    assert answer(app)
    prediction = Recognizer().predict(load_audio(COMPUTER_VOICES / "sad_female.wav"))
    verdict = "the speaker was asked for" if prediction.emotion == "sad" else "asked to sound **sad**"
    assert any(verdict in line.value for line in app.markdown)


def test_the_clip_stays_when_the_visitor_looks_at_another_way_in(open_app: OpenApp, computer_voice: bytes) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", computer_voice)
    before = answer(app)
    assert answer(choose_way_in(app, RECORD)) == before
    assert answer(choose_way_in(app, SAMPLE)) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.wav", b"These are the minutes of our meeting. " * 50),
        ("empty.mp3", b""),
        ("cut.wav", b"RIFF\x24\x00\x00\x00WAVEfmt "),
    ],
)
def test_a_bad_file_is_explained_and_the_clip_stays(
    open_app: OpenApp, computer_voice: bytes, name: str, content: bytes
) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", computer_voice)
    before = answer(app)
    app = upload(app, name, content)
    assert not app.exception
    assert len(app.error) == 1
    assert "Traceback" not in app.error[0].value
    assert answer(app) == before


def test_downloads_name_the_clip_the_time_and_the_network(
    open_app: OpenApp, computer_voice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, str] = {}

    def record_file(label: str, data: str, *, file_name: str, **_: object) -> None:
        files[file_name] = data

    monkeypatch.setattr(st, "download_button", record_file)
    app = choose_way_in(open_app(), SAMPLE)
    set_widget(app, "sample_emotion", "sad")
    app.selectbox[0].select_index(0).run()
    assert not app.exception
    report_csv, report_json = files
    assert re.fullmatch(r"emotion_Computer-voice-woman-sad_\d{4}-\d\d-\d\d_\d\d-\d\d\.csv", report_csv)
    config = Recognizer().config
    provenance = json.loads(files[report_json])["provenance"]
    assert provenance == {
        "clip": "Computer voice, woman - sad",
        "intended": "sad",
        "network": config.network,
        "network_sha256": config.network_sha256,
        "version": __version__,
    }
    (row, *_) = csv.DictReader(io.StringIO(files[report_csv]))
    assert {name: row[name] for name in provenance} == provenance


def test_silence_gets_advice_and_an_answer_only_on_request(open_app: OpenApp) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "silence.wav", encode(np.zeros(32_000), 16_000))
    assert not app.exception
    assert any("silent" in warning.value for warning in app.warning)
    assert answer(app) is None
    app.toggle[0].set_value(True).run()
    assert not app.exception
    assert answer(app)


def test_a_long_clip_gets_a_timeline(open_app: OpenApp, computer_voice: bytes) -> None:
    samples, rate_hz = soundfile.read(io.BytesIO(computer_voice))
    app = choose_way_in(open_app(), UPLOAD)
    upload(app, "short.wav", computer_voice)
    n_short = charts(app)
    upload(app, "long.wav", encode(np.tile(samples, 6), rate_hz))
    assert not app.exception
    assert charts(app) == n_short + 1
    assert any("changes through the clip" in line.value for line in app.subheader)
