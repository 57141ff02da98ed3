"""The Live page under AppTest, with a stub instead of a browser and its microphone."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import numpy as np
import numpy.typing as npt
import pytest
import soundfile
from streamlit.testing.v1 import AppTest

from ser_core.errors import RelayError
from ser_core.live import timeline_to_csv
from tests.app.visiting import OpenApp, StubBrowser, visible_text
from tests.harness.paths import ROOT
from ui.live import ice_servers, live_visit

LIVE = "pages/live.py"


@pytest.fixture
def speech(computer_voice: bytes) -> npt.NDArray[np.float32]:
    samples: npt.NDArray[np.float32] = soundfile.read(io.BytesIO(computer_voice), dtype="float32")[0]
    return samples


@pytest.fixture
def stopped(open_app: OpenApp, browser: StubBrowser, speech: npt.NDArray[np.float32]) -> AppTest:
    app = start(open_app(LIVE), browser)
    for quarter in np.array_split(speech, 8):
        browser.say(quarter)
        app.run()
    return stop(app, browser)


def start(app: AppTest, browser: StubBrowser) -> AppTest:
    browser.on = True
    return app.run()


def stop(app: AppTest, browser: StubBrowser) -> AppTest:
    browser.on = False
    return app.run()


def noise(duration_s: float) -> npt.NDArray[np.float32]:
    """Return noise that is much quieter than speech."""
    return np.random.default_rng(0).normal(0.0, 1e-4, round(16_000 * duration_s)).astype(np.float32)


def test_before_a_start_the_page_explains_what_to_do(open_app: OpenApp, browser: StubBrowser) -> None:
    app = open_app(LIVE)
    assert not app.exception
    assert "Start listening" in visible_text(app)
    assert browser.session is None
    # On the own machine no other server is used, and the browser does not process the sound.
    assert browser.servers == []
    assert browser.is_cleaned is False
    app.toggle[0].set_value(True).run()
    assert browser.is_cleaned is True


def test_a_stream_waits_for_speech_names_its_emotion_and_waits_again(
    open_app: OpenApp, browser: StubBrowser, speech: npt.NDArray[np.float32]
) -> None:
    app = start(open_app(LIVE), browser)
    assert app.subheader[0].value == "Connecting ..."
    assert app.toggle[0].disabled
    browser.say(noise(1.0))
    app.run()
    assert app.subheader[0].value == "Waiting for speech"
    browser.say(speech[:24_000])
    app.run()
    assert app.subheader[0].value.startswith(("Sounds like", "Hard to tell"))
    browser.say(np.zeros(32_000, dtype=np.float32))
    app.run()
    assert app.subheader[0].value == "Waiting for speech"
    assert "Last answer: " in visible_text(app)
    assert not app.exception


def test_a_new_opening_is_counted_only_after_a_visit_to_another_page(open_app: OpenApp, browser: StubBrowser) -> None:
    app = start(open_app(LIVE), browser)
    app.run()
    assert len(set(browser.openings)) == 1
    app.switch_page("pages/about.py").run()
    app.switch_page(LIVE).run()
    app.run()
    assert len(set(browser.openings)) == 2


def test_a_muted_microphone_is_reported(open_app: OpenApp, browser: StubBrowser) -> None:
    app = start(open_app(LIVE), browser)
    browser.say(np.zeros(4 * 16_000, dtype=np.float32))
    app.run()
    assert app.subheader[0].value == "No sound"
    assert "muted" in visible_text(app)


def test_after_stopping_the_timeline_stays_and_can_be_downloaded(
    stopped: AppTest, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not stopped.exception
    assert stopped.subheader[0].value == "The whole stream"
    assert stopped.get("plotly_chart")
    (download,) = stopped.download_button
    assert download.label == "Download CSV"
    session = stopped.session_state["live_visit"].session
    assert not session.is_open
    assert len(session.moments().time_s) > 3
    # It is still there after a visit to another page.
    stopped.switch_page("pages/recognise.py").run()
    stopped.switch_page(LIVE).run()
    assert stopped.subheader[0].value == "The whole stream"
    # A new start replaces it.
    start(stopped, browser)
    assert stopped.subheader[0].value == "Connecting ..."
    assert not stopped.get("plotly_chart")


def test_the_last_ten_seconds_become_the_clip_of_all_pages(stopped: AppTest) -> None:
    (button,) = [button for button in stopped.button if "last 10 s" in button.label]
    button.click().run()
    assert "All pages use this clip" in "".join(message.value for message in stopped.success)
    stopped.switch_page("pages/recognise.py").run()
    assert not stopped.exception
    assert any("**Your live voice**" in box.label for box in stopped.expander)


def test_after_a_stream_without_speech_the_page_reports_that(open_app: OpenApp, browser: StubBrowser) -> None:
    app = start(open_app(LIVE), browser)
    browser.say(noise(1.0))
    app.run()
    stop(app, browser)
    assert "No speech was found" in visible_text(app)
    assert not app.get("plotly_chart")


def test_loud_noise_gets_no_emotion_while_running_and_after_stop(open_app: OpenApp, browser: StubBrowser) -> None:
    app = start(open_app(LIVE), browser)
    browser.say(noise(1.0))
    app.run()
    for _ in range(8):
        browser.say(500 * noise(0.25))
        app.run()
        assert app.subheader[0].value == "Waiting for speech"
        assert "Last answer" not in visible_text(app)
    stop(app, browser)
    assert "No speech was found" in visible_text(app)
    assert not app.get("plotly_chart")


def test_without_a_connection_recording_is_offered(
    open_app: OpenApp, browser: StubBrowser, computer_voice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_visit, "CONNECT_WITHIN_S", 0.0)
    app = start(open_app(LIVE), browser)
    assert app.subheader[0].value == "No connection"
    assert "within eight seconds" in visible_text(app)
    app.audio_input[0].set_value(("recording.wav", computer_voice, "audio/wav")).run()
    app.switch_page("pages/recognise.py").run()
    assert any("**Your recording**" in box.label for box in app.expander)


def test_a_connection_that_cannot_be_started_is_reported_and_can_be_tried_again(
    open_app: OpenApp, browser: StubBrowser
) -> None:
    browser.fault = RelayError("It could not be started", expected="An answer", advice="Record instead")
    app = open_app(LIVE)
    assert not app.exception
    assert "It could not be started" in visible_text(app)
    assert app.audio_input
    browser.fault = None
    (again,) = [button for button in app.button if button.label == "Try again"]
    again.click().run()
    assert "Start listening" in visible_text(app)
    assert not app.error


def test_a_late_message_of_the_browser_after_a_failure_starts_no_stream(
    open_app: OpenApp, browser: StubBrowser
) -> None:
    browser.fault = RelayError("It could not be started", expected="An answer", advice="Record instead")
    app = open_app(LIVE)
    browser.on = True
    app.run()
    assert "It could not be started" in visible_text(app)
    assert live_visit.seats().n_taken() == 0


def test_a_lost_connection_is_reported(
    open_app: OpenApp, browser: StubBrowser, speech: npt.NDArray[np.float32]
) -> None:
    app = start(open_app(LIVE), browser)
    browser.say(speech)
    app.run()
    browser.open_session.close()
    app.run()
    assert app.subheader[0].value == "The connection was lost"
    stop(app, browser)
    assert app.subheader[0].value == "The whole stream"


@pytest.mark.parametrize("way", ["setting", "link"])
def test_in_classroom_mode_no_emotion_is_inferred_and_the_page_gives_the_reason(
    open_app: OpenApp, browser: StubBrowser, speech: npt.NDArray[np.float32], monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "setting":
        monkeypatch.setenv("SER_MODE", "classroom")
        app = open_app(LIVE)
    else:
        app = open_app(LIVE, query_params={"mode": "classroom"})
    start(app, browser)
    browser.say(speech)
    app.run()
    assert not app.exception
    assert "article 5(1)(f)" in visible_text(app)
    assert app.subheader[0].value == "Speech"
    assert not browser.open_session.moments().has_prediction.any()
    session = browser.open_session
    stop(app, browser)
    assert "No speech was found" not in visible_text(app)
    # The loudness and the pitch of the stream, and no text that promises more.
    (chart,) = app.get("plotly_chart")
    drawing = json.loads(chart.proto.spec)
    assert len(drawing["data"]) == 2
    assert "sounds like" not in visible_text(app)
    # The sound is not passed on to another page that would infer an emotion.
    assert not any("other pages" in button.label for button in app.button)
    rows = list(csv.DictReader(io.StringIO(timeline_to_csv(session.moments()))))
    assert rows
    assert all(row["emotion"] == "" for row in rows)


def test_in_classroom_mode_a_failed_connection_offers_samples_not_a_recording(
    open_app: OpenApp, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SER_MODE", "classroom")
    monkeypatch.setattr(live_visit, "CONNECT_WITHIN_S", 0.0)
    app = start(open_app(LIVE), browser)
    assert "within eight seconds" in visible_text(app)
    assert not app.audio_input


def test_a_visitor_without_a_free_seat_gets_a_message_and_can_check_again(
    open_app: OpenApp, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SER_LIVE_MAX_STREAMS", "1")
    # Both visitors open the page while a seat is free. The other one starts first.
    app = open_app(LIVE)
    other_visit = live_visit.LiveVisit(live_visit.seats())
    assert other_visit.start(None)
    start(app, browser)
    assert "places are taken" in visible_text(app)
    assert "Press **Start" not in visible_text(app)
    assert browser.forgotten == 1
    assert browser.session is None
    other_visit.stop()
    (check,) = [button for button in app.button if button.label == "Check again"]
    check.click().run()
    assert "places are taken" not in visible_text(app)
    start(app, browser)
    assert app.subheader[0].value == "Connecting ..."


def test_a_public_host_without_a_relay_warns_before_the_start(
    open_app: OpenApp, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ice_servers, "is_public", lambda address: True)
    app = open_app(LIVE)
    assert "no relay" in visible_text(app)
    monkeypatch.setenv("SER_TURN_URLS", "turn:relay.example.org")
    app.run()
    assert "no relay" not in visible_text(app)
    assert browser.servers is not None
    assert browser.servers[0]["urls"] == ["turn:relay.example.org"]


def test_a_failing_relay_is_reported_and_live_works_without_it(
    open_app: OpenApp, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(address: object) -> None:
        raise RelayError("The relay refuses", expected="A key", advice="Record instead")

    monkeypatch.setattr(ice_servers, "ice_servers", refuse)
    app = open_app(LIVE)
    assert not app.exception
    assert "The relay refuses" in visible_text(app)
    assert browser.servers == []


def test_stop_frees_the_seat(open_app: OpenApp, browser: StubBrowser) -> None:
    app = start(open_app(LIVE), browser)
    assert live_visit.seats().n_taken() == 1
    stop(app, browser)
    assert live_visit.seats().n_taken() == 0


def test_the_first_page_does_not_import_webrtc() -> None:
    code = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        "app = AppTest.from_file('app.py', default_timeout=60).run(); assert not app.exception; "
        "print([name for name in sys.modules if name.split('.')[0] in ('aiortc', 'streamlit_webrtc')])"
    )
    process = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert process.stdout.splitlines()[-1] == "[]"
