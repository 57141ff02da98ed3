"""The page "See the sound" in a browser: the figure has the width and the colours of the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Theme, Visit
from tests.harness.browsing import LONG_MS, bounding_box, overflow_px
from ui.common.tokens import TARGET_PX

pytestmark = pytest.mark.browser

PAGE = "explore?sample=computer/sad_male"
HAS_FITTING_FIGURE = """() => {
    const [figure, stage] = ['.sp-plot .main-svg', '.sp-stage'].map(name => document.querySelector(name));
    return figure !== null && stage !== null && figure.clientWidth === stage.clientWidth;
}"""


def expect_fits(page: Page) -> None:
    page.wait_for_function(HAS_FITTING_FIGURE, timeout=2 * LONG_MS)
    assert overflow_px(page) <= 2


def has_dark_text_on_light(page: Page) -> tuple[bool, bool]:
    text, background = page.evaluate(
        "[document.querySelector('.sp-plot')._fullLayout.font.color,"
        " getComputedStyle(document.querySelector('.synced-player')).getPropertyValue('--st-background-color')]"
    )
    return int(text[1:3], 16) < 128, int(background.strip()[1:3], 16) >= 128


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_figure_fits_and_takes_the_theme(visit: Visit, width: int, theme: Theme) -> None:
    page = visit(page=PAGE, wait_for="What am I looking at?", width=width, theme=theme)
    expect_fits(page)
    assert has_dark_text_on_light(page) == (theme == "light", theme == "light")


def test_the_figure_becomes_narrow_with_the_window(visit: Visit) -> None:
    page = visit(page=PAGE, wait_for="What am I looking at?")
    expect_fits(page)
    page.set_viewport_size({"width": 390, "height": 844})
    expect_fits(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_one_panel_alone_leaves_no_gap_below_it(visit: Visit, width: int) -> None:
    page = visit(page=f"{PAGE}&panels=waveform", wait_for="What am I looking at?", width=width)
    expect_fits(page)
    box = bounding_box(page.locator(".st-key-explore_player"))
    assert box["height"] == pytest.approx(bounding_box(page.locator(".synced-player"))["height"], abs=1)


def test_what_can_be_pressed_is_large_enough(visit: Visit) -> None:
    page = visit(page=PAGE, wait_for="What am I looking at?", width=390)
    player = page.get_by_role("group", name="Player and drawings of the clip")
    expect(player.get_by_role("button", name="Play")).to_be_visible(timeout=LONG_MS)
    heights_px = [bounding_box(target)["height"] for target in player.locator("button, select").all()]
    assert min(heights_px) >= TARGET_PX
