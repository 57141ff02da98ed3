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
from ser_core.emotions import LABELS
from ser_core.errors import SampleError
from ser_core.features.extraction import N_MELS
from ser_core.inference.verdict import reach_verdict
from ser_core.samples import Sample
from ser_core.samples.computer_voices import ComputerVoices
from tests.app.visiting import OpenApp, card, card_text, choose_way_in, set_widget, upload
from tests.harness.browsing import ANSWER
from tests.harness.recordings import encode
from ui.common.clip import Clip
from ui.common.intake import RECORD, SAMPLE, UPLOAD
from ui.common.pending_clip import PendingClip
from ui.recognise.words import card_words


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def answer(app: AppTest) -> str | None:
    """Return the headline of the card if it is an answer."""
    return card_text(app) if ANSWER.match(card_text(app)) else None


def fail_for_fear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the samples of fear impossible to load."""
    load = ComputerVoices.load

    def load_others(self: ComputerVoices, sample: Sample) -> bytes:
        if sample.emotion == "fear":
            raise SampleError("It cannot be fetched", expected="a file", advice="Choose another clip")
        return load(self, sample)

    monkeypatch.setattr(ComputerVoices, "load", load_others)


def test_the_first_visit_shows_what_to_do_next(open_app: OpenApp) -> None:
    app = open_app()
    assert not app.exception
    assert any("Tap a voice" in line.value for line in app.markdown)
    (stage,) = (component for component in app.get("bidi_component") if component.key == "voices")
    voices = json.loads(stage.proto.mixed.json or stage.proto.json)["voices"]
    assert [voice["emotion"] for voice in voices] == list(LABELS)
    assert all(voice["url"] for voice in voices)
    assert len(app.audio_input) == len(app.file_uploader) == 1
    assert charts(app) == 0


def test_a_clip_is_not_lost_when_its_run_ends_early(
    open_app: OpenApp, computer_voice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another widget that changes while the clip is read ends the run; the next run must read the clip."""
    read, n_reads = PendingClip.read, 0

    def read_after_a_rerun(pending: PendingClip) -> Clip:
        nonlocal n_reads
        n_reads += 1
        if n_reads == 1:
            st.rerun()
        return read(pending)

    monkeypatch.setattr(PendingClip, "read", read_after_a_rerun)
    app = upload(open_app(), "voice.wav", computer_voice)
    assert not app.exception
    assert n_reads == 2
    assert answer(app)
    # The clip is read once more only when the visitor chooses another one.
    app.run()
    assert n_reads == 2


def test_a_recording_gets_the_recognisers_answer(open_app: OpenApp, computer_voice: bytes) -> None:
    app = open_app()
    app.audio_input[0].set_value(("recording.wav", computer_voice, "audio/wav")).run()
    assert not app.exception
    expected = Recognizer().predict(load_audio(computer_voice))
    assert card_text(app) == "".join(text for text, _ in card_words(reach_verdict(expected), expected).headline)
    assert card(app)["shares"][0][1] == pytest.approx(max(expected.probabilities.values()), abs=1e-6)
    assert any("**Your recording**" in box.label for box in app.expander)
    assert charts(app) >= 4
    assert [button.label for button in app.download_button] == [
        "Download CSV",
        "Download JSON",
        "Save as a picture",
    ]


@pytest.mark.parametrize("ending", ["wav", "mov", "qta"])
def test_an_upload_gets_an_answer_and_its_name_is_not_logged(
    open_app: OpenApp, computer_voice: bytes, caplog: pytest.LogCaptureFixture, ending: str
) -> None:
    caplog.set_level("DEBUG")
    # The content decides, not the ending.
    app = upload(choose_way_in(open_app(), UPLOAD), f"my secret diary.{ending}", computer_voice)
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
    assert "made to sound sad" in card(app)["notes"][0]


def test_the_drawn_spectrogram_is_only_like_the_networks_input(open_app: OpenApp, computer_voice: bytes) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "voice.wav", computer_voice)
    # The page draws 128 Slaney bands, and the network reads 80 others.
    assert Recognizer().front_end.input_shape[1] != N_MELS
    assert "A picture like this one is the [network](#word-network)'s input" in " ".join(
        line.value for line in app.markdown
    )


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


