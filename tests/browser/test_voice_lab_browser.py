"""The voice lab in a browser: a moved slider changes the sound in the player and the bars."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.harness.browsing import LONG_MS, bounding_box, expect_no_error, overflow_px, pick_sample

pytestmark = pytest.mark.browser

BARS = "() => document.querySelector('.st-key-lab_bars .js-plotly-plot').data.map(trace => Array.from(trace.x))"


def sound(page: Page, number: int) -> Locator:
    """Return the sound before (0) or after (1) the change."""
    return page.locator(".st-key-lab_player audio").nth(number)


def wait_for_duration(page: Page, number: int, condition: str, other_s: float = 0.0) -> float:
    """Wait until the duration of a sound meets a condition; return it in seconds."""
    arguments = [sound(page, number).element_handle(), other_s]
    page.wait_for_function(f"([audio, other]) => audio.duration {condition}", arg=arguments, timeout=LONG_MS)
    seconds: float = sound(page, number).evaluate("audio => audio.duration")
    return seconds


def duration_s(page: Page, number: int) -> float:
    return wait_for_duration(page, number, "> 0")


def wait_for_place(page: Page, number: int, least_s: float) -> None:
    arguments = [sound(page, number).element_handle(), least_s]
    page.wait_for_function(
        "([audio, least_s]) => !audio.paused && audio.currentTime > least_s", arg=arguments, timeout=LONG_MS
    )


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
        wait_for_duration(page, 1, "> other", shorter_s)
    expect(page.get_by_role("cell", name="slower")).to_be_visible(timeout=LONG_MS)
    expect(tempo).to_have_value("0.7")
    wait_for_duration(page, 1, "> 1.3 * other", duration_s(page, 0))
    page.wait_for_function(
        f"() => {{ const [a, b] = ({BARS})(); return a.some((p, i) => p !== b[i]) }}", timeout=LONG_MS
    )
    assert page.evaluate(BARS)[0] == before
    page.get_by_role("button", name="Play", exact=True).click()
    wait_for_place(page, 1, 0.3)
    page.get_by_role("button", name="Before").click()
    wait_for_place(page, 0, 0.3)
    assert sound(page, 1).evaluate("audio => audio.paused")
    expect_fits(page)


def test_on_a_phone_the_outcome_stays_in_sight_of_every_slider(visit: Visit) -> None:
    page = visit(page="voice_lab?sample=computer/sad_male", width=390, wait_for="What has changed in the sound")
    expect(page.locator(".st-key-lab_features .js-plotly-plot")).to_be_visible(timeout=LONG_MS)
    play = page.get_by_role("button", name="Play", exact=True)
    sliders = page.get_by_test_id("stSlider")
    expect(sliders).to_have_count(6)
    for number in range(6):
        slider = sliders.nth(number)
        # As far up as a page can be scrolled before the outcome covers the slider.
        slider.evaluate("slider => slider.scrollIntoView({ block: 'end' })")
        expect(slider).to_be_in_viewport(ratio=1)
        expect(play).to_be_in_viewport(ratio=1)
        player, box = bounding_box(page.locator(".st-key-lab_outcome")), bounding_box(slider)
        assert player["y"] + player["height"] <= box["y"] + 1
