"""What only a browser shows of Compare: zooming into one panel zooms into all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.harness.browsing import LONG_MS, sideways_px

pytestmark = pytest.mark.browser

RANGES = (
    "plot => Object.keys(plot._fullLayout).filter(key => key.startsWith('xaxis'))"
    ".map(key => plot._fullLayout[key].range.map(seconds => seconds.toFixed(3)).join(' '))"
)


def open_compare(visit: Callable[..., Page], **how: object) -> tuple[Page, Locator]:
    page = visit(page="compare", wait_for="Among real voices", **how)
    plot = page.locator(".st-key-compare_features .js-plotly-plot")
    expect(plot).to_be_visible(timeout=LONG_MS)
    return page, plot


@pytest.fixture(scope="module")
def compared(stay: Callable[..., Page]) -> tuple[Page, Locator]:
    return open_compare(stay, theme="dark")


def test_zooming_into_one_panel_zooms_into_all(compared: tuple[Page, Locator]) -> None:
    page, plot = compared
    before = plot.evaluate(RANGES)
    assert len(before) == 8
    assert len(set(before)) == 1
    # A drag over the second clip's pitch, the right panel of the third row.
    panel = plot.locator(".drag.nsewdrag").nth(5)
    panel.scroll_into_view_if_needed()
    box = panel.bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.25 * box["width"], middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], middle, steps=5)
    page.mouse.up()
    page.wait_for_function(
        f"([plot, before]) => ({RANGES})(plot)[0] !== before", arg=[plot.element_handle(), before[0]], timeout=LONG_MS
    )
    after = plot.evaluate(RANGES)
    assert len(set(after)) == 1
    first_s, last_s = map(float, before[0].split())
    wanted_s = [first_s + share * (last_s - first_s) for share in (0.25, 0.5)]
    assert [float(each) for each in after[0].split()] == pytest.approx(wanted_s, rel=0.1)


def test_the_buttons_zoom_too(compared: tuple[Page, Locator]) -> None:
    page, plot = compared
    before = plot.evaluate(RANGES)
    plot.hover()
    plot.locator("[data-title='Zoom in']").click()
    page.wait_for_function(
        f"([plot, before]) => ({RANGES})(plot)[0] !== before", arg=[plot.element_handle(), before[0]], timeout=LONG_MS
    )
    assert len(set(plot.evaluate(RANGES))) == 1


def expect_fits(page: Page) -> None:
    assert sideways_px(page) <= 2
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_count(0)


def test_nothing_sticks_out(compared: tuple[Page, Locator]) -> None:
    expect_fits(compared[0])


def test_nothing_sticks_out_on_a_phone(visit: Callable[..., Page]) -> None:
    page, _ = open_compare(visit, width=390)
    expect_fits(page)
