"""What only a browser shows of the Live page: a microphone's way to the screen, and how each way of ending ends."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.live import READY, controls, start, write_microphone
from ser_core import Recognizer, load_audio
from ser_core.emotions import BY_LABEL
from tests.browser.conftest import VOICE, running_app
from tests.harness.browsing import LONG_MS, sideways_px

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

_HEARD = re.compile(r"\d+ s heard")
_WHAT_WAS_HEARD = "What was heard"


def silence(duration_s: float) -> np.ndarray:
    return np.zeros(round(duration_s * 16_000), dtype=np.float32)


def stop(page: Page) -> None:
    controls(page).get_by_role("button", name="Stop").click(timeout=LONG_MS)
    expect(controls(page).get_by_role("button", name=READY)).to_be_visible(timeout=LONG_MS)
    # The button answers at once, the server's part of the page after it.
    expect(page.get_by_text(_HEARD)).to_have_count(0, timeout=LONG_MS)


def expect_running(page: Page) -> None:
    """Wait until this stream, not the one before it, runs for some seconds.

    What the button's frame reports as a connection comes about is through then. Where such a report meets a change of
    page on its way to the server, Streamlit forgets the change.
    """
    expect(page.get_by_text(_WHAT_WAS_HEARD)).to_have_count(0, timeout=LONG_MS)
    expect(page.get_by_text(re.compile(r"\b([2-9]|\d\d+) s heard"))).to_be_visible(timeout=LONG_MS)


def open_live(visit: Visit, **options: object) -> Page:
    return visit(page=options.pop("page", "live"), wait_for="Speak, and watch", **options)


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    for _ in range(LONG_MS // 500):
        if is_so():
            return
        page.wait_for_timeout(500)
    pytest.fail("it did not become so")


def server_at(url: str) -> psutil.Process:
    port = urlsplit(url).port
    (server,) = [each for each in psutil.Process().children() if f"--server.port={port}" in each.cmdline()]
    return server


@pytest.fixture(scope="module")
def speaking(launch: Callable[..., Browser], tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Chromium with somebody who says a sentence, is silent for three seconds, says it again ..."""
    sound = np.concatenate([silence(3.0), load_audio(VOICE).samples])
    return launch(write_microphone(tmp_path_factory.mktemp("speaking") / "voice.wav", sound))


