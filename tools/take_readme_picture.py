"""Take README's picture of the Recognise page, after a computer voice was picked.

Run it, as ``python -m tools.take_readme_picture``, when the page looks different. Needs what the browser tests
need, and a font with coloured emoji.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import running_app
from tests.harness.browsing import LONG_MS, expect_written, pick_sample
from tests.harness.serving import chromium_flags, chromium_path

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "recognise.png"

# Tall enough for all eight emotions.
_WIDTH_PX, _HEIGHT_PX = 1120, 1480

# Plotly's bars grow.
_MOVING_MS = 2_000


def take(url: str) -> None:
    """Visit the app at an address, pick a voice, and keep what is on the screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=chromium_flags())
        page = browser.new_page(viewport={"width": _WIDTH_PX, "height": _HEIGHT_PX})
        page.goto(url)
        page.get_by_text("No clip yet").wait_for(timeout=LONG_MS)
        pick_sample(page, "fear")
        page.locator("[data-testid=stPlotlyChart]").nth(3).wait_for(timeout=LONG_MS)
        expect_written(page)
        page.wait_for_timeout(_MOVING_MS)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch, running_app(Path(scratch) / "log.txt") as address:
        take(address)
