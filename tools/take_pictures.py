"""Take pictures of all pages and states, in both themes, on a desktop and a phone: ``python -m tools.take_pictures``.

They go to ``pictures/``, which git ignores. Look at them after a change of the design. It needs Chromium. With
``SER_DATA_DIR`` set, the pages show real voices.
"""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.harness.app_server import running_app
from tests.harness.browsing import LONG_MS, expect_script_finished
from tests.harness.chromium import running_chromium
from tests.harness.paths import ROOT, SAD_VOICE
from tools.picture_states import STATES, State

FOLDER = ROOT / "pictures"
SIZES_PX = {"desktop": (1280, 800), "phone": (390, 844)}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

# Longer than the animations of Plotly's figures.
_ANIMATION_MS = 1_500
_HIGHEST_PX = 6_000
_PATIENCE_MS = 3 * LONG_MS

# Streamlit loads the program of each kind of element when it is first needed, and shows a grey block until then.
_IS_DRAWN = """() => !document.querySelector("[data-testid=stSkeleton], [data-stale=true]")
    && [...document.querySelectorAll(".js-plotly-plot")].every((plot) => plot.querySelector(".main-svg"))"""


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
    page.wait_for_function(_IS_DRAWN, timeout=_PATIENCE_MS)
    height_px = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(size["height"], height_px), _HIGHEST_PX)})
    page.wait_for_timeout(_ANIMATION_MS)
    page.screenshot(path=path)
    page.set_viewport_size(size)


def take_state(browser: Browser, url: str, name: str, state: State, words: re.Pattern[str]) -> None:
    """Write the pictures of one state whose names match.

    Parameters
    ----------
    browser : Browser
        A running browser.
    url : str
        The app's address.
    name : str
        The first part of the names of the pictures.
    state : State
        The page and what is done there.
    words : re.Pattern
        What a name has to contain.
    """
    for size_name, (width_px, height_px) in SIZES_PX.items():
        paths = {theme: FOLDER / f"{name}-{theme}-{size_name}.png" for theme in THEMES}
        paths = {theme: path for theme, path in paths.items() if words.search(path.name)}
        if not paths:
            continue
        context = browser.new_context(
            viewport={"width": width_px, "height": height_px},
            permissions=["microphone", "clipboard-read", "clipboard-write"],
        )
        page = context.new_page()
        page.goto(f"{url}/{state.address}", timeout=_PATIENCE_MS)
        page.get_by_test_id("stMainBlockContainer").get_by_role("heading").first.wait_for(timeout=_PATIENCE_MS)
        expect_script_finished(page)
        state.act(page)
        for theme, path in paths.items():
            page.emulate_media(color_scheme=theme)
            take_picture(page, path)
        context.close()


def main() -> None:
    """Start the app and a browser, and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only pictures whose names contain one of these words")
    words = re.compile("|".join(map(re.escape, parser.parse_args().words)))
    FOLDER.mkdir(exist_ok=True)
    settings = {name: value for name, value in os.environ.items() if name == "SER_DATA_DIR"}
    with running_app(settings=settings) as server, running_chromium(SAD_VOICE) as browser:
        for name, state in STATES.items():
            take_state(browser, server.url, name, state, words)


if __name__ == "__main__":
    main()
