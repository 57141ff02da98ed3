"""A lesson in a browser, with the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Theme, Visit
from tests.harness.browsing import LONG_MS, expect_no_error, overflow_px

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_screen_with_the_keyboard(visit: Visit, width: int, theme: Theme) -> None:
    page = visit(page="lessons?lesson=loudness-and-anger&screen=2", width=width, theme=theme, wait_for="Predict:")
    options = page.locator("[class*=st-key-predict_] button")
    expect(options).to_have_count(3)
    options.first.focus()
    page.keyboard.press("Tab")
    expect(options.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You predicted")).to_be_visible(timeout=LONG_MS)
    expect(page.locator("[data-testid=stPlotlyChart] .cartesianlayer .subplot")).to_have_count(2, timeout=LONG_MS)
    assert overflow_px(page) <= 2
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("screen=3"))
    # The focus is at the top of the new screen, and the way from there leads to its first prediction.
    expect(page.locator(".st-key-lesson_screen [data-testid=stHeading]")).to_be_focused(timeout=LONG_MS)
    expect(page.get_by_role("heading", name="What do actors do?")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("[class*=st-key-predict_] button").first).to_be_focused()
    # The browser's own way back.
    page.go_back()
    expect(page.get_by_role("heading", name="Angry or sad?")).to_be_visible(timeout=LONG_MS)
    expect_no_error(page)
