"""The Data page in a browser: the sound map, a click on one of its points, layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.harness.app_server import AppServer, running_app
from tests.harness.browsing import ANSWER, LONG_MS, expect_script_finished, overflow_px

pytestmark = pytest.mark.browser

SECTIONS = ("Counts", "By emotion", "Sound map", "Listeners", "Table")


def open_data(page: Page, url: str) -> None:
    # Thousands of points are slow to draw without a graphics card.
    page.set_default_timeout(LONG_MS)
    page.goto(f"{url}/dataset")
    expect(page.get_by_text("12,162 of 12,162 clips")).to_be_visible(timeout=LONG_MS)


def open_section(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name).click()
    expect(page.get_by_role("radio", name=name)).to_be_checked()
    expect_script_finished(page)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def click_a_point(page: Page) -> None:
    drawn = page.locator("[data-testid=stPlotlyChart] canvas").first
    drawn.wait_for(timeout=LONG_MS)
    # A point below the window's lower edge cannot be pointed at.
    page.locator(".js-plotly-plot").evaluate("plot => plot.scrollIntoView({block: 'center'})")
    # The middle point of the first group.
    point = page.locator(".js-plotly-plot").evaluate(
        """plot => {
            const trace = plot._fullData[0], middle = Math.floor(trace.x.length / 2);
            const {xaxis, yaxis} = plot._fullLayout, box = plot.getBoundingClientRect();
            return {x: box.x + xaxis._offset + xaxis.l2p(trace.x[middle]),
                    y: box.y + yaxis._offset + yaxis.l2p(trace.y[middle])};
        }"""
    )
    page.mouse.move(point["x"], point["y"])
    expect(page.locator(".hovertext").first).to_be_visible(timeout=LONG_MS)
    page.mouse.click(point["x"], point["y"])
    expect(page.get_by_text(", intensity ")).to_be_visible(timeout=LONG_MS)


@pytest.fixture(scope="module")
def data_page(shared_visit: Visit, app_server: AppServer) -> Page:
    page = shared_visit()
    open_data(page, app_server.url)
    return page


def test_a_click_on_a_point_shows_its_clip(data_page: Page) -> None:
    page = data_page
    open_section(page, "Sound map")
    click_a_point(page)


def test_with_the_recordings_a_click_on_a_point_plays_its_clip(visit: Visit, corpora_dir: Path) -> None:
    with running_app(settings={"SER_DATA_DIR": str(corpora_dir)}) as server:
        page = visit(url=server.url)
        open_data(page, server.url)
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
        expect(page.get_by_role("heading", name=ANSWER)).to_be_visible(timeout=LONG_MS)
        # Before its server stops: the lost connection would be a console error.
        page.close()


def test_each_section_fits_its_width(data_page: Page) -> None:
    for name in SECTIONS:
        open_section(data_page, name)
        assert overflow_px(data_page) <= 2, name


def test_on_a_phone_no_option_is_cut(data_page: Page) -> None:
    open_section(data_page, "By emotion")
    size = data_page.viewport_size
    assert size is not None
    data_page.set_viewport_size({"width": 390, "height": 844})
    data_page.wait_for_function(
        "() => [...document.querySelectorAll('[role=radiogroup]')].every(one => one.scrollWidth <= one.clientWidth)"
    )
    data_page.set_viewport_size(size)
