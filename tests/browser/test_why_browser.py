"""What only a browser shows of the page that says why: the chart, and the part to listen to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import VOICE

pytestmark = pytest.mark.browser

LONG_MS = 60_000


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_reason_is_drawn_and_the_part_plays(visit: Callable[..., Page], width: int, theme: str) -> None:
    page = visit(page="why", width=width, theme=theme)
    page.get_by_role("radio", name="Upload").click()
    page.locator("input[type=file]").set_input_files(VOICE)
    expect(page.get_by_text("The network hears")).to_be_visible(timeout=LONG_MS)
    # The spectrogram, the moments above it and the bands beside it.
    expect(page.locator("[data-testid=stPlotlyChart] .cartesianlayer .subplot")).to_have_count(3, timeout=LONG_MS)
    expect(page.get_by_text("Loudness is not in the table")).to_be_visible(timeout=LONG_MS)
    part = page.locator("audio").nth(1)
    part.evaluate("each => each.play()")
    page.wait_for_function("document.querySelectorAll('audio')[1].currentTime > 0.1", timeout=LONG_MS)
    assert part.evaluate("each => each.duration") < page.locator("audio").first.evaluate("each => each.duration")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("each => each.scrollWidth - each.clientWidth") <= 0
