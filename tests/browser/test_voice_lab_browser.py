"""What only a browser shows of the voice lab: a moved slider, another sound in the player, other bars."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.harness.browsing import LONG_MS, pick_sample, sideways_px

pytestmark = pytest.mark.browser

BARS = "() => document.querySelector('.st-key-lab_bars .js-plotly-plot').data.map(trace => Array.from(trace.x))"


def duration_s(page: Page, number: int) -> float:
    player = page.locator("audio").nth(number)
    page.wait_for_function("player => player.duration > 0", arg=player.element_handle(), timeout=LONG_MS)
    return player.evaluate("player => player.duration")


def expect_fits(page: Page) -> None:
    assert sideways_px(page) <= 2
    expect(page.locator("[data-testid=stException], [data-testid=stAlertContentError]")).to_have_count(0)


def test_moving_a_slider_changes_the_sound_and_the_probabilities(visit: Callable[..., Page]) -> None:
    page = visit(page="voice_lab")
    pick_sample(page, "neutral")
    expect(page.get_by_text("What has changed in the sound")).to_be_visible(timeout=LONG_MS)
    assert duration_s(page, 1) == pytest.approx(duration_s(page, 0), abs=0.01)
    # The page's text is there before the figure is, which Plotly has yet to be loaded for.
    expect(page.locator(".st-key-lab_bars .js-plotly-plot")).to_be_visible(timeout=LONG_MS)
    before, after = page.evaluate(BARS)
    assert before == after
    tempo = page.locator(".st-key-lab_tempo").get_by_role("slider")
    for _ in range(6):
        # One sound after the other: Streamlit no longer has the one before when the browser comes for it too late.
        shorter_s = duration_s(page, 1)
        tempo.press("ArrowLeft")
        longer = "shorter_s => document.querySelectorAll('audio')[1].duration > shorter_s"
        page.wait_for_function(longer, arg=shorter_s, timeout=LONG_MS)
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


def test_nothing_sticks_out_in_the_dark_on_a_phone(visit: Callable[..., Page]) -> None:
    page = visit(page="voice_lab", width=390, theme="dark")
    pick_sample(page, "sad")
    # While the page is still being drawn nothing on it holds still enough to be clicked.
    expect(page.locator(".st-key-lab_features .js-plotly-plot")).to_be_visible(timeout=LONG_MS)
    page.get_by_role("button", name="angrier").click()
    expect(page.get_by_role("cell", name="louder")).to_be_visible(timeout=LONG_MS)
    expect_fits(page)
