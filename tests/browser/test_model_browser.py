"""The Model page in a browser: a click on a cell of the confusion matrix."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.harness.browsing import LONG_MS

pytestmark = pytest.mark.browser


def test_a_click_on_a_cell_shows_its_clips(visit: Visit) -> None:
    page = visit(page="model", wait_for="Mix-ups")
    page.set_default_timeout(LONG_MS)
    page.get_by_role("radio", name="Mix-ups").click()
    expect(page.get_by_text("Click a cell to see its clips")).to_be_visible(timeout=LONG_MS)
    page.locator(".js-plotly-plot .points path").first.click(force=True)
    expect(page.get_by_text("clips meant angry, answered angry")).to_be_visible(timeout=LONG_MS)
