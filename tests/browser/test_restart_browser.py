"""The server stops and starts again while a visitor has the page open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.harness.app_server import free_port, running_app
from tests.harness.browsing import ANSWER, LONG_MS, expect_script_finished, pick_sample

pytestmark = pytest.mark.browser

GONE = "Your clip is gone"


def expect_answer(page: Page) -> None:
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible(timeout=3 * LONG_MS)
    expect(page.get_by_text(GONE)).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_page_reconnects_and_names_the_lost_clip(chromium: Browser) -> None:
    port = free_port()
    page = chromium.new_context().new_page()
    page.set_default_timeout(3 * LONG_MS)
    with running_app(port=port) as server:
        page.goto(server.url)
        page.get_by_text("No clip yet").wait_for()
        expect(page.get_by_text(GONE)).to_have_count(0)
        pick_sample(page, "sad")
        expect_answer(page)
        # Streamlit runs an interrupted page again without being asked. This test is about a page that had finished.
        expect_script_finished(page)
    with running_app(port=port):
        gone = page.get_by_text(GONE)
        expect(gone).to_be_visible(timeout=6 * LONG_MS)
        expect(gone).to_contain_text("Computer voice")
        expect(page.get_by_text("No clip yet")).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        # The list of sad samples is still open, as before the restart.
        page.get_by_role("combobox").click()
        page.get_by_role("option").last.click()
        expect_answer(page)
        page.reload()
        expect(gone).to_be_visible()
        page.context.close()