def test_a_real_voice_ends_as_the_recognise_page_names_it(
    visit: Visit, launch: Callable[..., Browser], tmp_path: Path, corpora_dir: Path
) -> None:
    clips = sorted((corpora_dir / "Ravdess").rglob("03-01-05-02-01-01-*"))
    recognizer = Recognizer()
    named = [(recognizer.predict(load_audio(clip)), clip) for clip in clips[:8]]
    expected, clip = max(
        ((p, c) for p, c in named if not p.unsure), key=lambda pair: max(pair[0].probabilities.values())
    )
    # Chromium is told to play it once.
    path = write_microphone(
        tmp_path / "once.wav", np.concatenate([silence(4.0), load_audio(clip).samples, silence(1.0)])
    )
    page = open_live(visit, browser=launch(f"{path}%noloop"))
    start(page)
    expect(page.get_by_text("Last heard:")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("Last heard:")).to_contain_text(
        f"sounds like what listeners call {BY_LABEL[expected.emotion].adjective}"
    )
    stop(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    with open(download.value.path(), newline="") as file:
        spoken = [row["emotion"] for row in csv.DictReader(file) if row["emotion"]]
    assert spoken[-1] == expected.emotion


def test_stop_start_again_change_page_and_come_back(visit: Visit, speaking: Browser, app_url: str) -> None:
    page = open_live(visit, browser=speaking)
    server = server_at(app_url)

    def is_released(busy: int) -> bool:
        """Tell whether no socket for sound is left, and fewer threads than while it ran."""
        return not server.net_connections("udp") and server.num_threads() < busy

    start(page)
    expect_running(page)
    for _ in range(2):
        busy = server.num_threads()
        assert server.net_connections("udp")
        stop(page)
        expect(page.get_by_text(_WHAT_WAS_HEARD)).to_be_visible(timeout=LONG_MS)
        wait_until(page, lambda busy=busy: is_released(busy))
        start(page)
        expect_running(page)
    busy = server.num_threads()
    page.get_by_role("link", name="Explore").first.click()
    expect(page.get_by_role("heading", name="See the sound")).to_be_visible(timeout=LONG_MS)
    # What belonged to the stream goes, though nobody pressed Stop.
    wait_until(page, lambda: is_released(busy))
    page.get_by_role("link", name="Live").first.click()
    expect(page.get_by_text(_WHAT_WAS_HEARD)).to_be_visible(timeout=LONG_MS)
    start(page)
    expect_running(page)
    stop(page)


@pytest.fixture(scope="module")
def one_seat_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(tmp_path_factory.mktemp("server") / "log.txt", SER_LIVE_MAX_STREAMS="1") as url:
        yield url


def test_a_closed_tab_frees_its_seat(visit: Visit, speaking: Browser, one_seat_url: str) -> None:
    first = open_live(visit, browser=speaking, url=one_seat_url)
    start(first)
    expect_running(first)
    second = open_live(visit, browser=speaking, url=one_seat_url)
    expect(second.get_by_text("All places are taken")).to_be_visible(timeout=LONG_MS)
    expect(second.get_by_role("link", name="Record instead")).to_be_visible()
    first.close()

    def is_free() -> bool:
        look = second.get_by_role("button", name="Check again")
        if look.count():
            look.click()
        return second.locator("iframe[title*=webrtc]").count() > 0

    wait_until(second, is_free)
    start(second)
    expect_running(second)
    stop(second)


def test_a_refused_microphone_is_told_in_plain_words(visit: Visit, launch: Callable[..., Browser]) -> None:
    page = open_live(visit, browser=launch(is_allowed=False), permissions=())
    start(page)
    expect(page.get_by_text("does not let this page use the microphone")).to_be_visible(timeout=LONG_MS)
    expect(controls(page).get_by_role("button", name=READY)).to_be_visible()


def test_a_microphone_that_is_unplugged_is_told_and_stop_works(visit: Visit, speaking: Browser) -> None:
    keep = (
        "const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = async (wanted) => window.top.microphone = await ask(wanted);"
    )
    page = open_live(visit, browser=speaking, script=keep)
    start(page)
    expect_running(page)
    page.evaluate("window.microphone.getTracks().forEach((track) => track.stop())")
    expect(page.get_by_role("heading", name=re.compile("^No sound"))).to_be_visible(timeout=LONG_MS)
    stop(page)
    expect(page.get_by_text(_WHAT_WAS_HEARD)).to_be_visible(timeout=LONG_MS)


def test_a_connection_that_does_not_come_is_told_and_recording_offered(visit: Visit, speaking: Browser) -> None:
    deaf = "RTCPeerConnection.prototype.setRemoteDescription = () => new Promise(() => {});"
    page = open_live(visit, browser=speaking, script=deaf)
    start(page)
    expect(page.get_by_text("Connecting ...")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("No connection came within eight seconds")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_test_id("stAudioInput")).to_be_visible(timeout=LONG_MS)
    stop(page)
    expect(page.get_by_text("No connection came")).to_have_count(0)


def test_in_classroom_mode_the_sound_is_shown_without_a_name(visit: Visit, speaking: Browser) -> None:
    page = open_live(visit, browser=speaking, page="live?mode=classroom")
    expect(page.get_by_text("no emotion is inferred")).to_be_visible()
    start(page)
    expect(page.get_by_role("heading", name="Speech", exact=True)).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("Pitch, 60 to 500 Hz")).to_be_visible()
    expect(page.locator(".bar")).to_have_count(0)
    stop(page)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_nothing_sticks_out(visit: Visit, speaking: Browser, width: int, theme: str) -> None:
    page = open_live(visit, browser=speaking, width=width, theme=theme)
    assert sideways_px(page) <= 2
    start(page)
    expect(page.get_by_text(re.compile("^(Sounds like|Not sure)"))).to_be_visible(timeout=LONG_MS)
    expect(page.locator("canvas.mel")).to_be_visible(timeout=LONG_MS)
    expect(page.locator(".bar")).to_have_count(8)
    assert sideways_px(page) <= 2
    stop(page)
    expect(page.get_by_text(_WHAT_WAS_HEARD)).to_be_visible(timeout=LONG_MS)
    assert sideways_px(page) <= 2
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_count(0)
