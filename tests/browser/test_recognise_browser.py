"""What only a browser shows of the Recognise page: the microphone, uploads, playback, layout."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import av
import numpy as np
import pytest
import soundfile
from playwright.sync_api import Page, expect

from tests.browser.conftest import VOICE
from tests.harness.browsing import LONG_MS, pick_sample, sideways_px

pytestmark = pytest.mark.browser

ANSWER = re.compile("^(Sounds like|Not sure)")

Visit = Callable[..., Page]


def encoded(container: str, codec: str) -> bytes:
    """Return the voice in another format."""
    samples, rate_hz = soundfile.read(VOICE, dtype="int16")
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate_hz, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.atleast_2d(samples), format="s16", layout="mono")
        frame.sample_rate = rate_hz
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            out.mux(packet)
    return file.getvalue()


def expect_answer(page: Page) -> None:
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible(timeout=LONG_MS)
    # Four charts, or five with the timeline that a clip of more than three seconds of sound gets.
    expect(page.locator("[data-testid=stPlotlyChart]").nth(3)).to_be_visible(timeout=LONG_MS)
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_count(0)


def test_record(visit: Visit) -> None:
    page = visit()
    button = page.locator("[data-testid=stAudioInputActionButton]").first
    button.click()
    page.get_by_text("00:03").wait_for(timeout=LONG_MS)
    button.click()
    expect_answer(page)
    expect(page.get_by_text("Your recording")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "mime", "container", "codec"),
    [("voice.m4a", "audio/mp4", "ipod", "aac"), ("voice.mp3", "audio/mpeg", "mp3", "libmp3lame")],
)
def test_upload(visit: Visit, name: str, mime: str, container: str, codec: str) -> None:
    page = visit()
    page.get_by_role("radio", name="Upload").click()
    file = {"name": name, "mimeType": mime, "buffer": encoded(container, codec)}
    page.locator("input[type=file]").set_input_files(files=[file])
    expect_answer(page)


@pytest.fixture(scope="module")
def answered(stay: Visit) -> Page:
    """The page with the answer to a sample."""
    page = stay()
    pick_sample(page, "sad")
    expect_answer(page)
    return page


def test_a_sample_plays(answered: Page) -> None:
    player = answered.locator("audio").first
    player.evaluate("each => each.play()")
    answered.wait_for_function("document.querySelector('audio').currentTime > 0.3", timeout=LONG_MS)


def test_a_bad_upload_is_explained_and_the_clip_stays(visit: Visit) -> None:
    page = visit()
    pick_sample(page, "happy")
    expect_answer(page)
    page.get_by_role("radio", name="Upload").click()
    file = {"name": "notes.wav", "mimeType": "audio/wav", "buffer": b"not a sound at all " * 99}
    page.locator("input[type=file]").set_input_files(files=[file])
    expect(page.locator("[data-testid=stAlertContentError]")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible()


def test_nothing_sticks_out(answered: Page) -> None:
    assert sideways_px(answered) <= 2


def test_nothing_sticks_out_in_the_dark_on_a_phone(visit: Visit) -> None:
    page = visit(width=390, theme="dark")
    pick_sample(page, "angry")
    expect_answer(page)
    assert sideways_px(page) <= 2


def test_downloads(answered: Page) -> None:
    for kind in ("CSV", "JSON"):
        with answered.expect_download() as download:
            answered.get_by_role("button", name=f"Download {kind}").click()
        assert download.value.suggested_filename == f"emotion.{kind.lower()}"