@pytest.mark.parametrize("has_clip", [False, True], ids=["no clip yet", "another clip before"])
@pytest.mark.parametrize("page", ["pages/recognise.py", "pages/explore.py", "pages/compare.py"])
def test_a_sample_that_cannot_be_had_is_explained_in_one_box(
    open_app: OpenApp, computer_voice: bytes, monkeypatch: pytest.MonkeyPatch, page: str, has_clip: bool
) -> None:
    app = choose_way_in(open_app(), UPLOAD)
    if has_clip:
        upload(app, "voice.wav", computer_voice)
    app.switch_page(page).run()
    choose_way_in(app, SAMPLE)
    fail_for_fear(monkeypatch)
    set_widget(app, "sample_emotion", "fear")
    app.get_by_key("sample_fear").select_index(0).run()
    assert not app.exception
    boxes = [box.value for box in (*app.error, *app.warning, *app.info)]
    assert len(boxes) == 1
    assert "It cannot be fetched" in boxes[0]


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
    report_csv, report_json, _ = files
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


def test_a_saved_guess_about_silence_says_that_it_is_not_judged(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: dict[str, str] = {}

    def record_file(label: str, data: str, **_: object) -> None:
        files[label] = data

    monkeypatch.setattr(st, "download_button", record_file)
    app = upload(choose_way_in(open_app(), UPLOAD), "silence.wav", encode(np.zeros(32_000), 16_000))
    app.toggle[0].set_value(True).run()
    assert not app.exception
    report = json.loads(files["Download JSON"])
    assert report["verdict"] == {"kind": "not_judged", "reason": "silent"}
    assert report["emotion"] is None
    assert "Save as a picture" not in files


def test_silence_gets_advice_and_an_answer_only_on_request(open_app: OpenApp) -> None:
    app = upload(choose_way_in(open_app(), UPLOAD), "silence.wav", encode(np.zeros(32_000), 16_000))
    assert not app.exception
    assert any("silent" in warning.value for warning in app.warning)
    # The next step is another recording, and not a page about a recording without sound.
    assert any("change clip" in caption.value for caption in app.caption)
    assert app.button(key="record_again").label == "**Record your voice**"
    assert not app.get("page_link")
    assert answer(app) is None
    app.toggle[0].set_value(True).run()
    assert not app.exception
    assert answer(app)
    assert card(app)["sure"].startswith("Only a guess")


def test_a_long_clip_gets_a_timeline(open_app: OpenApp, computer_voice: bytes) -> None:
    samples, rate_hz = soundfile.read(io.BytesIO(computer_voice))
    app = choose_way_in(open_app(), UPLOAD)
    upload(app, "short.wav", computer_voice)
    n_short = charts(app)
    assert card(app)["stretches"] == []
    # The network makes two predictions for this clip. A chart of two points says nothing.
    upload(app, "longer.wav", encode(np.tile(samples, 2)[: round(3.4 * rate_hz)], rate_hz))
    assert charts(app) == n_short
    upload(app, "long.wav", encode(np.tile(samples, 6), rate_hz))
    assert not app.exception
    assert charts(app) == n_short + 1
    assert card(app)["stretches"]
    assert card(app)["stretches"][-1]["end_s"] <= card(app)["duration_s"]
    assert any("changes through the clip" in line.value for line in app.subheader)


def test_the_first_page_opens_without_a_voice_that_cannot_be_loaded(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_for_fear(monkeypatch)
    app = open_app()
    assert not app.exception
    (stage,) = (component for component in app.get("bidi_component") if component.key == "voices")
    voices = json.loads(stage.proto.mixed.json or stage.proto.json)["voices"]
    assert [voice["emotion"] for voice in voices] == [label for label in LABELS if label != "fear"]


def test_an_archive_is_refused_with_a_link_to_many_files(open_app: OpenApp) -> None:
    app = upload(open_app(), "clips.zip", b"PK\x03\x04" + bytes(100), "application/zip")
    assert "ZIP archive" in app.error[0].value
    assert "Many files" in app.get("page_link")[0].proto.label


def test_a_new_clip_has_a_folded_line_and_a_new_microphone(open_app: OpenApp, computer_voice: bytes) -> None:
    """The browser keeps a line open as long as its text is the same; a used microphone shows an error when it moves."""
    app = open_app()
    lines, microphones = [], set()
    for gain in (1.0, 0.5):
        samples, rate_hz = soundfile.read(io.BytesIO(computer_voice))
        microphones.add(app.audio_input[0].key)
        app.audio_input[0].set_value(("recording.wav", encode(gain * samples, rate_hz), "audio/wav")).run()
        lines.append(next(box.label for box in app.expander if "change clip" in box.label))
    assert lines[0].strip("\u200b") == lines[1].strip("\u200b")
    assert lines[0] != lines[1]
    assert len(microphones) == 2
