"""What a visitor does on any page, in Chromium."""

from __future__ import annotations

from playwright.sync_api import Page, expect

LONG_MS = 40_000


def pick_sample(page: Page, emotion: str) -> None:
    """Choose the first computer voice of an emotion."""
    page.get_by_role("radio", name="Samples").click()
    page.get_by_role("radio", name=emotion).click()
    # The list is a new one then; a click on the old one would open what is about to go.
    page.get_by_placeholder("Choose one of 2 clips").wait_for()
    page.get_by_role("combobox").click()
    page.get_by_role("option").first.click()


def expect_written(page: Page) -> None:
    """Wait until the page's script has come to its end."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_attached(timeout=3 * LONG_MS)


def sideways_px(page: Page) -> float:
    """Return by how much the page is wider than the screen."""
    return page.evaluate(
        "Math.max(...['html', '[data-testid=stMain]'].map(s => document.querySelector(s))"
        ".map(e => e.scrollWidth - e.clientWidth))"
    )
