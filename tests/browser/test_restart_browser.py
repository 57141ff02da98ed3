"""The server is ended and started again while somebody is looking at the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import running_app
from tests.harness.browsing import LONG_MS, expect_written, pick_sample
from tests.harness.serving import free_port

pytestmark = pytest.mark.browser

ANSWER = re.compile("^(Sounds like|Not sure)")
GONE = "Your clip is gone"


def expect_answer(page: Page) -> None:
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible(timeout=3 * LONG_MS)
    expect(page.get_by_text(GONE)).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_page_comes_back_and_says_what_is_lost(chromium: Browser, tmp_path: Path) -> None:
    port = free_port()
    page = chromium.new_context().new_page()
    page.set_default_timeout(3 * LONG_MS)
    with running_app(tmp_path / "first.txt", port=port) as url:
        page.goto(url)
        page.get_by_text("No clip yet").wait_for()
        expect(page.get_by_text(GONE)).to_have_count(0)
        pick_sample(page, "sad")
        expect_answer(page)
        # A page that is interrupted is asked for anew by itself; one that is whole has to ask, too.
        expect_written(page)
    with running_app(tmp_path / "second.txt", port=port):
        gone = page.get_by_text(GONE)
        expect(gone).to_be_visible(timeout=6 * LONG_MS)
        expect(gone).to_contain_text("Computer voice")
        expect(page.get_by_text("No clip yet")).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        # The list of sad samples is still there, as the visitor left it.
        page.get_by_role("combobox").click()
        page.get_by_role("option").last.click()
        expect_answer(page)
        page.reload()
        expect(gone).to_be_visible()
        page.context.close()
