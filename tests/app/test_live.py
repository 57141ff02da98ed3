"""The Live page without a browser: what it says and offers, whatever the browser and the network do."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import numpy as np
import pytest
import soundfile
from streamlit.testing.v1 import AppTest

from ser_core.errors import RelayError
from ser_core.live import timeline_to_csv
from tests.app.visiting import OpenApp, StubBrowser
from tests.harness.paths import ROOT
from ui.live import ice, visit

LIVE = "pages/live.py"


@pytest.fixture
def speech(computer_voice: bytes) -> np.ndarray:
    return soundfile.read(io.BytesIO(computer_voice), dtype="float32")[0]


@pytest.fixture
def stopped(open_app: OpenApp, browser: StubBrowser, speech: np.ndarray) -> AppTest:
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


def said(app: AppTest) -> str:
    texts = [*app.markdown, *app.caption, *app.warning, *app.info, *app.error, *app.subheader]
    return "\n".join(text.value for text in texts)


def test_before_a_start_the_page_says_what_to_do(open_app: OpenApp, browser: StubBrowser) -> None:
    app = open_app(LIVE)
    assert not app.exception
    assert "Start listening" in said(app)
    assert browser.session is None
    # Nobody else hears of a visitor on their own machine, and the sound comes as the microphone gives it.
    assert browser.servers == []
    assert browser.is_cleaned is False
    app.toggle[0].set_value(True).run()
    assert browser.is_cleaned is True


def test_a_voice_is_waited_for_heard_and_named(open_app: OpenApp, browser: StubBrowser, speech: np.ndarray) -> None:
    app = start(open_app(LIVE), browser)
    assert app.subheader[0].value == "Connecting ..."
    assert app.toggle[0].disabled
    browser.say(np.random.default_rng(0).normal(0.0, 1e-4, 16_000).astype(np.float32))
    app.run()
    assert app.subheader[0].value == "Waiting for speech"
    browser.say(speech[:24_000])
    app.run()
    assert app.subheader[0].value.startswith(("Sounds like what listeners call", "Not sure: between"))
    browser.say(np.zeros(32_000, dtype=np.float32))
    app.run()
    assert app.subheader[0].value == "Waiting for speech"
    assert "Last heard: " in said(app)
    assert not app.exception


def test_only_a_visit_to_another_page_counts_as_leaving(open_app: OpenApp, browser: StubBrowser) -> None:
    app = start(open_app(LIVE), browser)
    app.run()
    assert len(set(browser.openings)) == 1
    app.switch_page("pages/about.py").run()
    app.switch_page(LIVE).run()
    app.run()
    assert len(set(browser.openings)) == 2


def test_a_muted_microphone_is_told(open_app: OpenApp, browser: StubBrowser) -> None:
    app = start(open_app(LIVE), browser)
    browser.say(np.zeros(4 * 16_000, dtype=np.float32))
    app.run()
    assert app.subheader[0].value == "No sound"
    assert "muted" in said(app)


def test_after_stopping_the_timeline_stays_and_can_be_downloaded(
    stopped: AppTest, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not stopped.exception
    assert stopped.subheader[0].value == "What was heard"
    assert stopped.get("plotly_chart")
    (download,) = stopped.get("download_button")
    assert download.label == "Download CSV"
    session = stopped.session_state["live_visit"].session
    assert not session.is_open
    assert len(session.moments().time_s) > 3
    # It is still there after a look at another page.
    stopped.switch_page("pages/recognise.py").run()
    stopped.switch_page(LIVE).run()
    assert stopped.subheader[0].value == "What was heard"
    # A new start takes its place.
    start(stopped, browser)
    assert stopped.subheader[0].value == "Connecting ..."
    assert not stopped.get("plotly_chart")


def test_the_last_ten_seconds_become_the_clip_of_all_pages(stopped: AppTest) -> None:
    (button,) = [button for button in stopped.button if "last 10 s" in button.label]
    button.click().run()
    assert "clip of all pages" in "".join(each.value for each in stopped.success)
    stopped.switch_page("pages/recognise.py").run()
    assert not stopped.exception
    assert any("**Your live voice**" in line.value for line in stopped.markdown)


def test_a_stream_without_speech_says_so(open_app: OpenApp, browser: StubBrowser) -> None:
    app = start(open_app(LIVE), browser)
    browser.say(np.random.default_rng(0).normal(0.0, 1e-4, 16_000).astype(np.float32))
    app.run()
    stop(app, browser)
    assert "No speech was found" in said(app)
    assert not app.get("plotly_chart")


def test_without_a_connection_recording_is_offered(
    open_app: OpenApp, browser: StubBrowser, computer_voice: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "CONNECT_WITHIN_S", 0.0)
    app = start(open_app(LIVE), browser)
    assert app.subheader[0].value == "No connection"
    assert "within eight seconds" in said(app)
    app.audio_input[0].set_value(("recording.wav", computer_voice, "audio/wav")).run()
    app.switch_page("pages/recognise.py").run()
    assert any("**Your recording**" in line.value for line in app.markdown)


def test_a_connection_that_cannot_be_begun_is_told_and_can_be_tried_again(
    open_app: OpenApp, browser: StubBrowser
) -> None:
    browser.fault = RelayError("It could not be begun", expected="An answer", advice="Record instead")
    app = open_app(LIVE)
    assert not app.exception
    assert "It could not be begun" in said(app)
    assert app.audio_input
    browser.fault = None
    (again,) = [button for button in app.button if button.label == "Try again"]
    again.click().run()
    assert "Start listening" in said(app)
    assert not app.error


def test_what_the_browser_still_says_after_a_failure_is_no_new_start(open_app: OpenApp, browser: StubBrowser) -> None:
    browser.fault = RelayError("It could not be begun", expected="An answer", advice="Record instead")
    app = open_app(LIVE)
    browser.on = True
    app.run()
    assert "It could not be begun" in said(app)
    assert visit.seats().taken() == 0


def test_a_lost_connection_is_told(open_app: OpenApp, browser: StubBrowser, speech: np.ndarray) -> None:
    app = start(open_app(LIVE), browser)
    browser.say(speech)
    app.run()
    browser.session.close()
    app.run()
    assert app.subheader[0].value == "The connection was lost"
    stop(app, browser)
    assert app.subheader[0].value == "What was heard"


@pytest.mark.parametrize("way", ["setting", "link"])
def test_in_classroom_mode_no_emotion_is_inferred_and_the_page_says_why(
    open_app: OpenApp, browser: StubBrowser, speech: np.ndarray, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "setting":
        monkeypatch.setenv("SER_MODE", "classroom")
        app = open_app(LIVE)
    else:
        app = open_app(LIVE)
        app.query_params["mode"] = "classroom"
        app.run()
        del app.query_params["mode"]
    start(app, browser)
    browser.say(speech)
    app.run()
    assert not app.exception
    assert "article 5(1)(f)" in said(app)
    assert app.subheader[0].value == "Somebody speaks"
    assert not browser.session.moments().is_answered.any()
    session = browser.session
    stop(app, browser)
    assert "No speech was found" not in said(app)
    # Nor may another page infer one from it.
    assert not any("other pages" in button.label for button in app.button)
    rows = list(csv.DictReader(io.StringIO(timeline_to_csv(session.moments()))))
    assert rows
    assert all(row["emotion"] == "" for row in rows)


def test_in_classroom_mode_a_failed_connection_offers_samples_not_a_recording(
    open_app: OpenApp, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SER_MODE", "classroom")
    monkeypatch.setattr(visit, "CONNECT_WITHIN_S", 0.0)
    app = start(open_app(LIVE), browser)
    assert "within eight seconds" in said(app)
    assert not app.audio_input


def test_the_visitor_who_is_one_too_many_is_told(
    open_app: OpenApp, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SER_LIVE_MAX_STREAMS", "1")
    # Both look at the page while there is room; the other starts first.
    app = open_app(LIVE)
    other = visit.Visit(visit.seats())
    assert other.start(None)
    start(app, browser)
    assert "turn is taken" in said(app)
    assert "Press **Start" not in said(app)
    assert browser.forgotten == 1
    assert browser.session is None
    other.stop()
    (look,) = [button for button in app.button if button.label == "Look again"]
    look.click().run()
    assert "turn is taken" not in said(app)
    start(app, browser)
    assert app.subheader[0].value == "Connecting ..."


def test_a_public_host_without_a_relay_says_so_beforehand(
    open_app: OpenApp, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ice, "is_public", lambda address: True)
    app = open_app(LIVE)
    assert "no relay" in said(app)
    monkeypatch.setenv("SER_TURN_URLS", "turn:relay.example.org")
    app.run()
    assert "no relay" not in said(app)
    assert browser.servers[0]["urls"] == ["turn:relay.example.org"]


def test_a_relay_that_cannot_be_had_is_told_and_live_goes_on_without(
    open_app: OpenApp, browser: StubBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(address: object) -> None:
        raise RelayError("The relay refuses", expected="A key", advice="Record instead")

    monkeypatch.setattr(ice, "ice_servers", refuse)
    app = open_app(LIVE)
    assert not app.exception
    assert "The relay refuses" in said(app)
    assert browser.servers == []


def test_seats_are_given_back_on_stopping(open_app: OpenApp, browser: StubBrowser) -> None:
    app = start(open_app(LIVE), browser)
    assert visit.seats().taken() == 1
    stop(app, browser)
    assert visit.seats().taken() == 0


def test_no_other_page_pays_for_webrtc() -> None:
    code = (
        "import sys; from streamlit.testing.v1 import AppTest; "
        "app = AppTest.from_file('app.py', default_timeout=60).run(); assert not app.exception; "
        "print([name for name in sys.modules if name.split('.')[0] in ('aiortc', 'streamlit_webrtc')])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"
