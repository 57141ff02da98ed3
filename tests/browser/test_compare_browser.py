"""The Compare page in a browser: zooming into one panel zooms into all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Theme, Visit
from tests.harness.browsing import LONG_MS, bounding_box, expect_no_error, overflow_px

pytestmark = pytest.mark.browser

TIME_RANGES = (
    "plot => Object.keys(plot._fullLayout).filter(key => key.startsWith('xaxis'))"
    ".map(key => plot._fullLayout[key].range.map(seconds => seconds.toFixed(3)).join(' '))"
)


def open_compare(visit: Visit, width: int = 1280, theme: Theme = "light") -> tuple[Page, Locator]:
    page = visit(page="compare", wait_for="Among real voices", width=width, theme=theme)
    plot = page.locator(".st-key-compare_features .js-plotly-plot")
    expect(plot).to_be_visible(timeout=LONG_MS)
    return page, plot


def wait_for_other_range(page: Page, plot: Locator, previous_range: str) -> None:
    arguments = [plot.element_handle(), previous_range]
    condition = f"([plot, previous]) => ({TIME_RANGES})(plot)[0] !== previous"
    page.wait_for_function(condition, arg=arguments, timeout=LONG_MS)


def expect_fits(page: Page) -> None:
    assert overflow_px(page) <= 2
    expect_no_error(page)


@pytest.fixture(scope="module")
def compared(shared_visit: Visit) -> tuple[Page, Locator]:
    return open_compare(shared_visit, theme="dark")


def test_zooming_into_one_panel_zooms_into_all(compared: tuple[Page, Locator]) -> None:
    page, plot = compared
    before = plot.evaluate(TIME_RANGES)
    assert len(before) == 8
    assert len(set(before)) == 1
    # A drag over the second clip's pitch, the right panel of the third row.
    panel = plot.locator(".drag.nsewdrag").nth(5)
    panel.scroll_into_view_if_needed()
    box = bounding_box(panel)
    middle_px = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.25 * box["width"], middle_px)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.5 * box["width"], middle_px, steps=5)
    page.mouse.up()
    wait_for_other_range(page, plot, before[0])
    after = plot.evaluate(TIME_RANGES)
    assert len(set(after)) == 1
    first_s, last_s = map(float, before[0].split())
    dragged_s = [first_s + share * (last_s - first_s) for share in (0.25, 0.5)]
    assert [float(edge_s) for edge_s in after[0].split()] == pytest.approx(dragged_s, rel=0.1)


def test_the_zoom_button_zooms_into_all_panels(compared: tuple[Page, Locator]) -> None:
    page, plot = compared
    before = plot.evaluate(TIME_RANGES)
    plot.hover()
    plot.locator("[data-title='Zoom in']").click()
    wait_for_other_range(page, plot, before[0])
    assert len(set(plot.evaluate(TIME_RANGES))) == 1


def test_the_lines_of_both_clips_are_level(compared: tuple[Page, Locator]) -> None:
    lines = compared[0].get_by_test_id("stExpander").filter(has_text="change clip")
    first, second = (bounding_box(lines.nth(number)) for number in (0, 1))
    assert first["y"] == pytest.approx(second["y"], abs=1)


def test_the_switch_goes_to_the_same_place_in_the_other_clip(visit: Visit) -> None:
    page, _ = open_compare(visit)
    player = page.locator(".st-key-compare_player")
    sounds = player.locator("audio")
    first, second = sounds.nth(0), sounds.nth(1)
    player.get_by_role("slider", name="Place in the recording").fill("500")
    assert first.evaluate("audio => audio.currentTime / audio.duration") == pytest.approx(0.5, abs=0.01)
    switch = player.get_by_role("button", name="Clip 2")
    switch.focus()
    page.keyboard.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert second.evaluate("audio => audio.currentTime / audio.duration") == pytest.approx(0.5, abs=0.01)
    player.get_by_role("button", name="Play").click()
    page.wait_for_function("audio => !audio.paused && audio.currentTime > 1", arg=second.element_handle())
    # The key that switches, while the sound plays.
    page.keyboard.press("x")
    page.wait_for_function("audio => !audio.paused", arg=first.element_handle())
    assert second.evaluate("audio => audio.paused")
    expect_no_error(page)


def test_the_page_fits_its_width(compared: tuple[Page, Locator]) -> None:
    expect_fits(compared[0])


def test_the_page_fits_a_phone(visit: Visit) -> None:
    page, _ = open_compare(visit, width=390)
    expect_fits(page)
    # Cue and difference, then two values of at most two lines each.
    rows = page.locator(".st-key-differences tbody tr")
    heights_px = [bounding_box(row)["height"] for row in rows.all()]
    assert len(heights_px) == 10
    assert max(heights_px) <= 110
