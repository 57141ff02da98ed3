"""Take README's picture of the Recognise page with a computer voice: ``python -m tools.take_readme_picture``.

Run it when the page looks different. It needs Chromium and a font with coloured emoji.
"""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.harness.app_server import running_app
from tests.harness.browsing import FIRST_SCREEN, LONG_MS, expect_script_finished, pick_sample
from tests.harness.chromium import running_chromium
from tests.harness.paths import ROOT

PICTURE = ROOT / "docs" / "recognise.png"

# High enough for all eight emotions.
_WIDTH_PX, _HEIGHT_PX = 1120, 1480

# Longer than the animation of Plotly's bars.
_ANIMATION_MS = 2_000


def take_picture(browser: Browser, url: str) -> None:
    """Pick a sample on the app's first page, and write the picture.

    Parameters
    ----------
    browser : Browser
        A running browser.
    url : str
        The app's address.
    """
    page = browser.new_page(viewport={"width": _WIDTH_PX, "height": _HEIGHT_PX})
    page.goto(url)
    page.get_by_text(FIRST_SCREEN).wait_for(timeout=LONG_MS)
    pick_sample(page, "fear")
    page.locator("[data-testid=stPlotlyChart]").nth(3).wait_for(timeout=LONG_MS)
    expect_script_finished(page)
    page.wait_for_timeout(_ANIMATION_MS)
    # Away from the voices: the one under the mouse would look chosen.
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)
    page.screenshot(path=PICTURE)


if __name__ == "__main__":
    with running_app() as server, running_chromium() as chromium:
        take_picture(chromium, server.url)
