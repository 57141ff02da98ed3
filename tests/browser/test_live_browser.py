"""The Live page in a browser: from the microphone to the screen, and each way in which a stream can end."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from ser_core import Recognizer, load_audio
from ser_core.emotions import BY_LABEL
from tests.browser.conftest import Launch, Theme, Visit
from tests.harness.app_server import AppServer, running_app
from tests.harness.browsing import (
    LONG_MS,
    START_LISTENING,
    bounding_box,
    expect_no_error,
    live_controls,
    overflow_px,
    start_listening,
)
from tests.harness.chromium import write_microphone_file
from tests.harness.paths import SAD_VOICE
from ui.common.tokens import DARK, FONT_FAMILY, LIGHT

pytestmark = pytest.mark.browser

RECEIVED_SECONDS = re.compile(r"\d+ s received")
SUMMARY = "The whole stream"
LIVE_LEAD = "Speak, and watch"
POLL_MS = 500
SHOWS_WHOLE_BUTTON = """() => {
    const frame = document.querySelector("iframe[title*=webrtc]"), page = frame?.contentDocument;
    return page?.querySelector("style.app-style") && page.body.scrollHeight <= frame.clientHeight;
}"""


def silence(duration_s: float) -> np.ndarray:
    return np.zeros(round(duration_s * 16_000), dtype=np.float32)


def stop_listening(page: Page) -> None:
    live_controls(page).get_by_role("button", name="Stop").click(timeout=LONG_MS)
    expect(live_controls(page).get_by_role("button", name=START_LISTENING)).to_be_visible(timeout=LONG_MS)
    # The button changes at once, the rest of the page after an answer of the server.
    expect(page.get_by_text(RECEIVED_SECONDS)).to_have_count(0, timeout=LONG_MS)


def expect_running(page: Page) -> None:
    """Wait until this stream, not the stream before it, has run for some seconds.

    The button's frame has then sent all its messages about the new connection. Streamlit loses a change of page that
    meets such a message on its way to the server.
    """
    expect(page.get_by_text(SUMMARY)).to_have_count(0, timeout=LONG_MS)
    expect(page.get_by_text(re.compile(r"\b([2-9]|\d\d+) s received"))).to_be_visible(timeout=LONG_MS)


def wait_until(page: Page, condition: Callable[[], bool]) -> None:
    for _ in range(LONG_MS // POLL_MS):
        if condition():
            return
        page.wait_for_timeout(POLL_MS)
    pytest.fail(f"the condition did not become true within {LONG_MS} ms")


@pytest.fixture(scope="module")
def speaking(launch: Launch, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Start a Chromium whose microphone plays three seconds of silence and a sentence, in a loop."""
    sound = np.concatenate([silence(3.0), load_audio(SAD_VOICE).samples])
    return launch(write_microphone_file(tmp_path_factory.mktemp("speaking") / "voice.wav", sound))


