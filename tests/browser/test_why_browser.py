"""The Why page in a browser: the chart, and the part of the clip to listen to."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Theme, Visit
from tests.harness.browsing import LONG_MS, overflow_px, upload
from tests.harness.paths import SAD_VOICE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_the_reason_is_drawn_and_the_part_plays(visit: Visit, width: int, theme: Theme) -> None:
    page = visit(page="why", width=width, theme=theme)
    upload(page, SAD_VOICE.read_bytes())
    expect(page.get_by_text("depends mostly on the sound")).to_be_visible(timeout=LONG_MS)
    # The spectrogram, the moments above it and the bands next to it.
    expect(page.locator("[data-testid=stPlotlyChart] .cartesianlayer .subplot")).to_have_count(3, timeout=LONG_MS)
    expect(page.get_by_text("Loudness is not in the table")).to_be_visible(timeout=LONG_MS)
    part = page.locator("audio").nth(1)
    part.evaluate("audio => audio.play()")
    page.wait_for_function("document.querySelectorAll('audio')[1].currentTime > 0.1", timeout=LONG_MS)
    assert part.evaluate("audio => audio.duration") < page.locator("audio").first.evaluate("audio => audio.duration")
    assert overflow_px(page) <= 2
