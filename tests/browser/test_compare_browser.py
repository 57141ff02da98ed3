"""What only a browser shows of Compare: zooming into one panel zooms into all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.visiting import LONG_MS, sideways_px

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


def test_zooming_into_one_panel_zooms_into_all(visit: Callable[..., Page]) -> None:
    page, plot = open_compare(visit)
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
    first_s, last_s = map(float, after[0].split())
    whole_s = float(before[0].split()[1])
    assert first_s == pytest.approx(0.25 * whole_s, rel=0.1)
    assert last_s == pytest.approx(0.5 * whole_s, rel=0.1)


def test_the_buttons_zoom_too(visit: Callable[..., Page]) -> None:
    page, plot = open_compare(visit)
    before = plot.evaluate(RANGES)
    plot.hover()
    plot.locator("[data-title='Zoom in']").click()
    page.wait_for_function(
        f"([plot, before]) => ({RANGES})(plot)[0] !== before", arg=[plot.element_handle(), before[0]], timeout=LONG_MS
    )
    assert len(set(plot.evaluate(RANGES))) == 1


@pytest.mark.parametrize(("width", "theme"), [(1280, "dark"), (390, "light")])
def test_nothing_sticks_out(visit: Callable[..., Page], width: int, theme: str) -> None:
    page, _ = open_compare(visit, width=width, theme=theme)
    assert sideways_px(page) <= 2
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_count(0)
