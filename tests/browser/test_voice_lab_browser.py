"""The voice lab in a browser: a moved slider changes the sound in the player and the bars."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.harness.browsing import LONG_MS, expect_no_error, overflow_px, pick_sample

pytestmark = pytest.mark.browser

BARS = "() => document.querySelector('.st-key-lab_bars .js-plotly-plot').data.map(trace => Array.from(trace.x))"


def duration_s(page: Page, number: int) -> float:
    player = page.locator("audio").nth(number)
    page.wait_for_function("player => player.duration > 0", arg=player.element_handle(), timeout=LONG_MS)
    seconds: float = player.evaluate("player => player.duration")
    return seconds


def expect_fits(page: Page) -> None:
    assert overflow_px(page) <= 2
    expect_no_error(page)


def test_moving_a_slider_changes_the_sound_and_the_probabilities(visit: Visit) -> None:
    page = visit(page="voice_lab")
    pick_sample(page, "neutral")
    expect(page.get_by_text("What has changed in the sound")).to_be_visible(timeout=LONG_MS)
    assert duration_s(page, 1) == pytest.approx(duration_s(page, 0), abs=0.01)
    # The figure comes later than the page's text, because Plotly is loaded first.
    expect(page.locator(".st-key-lab_bars .js-plotly-plot")).to_be_visible(timeout=LONG_MS)
    before, after = page.evaluate(BARS)
    assert before == after
    tempo = page.locator(".st-key-lab_tempo").get_by_role("slider")
    for _ in range(6):
        # One step at a time: Streamlit deletes a sound as soon as the page has a newer sound.
        shorter_s = duration_s(page, 1)
        tempo.press("ArrowLeft")
        is_longer = "shorter_s => document.querySelectorAll('audio')[1].duration > shorter_s"
        page.wait_for_function(is_longer, arg=shorter_s, timeout=LONG_MS)
    expect(page.get_by_role("cell", name="slower")).to_be_visible(timeout=LONG_MS)
    expect(tempo).to_have_value("0.7")
    page.wait_for_function(
        "() => { const [a, b] = document.querySelectorAll('audio'); return b.duration > 1.3 * a.duration }",
        timeout=LONG_MS,
    )
    page.wait_for_function(
        f"() => {{ const [a, b] = ({BARS})(); return a.some((p, i) => p !== b[i]) }}", timeout=LONG_MS
    )
    assert page.evaluate(BARS)[0] == before
    player = page.locator("audio").nth(1)
    player.evaluate("player => player.play()")
    page.wait_for_function("player => player.currentTime > 0.3", arg=player.element_handle(), timeout=LONG_MS)
    expect_fits(page)


def test_the_page_fits_a_phone(visit: Visit) -> None:
    page = visit(page="voice_lab", width=390, theme="dark")
    pick_sample(page, "sad")
    # Elements move while the page is being drawn, so a click would miss.
    expect(page.locator(".st-key-lab_features .js-plotly-plot")).to_be_visible(timeout=LONG_MS)
    page.get_by_role("button", name="angrier").click()
    expect(page.get_by_role("cell", name="louder")).to_be_visible(timeout=LONG_MS)
    expect_fits(page)
