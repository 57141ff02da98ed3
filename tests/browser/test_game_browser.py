"""A round of the listening game in a browser: with the keyboard, and on a projector."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Theme, Visit
from tests.harness.browsing import LONG_MS, expect_script_finished, overflow_px

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_round_with_the_keyboard(visit: Visit, width: int, theme: Theme) -> None:
    page = visit(page="game?game=42", width=width, theme=theme, wait_for="Which emotion did")
    buttons = page.locator(".st-key-game_guesses button")
    # Six emotions with CREMA-D's recordings, eight with computer voices.
    expect(buttons.nth(5)).to_be_visible()
    expect(buttons).to_have_count(8)
    for box in (buttons.nth(number).bounding_box() for number in range(8)):
        assert box is not None
        assert min(box["width"], box["height"]) >= 90
    assert overflow_px(page) <= 2
    buttons.first.focus()
    page.keyboard.press("Tab")
    expect(buttons.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    answer = page.locator(".st-key-game_meant")
    expect(answer).to_contain_text("asked to sound", timeout=LONG_MS)
    # Nobody voted on a computer voice, and no network has answered it.
    expect(page.locator(".st-key-game_answers")).to_contain_text("there are no votes of listeners")
    expect(page.locator("[data-testid=stPlotlyChart] .cartesianlayer .subplot")).to_have_count(2, timeout=LONG_MS)
    expect(page.get_by_text("The dashed line is")).to_be_visible(timeout=LONG_MS)
    assert overflow_px(page) <= 2
    next_clip = page.get_by_role("button", name="Play the next clip")
    next_clip.focus()
    page.keyboard.press("Enter")
    expect(buttons).to_have_count(8, timeout=LONG_MS)
    expect(page).to_have_url(re.compile("round=2"))
    # The sound of the second clip starts with the press of the button.
    page.wait_for_function("document.querySelector('audio').currentTime > 0.1", timeout=LONG_MS)
    assert overflow_px(page) <= 2


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_a_projector_shows_clip_and_buttons_without_scrolling(visit: Visit, width: int, height: int) -> None:
    page = visit(page="game?game=42&present=true&mode=classroom", wait_for="Which emotion did")
    page.set_viewport_size({"width": width, "height": height})
    expect_script_finished(page)
    buttons = page.locator(".st-key-game_guesses button")
    expect(buttons).to_have_count(8)
    for number in range(8):
        expect(buttons.nth(number)).to_be_in_viewport(ratio=1)
    expect(page.get_by_test_id("stAudio").or_(page.locator("audio")).first).to_be_in_viewport(ratio=1)
    assert overflow_px(page) <= 2
