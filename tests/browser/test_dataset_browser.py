"""What only a browser shows of the Data page: the map of points, a click on one, layout."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import running_app
from tests.harness.browsing import LONG_MS, expect_written, sideways_px

pytestmark = pytest.mark.browser

SECTIONS = ("Counts", "By emotion", "Sound map", "Listeners", "Table")

Visit = Callable[..., Page]


def open_data(page: Page) -> None:
    # Thousands of points are slow to draw without a graphics card.
    page.set_default_timeout(LONG_MS)
    page.goto(f"{page.url}dataset")
    expect(page.get_by_text("12,162 of 12,162 clips")).to_be_visible(timeout=LONG_MS)


def open_section(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).click()
    expect(page.get_by_role("radio", name=name)).to_be_checked()
    expect_written(page)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def click_a_point(page: Page) -> None:
    drawn = page.locator("[data-testid=stPlotlyChart] canvas").first
    drawn.wait_for(timeout=LONG_MS)
    # A point below the window's lower edge cannot be pointed at.
    page.locator(".js-plotly-plot").evaluate("plot => plot.scrollIntoView({block: 'center'})")
    # Where the points are, Plotly knows; the middle one of the first group will do.
    spot = page.locator(".js-plotly-plot").evaluate(
        """plot => {
            const trace = plot._fullData[0], middle = Math.floor(trace.x.length / 2);
            const {xaxis, yaxis} = plot._fullLayout, box = plot.getBoundingClientRect();
            return {x: box.x + xaxis._offset + xaxis.l2p(trace.x[middle]),
                    y: box.y + yaxis._offset + yaxis.l2p(trace.y[middle])};
        }"""
    )
    page.mouse.move(spot["x"], spot["y"])
    expect(page.locator(".hovertext").first).to_be_visible(timeout=LONG_MS)
    page.mouse.click(spot["x"], spot["y"])
    expect(page.get_by_text(", intensity ")).to_be_visible(timeout=LONG_MS)


@pytest.fixture(scope="module")
def data_page(stay: Visit) -> Page:
    page = stay()
    open_data(page)
    return page


def test_a_click_on_a_point_tells_what_it_is(data_page: Page) -> None:
    page = data_page
    open_section(page, "Sound map")
    click_a_point(page)


def test_a_click_on_a_point_plays_it_where_the_recordings_are_at_hand(
    visit: Visit, corpora_dir: Path, tmp_path: Path
) -> None:
    with running_app(tmp_path / "log.txt", SER_DATA_DIR=str(corpora_dir)) as url:
        page = visit(url=url)
        open_data(page)
        page.get_by_text("Filters", exact=True).click()
        page.get_by_role("button", name="measured here").click()
        expect(page.get_by_text("12,162 of 12,162 clips")).to_have_count(0)
        open_section(page, "Sound map")
        click_a_point(page)
        sound = page.get_by_test_id("stAudio")
        sound.wait_for(timeout=LONG_MS)
        assert sound.evaluate("async audio => { await audio.play(); return audio.duration; }") > 0.5
        page.get_by_role("button", name="Use this clip on all pages").click()
        page.get_by_role("link", name="Recognise").first.click()
        expect(page.get_by_role("heading", name=re.compile("^(Sounds like|Not sure)"))).to_be_visible(timeout=LONG_MS)
        # Before its server goes.
        page.close()


def expect_each_section_to_fit(page: Page) -> None:
    for name in SECTIONS:
        open_section(page, name)
        assert sideways_px(page) <= 2, name


def test_no_section_sticks_out(data_page: Page) -> None:
    expect_each_section_to_fit(data_page)


def test_no_section_sticks_out_in_the_dark_on_a_phone(visit: Visit) -> None:
    page = visit(width=390, theme="dark")
    open_data(page)
    expect_each_section_to_fit(page)
