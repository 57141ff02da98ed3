"""The name of an uploaded file is shown as text on every page, also if it contains HTML."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.harness.browsing import LONG_MS, expect_script_finished, upload
from tests.harness.paths import SAD_VOICE

pytestmark = pytest.mark.browser

HEADINGS = {"Why?": "Why?", "See the sound": "See the sound", "Compare": "Compare", "Voice lab": "Voice lab"}

NAME = '<img src=x onerror="window.hurt=1">.wav'


def test_html_in_a_name_is_shown_and_not_run(visit: Visit) -> None:
    page = visit()
    upload(page, SAD_VOICE.read_bytes(), NAME)
    expect(page.locator("code", has_text="<img src=x")).to_be_visible(timeout=3 * LONG_MS)
    # Until the script ends, the field of the empty page and the field beside the answer are both drawn.
    expect_script_finished(page)
    expect(page.get_by_test_id("stFileChipName")).to_have_attribute("title", NAME)
    # Streamlit shortens a long name in the middle.
    expect(page.get_by_test_id("stFileChipName")).to_contain_text("<img")
    for link, title in HEADINGS.items():
        page.get_by_role("link", name=link).first.click()
        # The button alone would not do: the page before has it, too.
        page.get_by_role("heading", name=title, exact=True).wait_for(timeout=3 * LONG_MS)
        page.get_by_text("change clip").first.wait_for(timeout=3 * LONG_MS)
        # A popover that is opened while the page is being drawn may close again.
        expect_script_finished(page)
        page.get_by_text("change clip").first.click()
        expect(page.get_by_role("radio", name="Upload").first).to_be_visible(timeout=3 * LONG_MS)
        assert page.evaluate("window.hurt") is None
        expect(page.locator("img[src=x]")).to_have_count(0)
