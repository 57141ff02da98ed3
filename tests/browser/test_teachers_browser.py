"""The page for teachers in a browser: a step of a plan opens its worksheet at the top of the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.harness.browsing import LONG_MS, expect_script_finished

pytestmark = pytest.mark.browser

SCROLL_PX = "document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_worksheet_opens_at_the_top_of_the_page(visit: Visit, width: int) -> None:
    page = visit(page="teachers", width=width, wait_for="90 minutes")
    expect_script_finished(page)
    button = page.get_by_role("button", name="Worksheet").last
    # The browser loads the code of buttons after the page.
    button.wait_for(timeout=LONG_MS)
    button.scroll_into_view_if_needed()
    assert page.evaluate(SCROLL_PX) > 100
    button.click()
    expect(page.get_by_text("You can also print this page")).to_be_visible(timeout=LONG_MS)
    expect(page.locator(".st-key-sheet_downloads")).to_be_focused(timeout=LONG_MS)
    expect_script_finished(page)
    assert page.evaluate(SCROLL_PX) == 0
    download = page.get_by_role("button", name="PDF, A4")
    # The browser loads the code of this kind of button when a page first has one.
    expect(download).to_be_enabled(timeout=LONG_MS)
    page.keyboard.press("Tab")
    expect(download).to_be_focused()
    # The choice of another section leaves the focus there.
    choice = page.get_by_role("radio", name="Worksheets")
    page.get_by_role("radio", name="Plans").click()
    choice.click()
    expect(page.get_by_text("You can also print this page")).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    expect(choice).to_be_focused()
