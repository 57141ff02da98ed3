"""Actions of a visitor on the app's pages, in Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, FloatRect, FrameLocator, Locator, Page, expect

LONG_MS = 40_000

# The heading of a page that shows an answer.
ANSWER = re.compile("^(This voice sounds|Hard to tell|Sounds like)")

# The last text of the first screen, and what other pages show before a clip is chosen.
FIRST_SCREEN, NO_CLIP = "More samples", "No clip yet"

START_LISTENING = "Start listening"


def pick_sample(page: Page, emotion: str) -> None:
    """Choose a computer voice with an emotion: from the first screen, or the first one of another page's list."""
    voice = page.get_by_role("group", name="Eight voices to try").get_by_role("button", name=emotion)
    samples = page.get_by_role("radio", name="Samples")
    voice.or_(samples).first.wait_for()
    if voice.count():
        voice.click()
        return
    samples.click()
    page.get_by_role("radio", name=emotion).click()
    # Streamlit replaces the list of clips now. A click on the old list would open a list that disappears.
    page.get_by_placeholder("Choose one of 2 clips").wait_for()
    page.get_by_role("combobox").click()
    page.get_by_role("option").first.click()


def choose_upload(page: Page) -> None:
    """Choose to upload a file, if the page asks for the way, and wait for the field."""
    field = page.locator("input[type=file]")
    field.or_(page.get_by_role("radio", name="Upload")).first.wait_for(state="attached")
    if field.count():
        return
    page.get_by_role("radio", name="Upload").click()
    page.locator("input[type=file]").wait_for(state="attached")


def send_file(page: Page, content: bytes, name: str = "clip.wav", mime_type: str = "audio/wav") -> None:
    """Put a file into the upload field that is on the page."""
    file: FilePayload = {"name": name, "mimeType": mime_type, "buffer": content}
    page.locator("input[type=file]").set_input_files(files=[file])


def upload(page: Page, content: bytes, name: str = "clip.wav", mime_type: str = "audio/wav") -> None:
    """Choose to upload a file, and upload it."""
    choose_upload(page)
    send_file(page, content, name, mime_type)


def expect_script_finished(page: Page) -> None:
    """Wait until the page's script has run to its end."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached(timeout=3 * LONG_MS)


def expect_no_error(page: Page) -> None:
    """Check that the page shows no exception and no message about an error."""
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_count(0)


def overflow_px(page: Page) -> float:
    """Return by how many pixels the page is wider than the screen."""
    width_px: float = page.evaluate(
        "Math.max(...['html', '[data-testid=stMain]'].map(selector => document.querySelector(selector))"
        ".map(element => element.scrollWidth - element.clientWidth))"
    )
    return width_px


def bounding_box(locator: Locator) -> FloatRect:
    """Return the place of a visible element on the screen, in pixels."""
    box = locator.bounding_box()
    assert box is not None
    return box


def live_controls(page: Page) -> FrameLocator:
    """Return the frame of the Live page that holds its start and stop button."""
    return page.frame_locator("iframe[title*=webrtc]")


def start_listening(page: Page, timeout_ms: float = LONG_MS) -> None:
    """Click on the start button of the Live page as soon as it is there."""
    live_controls(page).get_by_role("button", name=START_LISTENING).click(timeout=timeout_ms)
