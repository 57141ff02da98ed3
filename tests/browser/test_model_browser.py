"""The Model page in a browser: a click on a cell of the confusion matrix."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.harness.browsing import LONG_MS, bounding_box, expect_script_finished, overflow_px

pytestmark = pytest.mark.browser

DARK_TEXT = re.compile(r"rgb\((\d?\d), (\d?\d), (\d?\d)\)")
LIGHT_TEXT = re.compile(r"rgb\((2\d\d), (2\d\d), (2\d\d)\)")
PICTURE = "image => image.getAttribute('href') || image.getAttribute('xlink:href')"


def test_on_a_phone_nothing_is_cut(visit: Visit) -> None:
    page = visit(page="model?section=how-sure", wait_for="Gets one emotion", width=390)
    figures = page.get_by_test_id("stMetric")
    expect(figures.nth(3)).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    boxes = [bounding_box(figures.nth(number)) for number in range(4)]
    assert [box["y"] for box in boxes[::2]] == [box["y"] for box in boxes[1::2]]
    label = bounding_box(figures.nth(3).locator("p").first)
    assert label["x"] + label["width"] < boxes[3]["x"] + boxes[3]["width"]
    assert overflow_px(page) <= 2
    page.get_by_role("radio", name="Inside").click()
    table = page.get_by_test_id("stTable")
    expect(table).to_be_visible(timeout=LONG_MS)
    assert bounding_box(table.locator("table"))["width"] <= bounding_box(table)["width"]


def test_a_click_on_a_cell_shows_its_clips(visit: Visit) -> None:
    page = visit(page="model", wait_for="Mix-ups")
    page.set_default_timeout(LONG_MS)
    page.get_by_role("radio", name="Mix-ups").click()
    expect(page.get_by_text("Click a cell to see its clips")).to_be_visible(timeout=LONG_MS)
    page.locator(".js-plotly-plot .points path").first.click(force=True)
    expect(page.get_by_text("clips meant angry, answered angry")).to_be_visible(timeout=LONG_MS)


def test_the_confusion_matrix_follows_a_change_of_the_theme(visit: Visit) -> None:
    page = visit(page="model?section=mix-ups", wait_for="Click a cell to see its clips")
    cell = page.locator(".js-plotly-plot .annotation-text").first
    expect(cell).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    # The cells are partly transparent, so the same picture lies on the colour of the page in each theme.
    picture = page.locator(".js-plotly-plot .heatmaplayer image").evaluate(PICTURE)
    expect(cell).to_have_css("fill", DARK_TEXT)
    page.emulate_media(color_scheme="dark")
    expect(cell).to_have_css("fill", LIGHT_TEXT)
    assert page.locator(".js-plotly-plot .heatmaplayer image").evaluate(PICTURE) == picture