def test_the_last_answer_for_a_real_voice_is_that_of_the_recognise_page(
    visit: Visit, launch: Launch, tmp_path: Path, corpora_dir: Path
) -> None:
    clips = sorted((corpora_dir / "Ravdess").rglob("03-01-05-02-01-01-*"))
    recognizer = Recognizer()
    predictions = [(recognizer.predict(load_audio(clip)), clip) for clip in clips[:8]]
    expected, clip = max(
        ((prediction, clip) for prediction, clip in predictions if not prediction.unsure),
        key=lambda pair: max(pair[0].probabilities.values()),
    )
    # Chromium plays it once.
    path = write_microphone_file(
        tmp_path / "once.wav", np.concatenate([silence(4.0), load_audio(clip).samples, silence(1.0)])
    )
    page = visit(page="live", wait_for=LIVE_LEAD, browser=launch(f"{path}%noloop"))
    start_listening(page)
    expect(page.get_by_text("Last answer:")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("Last answer:")).to_contain_text(
        f"sounds like what listeners call {BY_LABEL[expected.emotion].adjective}"
    )
    stop_listening(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with open(download.value.path(), newline="") as file:
        emotions = [row["emotion"] for row in csv.DictReader(file) if row["emotion"]]
    assert emotions[-1] == expected.emotion


def test_a_stream_can_be_stopped_and_started_and_ends_with_a_change_of_page(
    visit: Visit, speaking: Browser, app_server: AppServer
) -> None:
    page = visit(page="live", wait_for=LIVE_LEAD, browser=speaking)
    process = psutil.Process(app_server.pid)

    def is_released(n_threads_running: int) -> bool:
        """Return True if no socket for sound is left, and there are fewer threads than while the stream ran."""
        return not process.net_connections("udp") and process.num_threads() < n_threads_running

    start_listening(page)
    expect_running(page)
    for _ in range(2):
        n_threads = process.num_threads()
        assert process.net_connections("udp")
        stop_listening(page)
        expect(page.get_by_text(SUMMARY)).to_be_visible(timeout=LONG_MS)
        wait_until(page, partial(is_released, n_threads))
        start_listening(page)
        expect_running(page)
    n_threads = process.num_threads()
    page.get_by_role("link", name="See the sound").first.click()
    expect(page.get_by_role("heading", name="See the sound")).to_be_visible(timeout=LONG_MS)
    # The stream is released without a click on Stop.
    wait_until(page, partial(is_released, n_threads))
    page.get_by_role("link", name="Live").first.click()
    expect(page.get_by_text(SUMMARY)).to_be_visible(timeout=LONG_MS)
    start_listening(page)
    expect_running(page)
    stop_listening(page)


@pytest.fixture(scope="module")
def one_seat_url() -> Iterator[str]:
    with running_app(settings={"SER_LIVE_MAX_STREAMS": "1"}) as server:
        yield server.url


def test_a_closed_tab_frees_its_seat(visit: Visit, speaking: Browser, one_seat_url: str) -> None:
    first = visit(page="live", wait_for=LIVE_LEAD, browser=speaking, url=one_seat_url)
    start_listening(first)
    expect_running(first)
    second = visit(page="live", wait_for=LIVE_LEAD, browser=speaking, url=one_seat_url)
    expect(second.get_by_text("All places are taken")).to_be_visible(timeout=LONG_MS)
    expect(second.get_by_role("link", name="Record instead")).to_be_visible()
    first.close()

    def is_free() -> bool:
        check_again = second.get_by_role("button", name="Check again")
        if check_again.count():
            check_again.click()
        return second.locator("iframe[title*=webrtc]").count() > 0

    wait_until(second, is_free)
    start_listening(second)
    expect_running(second)
    stop_listening(second)


def test_a_denied_microphone_is_explained(visit: Visit, launch: Launch) -> None:
    page = visit(page="live", wait_for=LIVE_LEAD, browser=launch(is_allowed=False), permissions=())
    start_listening(page)
    expect(page.get_by_text("does not let this page use the microphone")).to_be_visible(timeout=LONG_MS)
    expect(live_controls(page).get_by_role("button", name=START_LISTENING)).to_be_visible()


def test_an_unplugged_microphone_is_explained_and_stop_works(visit: Visit, speaking: Browser) -> None:
    keep_microphone = (
        "const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = async (constraints) =>"
        " window.top.microphone = await getUserMedia(constraints);"
    )
    page = visit(page="live", wait_for=LIVE_LEAD, browser=speaking, script=keep_microphone)
    start_listening(page)
    expect_running(page)
    page.evaluate("window.microphone.getTracks().forEach((track) => track.stop())")
    expect(page.get_by_role("heading", name=re.compile("^No sound"))).to_be_visible(timeout=LONG_MS)
    stop_listening(page)
    expect(page.get_by_text(SUMMARY)).to_be_visible(timeout=LONG_MS)


def test_without_a_connection_the_page_explains_it_and_offers_recording(visit: Visit, speaking: Browser) -> None:
    never_connects = "RTCPeerConnection.prototype.setRemoteDescription = () => new Promise(() => {});"
    page = visit(page="live", wait_for=LIVE_LEAD, browser=speaking, script=never_connects)
    start_listening(page)
    expect(page.get_by_text("Connecting ...")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("No connection came within eight seconds")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_test_id("stAudioInput")).to_be_visible(timeout=LONG_MS)
    stop_listening(page)
    expect(page.get_by_text("No connection came")).to_have_count(0)


def test_classroom_mode_shows_the_sound_without_an_emotion(visit: Visit, speaking: Browser) -> None:
    page = visit(page="live?mode=classroom", wait_for=LIVE_LEAD, browser=speaking)
    expect(page.get_by_text("no emotion is inferred")).to_be_visible()
    # The button is in a frame of another package, and looks like the app's own.
    button = live_controls(page).get_by_role("button", name=START_LISTENING)
    expect(button).to_have_css("font-family", re.compile(FONT_FAMILY), timeout=LONG_MS)
    expect(button).to_have_css("text-transform", "none")
    start_listening(page)
    expect(page.get_by_role("heading", name="Speech", exact=True)).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("Pitch, 60 to 500 Hz")).to_be_visible()
    expect(page.locator(".bar")).to_have_count(0)
    widths_px = {bounding_box(page.locator(f"canvas.{name}"))["width"] for name in ("mel", "pitch", "level")}
    assert len(widths_px) == 1
    stop_listening(page)


def expect_readable_under_the_mouse(page: Page, theme: Theme) -> None:
    button = live_controls(page).get_by_role("button", name=START_LISTENING)
    button.hover(timeout=LONG_MS)
    # The colours of the app's other main buttons: the page's colour, on the main one mixed with that of the text.
    background = {"light": LIGHT, "dark": DARK}[theme].background
    red, green, blue = (int(background[index : index + 2], 16) for index in (1, 3, 5))
    expect(button).to_have_css("color", f"rgb({red}, {green}, {blue})", timeout=LONG_MS)
    expect(button).to_have_css("background-color", re.compile(r"^color\("), timeout=LONG_MS)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_page_fits_its_width(visit: Visit, speaking: Browser, width: int, theme: Theme) -> None:
    page = visit(page="live", wait_for=LIVE_LEAD, browser=speaking, width=width, theme=theme)
    assert overflow_px(page) <= 2
    page.wait_for_function(SHOWS_WHOLE_BUTTON, timeout=LONG_MS)
    expect_readable_under_the_mouse(page, theme)
    start_listening(page)
    expect(page.get_by_text(re.compile("^(Sounds like|Not sure)"))).to_be_visible(timeout=LONG_MS)
    expect(page.locator("canvas.mel")).to_be_visible(timeout=LONG_MS)
    expect(page.locator(".bar")).to_have_count(8)
    assert overflow_px(page) <= 2
    stop_listening(page)
    expect(page.get_by_text(SUMMARY)).to_be_visible(timeout=LONG_MS)
    assert overflow_px(page) <= 2
    expect_no_error(page)
