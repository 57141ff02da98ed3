"""Take pictures of all pages and states, in both themes, on a desktop and a phone: ``python -m tools.take_pictures``.

They go to ``pictures/``, which git ignores. Look at them after a change of the design. It needs Chromium.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.harness.app_server import running_app
from tests.harness.browsing import LONG_MS, expect_script_finished
from tests.harness.chromium import running_chromium
from tests.harness.paths import ROOT

FOLDER = ROOT / "pictures"
SIZES_PX = {"desktop": (1280, 800), "phone": (390, 844)}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

_SAMPLE = "sample=computer/sad_male"
# By the name of the picture: the address of the page.
ADDRESSES = {
    "start": "",
    "answer": f"?{_SAMPLE}",
    "classroom": "?mode=classroom",
    "live": "live",
    "why": f"why?{_SAMPLE}",
    "explore": f"explore?{_SAMPLE}",
    "compare": f"compare?{_SAMPLE}",
    "voice-lab": f"voice_lab?{_SAMPLE}&pitch_st=3",
    "data": "dataset",
    "data-map": "dataset?section=sound-map",
    "model": "model",
    "model-mix-ups": "model?section=mix-ups",
    "about": "about",
    "present": f"why?{_SAMPLE}&present=true",
    "embed": f"?{_SAMPLE}&embed=true",
}

# Longer than the animations of Plotly's figures.
_ANIMATION_MS = 1_500
_HIGHEST_PX = 6_000
_PATIENCE_MS = 3 * LONG_MS


def take_picture(page: Page, path: Path) -> None:
    """Write a picture of a whole page, also of the part that a visitor would have to scroll to.

    Parameters
    ----------
    page : Page
        The page in a browser.
    path : Path
        The PNG file.
    """
    size = page.viewport_size
    assert size is not None
    height_px = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(size["height"], height_px), _HIGHEST_PX)})
    page.wait_for_timeout(_ANIMATION_MS)
    page.screenshot(path=path)


def take_all(browser: Browser, url: str, words: list[str]) -> None:
    """Write the pictures whose names contain one of some words; without words, all.

    Parameters
    ----------
    browser : Browser
        A running browser.
    url : str
        The app's address.
    words : list of str
        Parts of names, such as ``"why"`` and ``"dark-phone"``.
    """
    for name, address in ADDRESSES.items():
        for theme in THEMES:
            for size_name, (width_px, height_px) in SIZES_PX.items():
                file_name = f"{name}-{theme}-{size_name}.png"
                if words and not re.search("|".join(map(re.escape, words)), file_name):
                    continue
                context = browser.new_context(viewport={"width": width_px, "height": height_px}, color_scheme=theme)
                page = context.new_page()
                page.goto(f"{url}/{address}", timeout=_PATIENCE_MS)
                page.get_by_test_id("stMainBlockContainer").get_by_role("heading").first.wait_for(timeout=_PATIENCE_MS)
                expect_script_finished(page)
                take_picture(page, FOLDER / file_name)
                context.close()


def main() -> None:
    """Start the app and a browser, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only pictures whose names contain one of these words")
    words = parser.parse_args().words
    FOLDER.mkdir(exist_ok=True)
    with running_app() as server, running_chromium() as browser:
        take_all(browser, server.url, words)


if __name__ == "__main__":
    main()
