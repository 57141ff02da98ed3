"""A file's name is text, whatever it looks like, on every page that shows it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import VOICE
from tests.harness.browsing import LONG_MS, expect_written

pytestmark = pytest.mark.browser

HEADINGS = {"Why?": "Why?", "Explore": "See the sound", "Compare": "Compare", "Voice lab": "Voice lab"}

NAME = '<img src=x onerror="window.hurt=1">.wav'


def test_html_in_a_name_is_shown_and_not_run(visit: Callable[..., Page]) -> None:
    page = visit()
    page.get_by_role("radio", name="Upload").click()
    file = {"name": NAME, "mimeType": "audio/wav", "buffer": VOICE.read_bytes()}
    page.locator("input[type=file]").set_input_files(files=[file])
    expect(page.get_by_text("Your file")).to_be_visible(timeout=3 * LONG_MS)
    expect(page.get_by_test_id("stFileChipName")).to_have_attribute("title", NAME)
    # Too long for its place, so its middle is left out.
    expect(page.get_by_test_id("stFileChipName")).to_contain_text("<img")
    for link, title in HEADINGS.items():
        page.get_by_role("link", name=link).first.click()
        # The page before has a clip to change, too.
        page.get_by_role("heading", name=title, exact=True).wait_for(timeout=3 * LONG_MS)
        page.get_by_text("change clip").first.wait_for(timeout=3 * LONG_MS)
        # What is opened while the page is still being written may close again.
        expect_written(page)
        page.get_by_text("change clip").first.click()
        expect(page.get_by_role("radio", name="Upload").first).to_be_visible(timeout=3 * LONG_MS)
        assert page.evaluate("window.hurt") is None
        expect(page.locator("img[src=x]")).to_have_count(0)
