"""What only a browser shows of the Model page: a click on a cell of the confusion matrix."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LONG_MS = 40_000


def test_a_click_on_a_cell_shows_its_clips(visit: Callable[..., Page]) -> None:
    page = visit()
    page.set_default_timeout(LONG_MS)
    page.goto(f"{page.url}model")
    page.get_by_role("radio", name="Mix-ups").click()
    expect(page.get_by_text("Click a cell to see its clips")).to_be_visible(timeout=LONG_MS)
    page.locator(".js-plotly-plot .points path").first.click(force=True)
    expect(page.get_by_text("clips meant angry, answered angry")).to_be_visible(timeout=LONG_MS)
