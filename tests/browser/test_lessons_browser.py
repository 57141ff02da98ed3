"""A lesson in a browser: with the keyboard, with the browser's Back button, and the meanings of its words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Theme, Visit
from tests.harness.app_server import AppServer
from tests.harness.browsing import (
    LONG_MS,
    bounding_box,
    expect_no_error,
    expect_script_finished,
    overflow_px,
)
from tests.harness.keyboard import tab_to

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_screen_with_the_keyboard(visit: Visit, width: int, theme: Theme) -> None:
    page = visit(page="lessons?lesson=loudness-and-anger&screen=2", width=width, theme=theme, wait_for="Predict:")
    options = page.locator("[class*=st-key-predict_] button")
    expect(options).to_have_count(3)
    options.first.focus()
    page.keyboard.press("Tab")
    expect(options.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You predicted")).to_be_visible(timeout=LONG_MS)
    expect(page.locator("[data-testid=stPlotlyChart] .cartesianlayer .subplot")).to_have_count(2, timeout=LONG_MS)
    assert overflow_px(page) <= 2
    page.get_by_role("button", name="Next").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("screen=3"))
    # The focus is at the top of the new screen, and the way from there leads to its first prediction.
    expect(page.locator(".st-key-lesson_screen [data-testid=stHeading]")).to_be_focused(timeout=LONG_MS)
    expect(page.get_by_role("heading", name="What do actors do?")).to_be_in_viewport()
    tab_to(page, page.locator("[class*=st-key-predict_] button").first)
    expect_no_error(page)


def test_the_browsers_back_button_gives_the_screen_before(visit: Visit) -> None:
    """From screen to screen, into the next lesson, and into the middle of a lesson: each is one step."""
    page = visit(page="lessons?lesson=loudness-and-anger&screen=4", wait_for="Screen 4 of 5")
    expect_script_finished(page)
    button = page.get_by_role("button", name="Next", exact=True)
    button.click()
    expect(page.get_by_text("Screen 5 of 5")).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    page.get_by_role("button", name="Only that A was recorded").click()
    page.get_by_role("button", name="Next lesson:").click()
    expect(page.get_by_text("Screen 1 of")).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    page.get_by_role("button", name="All lessons").click()
    expect(page.get_by_role("heading", name="Lessons", exact=True)).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    page.locator(".st-key-lesson_start_pitch-and-excitement button").filter(visible=True).click()
    expect(page.get_by_text("Screen 2 of")).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    for text in ("Lessons", "3. Pitch, range and excitement", "2. Loudness and anger", "2. Loudness and anger"):
        page.go_back()
        # The list has headings of the same names one level below; they can be there for a moment longer.
        expect(page.get_by_role("heading", name=text, exact=True, level=1)).to_be_visible(timeout=LONG_MS)
        expect_script_finished(page)
    expect(page.get_by_text("Screen 4 of 5")).to_be_visible()
    page.go_forward()
    expect(page.get_by_text("Screen 5 of 5")).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    expect_no_error(page)


MEANING = "A movement that goes back and forth"


def test_the_meaning_of_a_word_under_the_mouse_and_with_the_keyboard(visit: Visit) -> None:
    page = visit(page="lessons?lesson=sound-as-numbers", wait_for="A sound is a wave")
    word = page.locator(".st-key-lesson_screen").get_by_role("link", name="wave", exact=True)
    tip = page.locator(".term-tip")
    expect(tip).to_be_attached(timeout=LONG_MS)
    expect(tip).to_be_hidden()
    word.hover()
    expect(tip).to_contain_text(MEANING)
    # The mouse can go to the meaning, and it stays.
    tip.hover()
    expect(tip).to_be_visible()
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()
    page.locator(".st-key-lesson_screen [data-testid=stHeading]").evaluate("e => { e.tabIndex = -1; e.focus(); }")
    page.keyboard.press("Tab")
    expect(word).to_be_focused()
    expect(tip).to_be_visible()
    expect(word).to_have_accessible_description(re.compile(MEANING))
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Enter")
    expect(tip).to_be_visible()
    page.keyboard.press("Tab")
    expect(tip).to_be_hidden()
    assert "#" not in page.url


@pytest.mark.parametrize(
    ("address", "word", "meaning"),
    [
        ("lessons?lesson=sound-as-numbers", "amplitude", "How far the wave goes"),
        ("explore?sample=computer/sad_male&panels=mel", "formants", "A resonance of the mouth"),
        ("why?sample=computer/sad_male", "intonation", "The melody of speech"),
        ("model", "UAR", "Unweighted average recall"),
        ("dataset", "corpora", "A data set of recordings"),
    ],
)
def test_the_meaning_of_a_word_in_a_caption_and_on_other_pages(
    visit: Visit, address: str, word: str, meaning: str
) -> None:
    page = visit(page=address, wait_for=word)
    link = page.get_by_role("link", name=word, exact=True).filter(visible=True).first
    link.wait_for(timeout=LONG_MS)
    expect_script_finished(page)
    tip = page.locator(".term-tip")
    expect(tip).to_be_attached(timeout=LONG_MS)
    link.scroll_into_view_if_needed()
    link.focus()
    expect(tip).to_contain_text(meaning)
    expect(link).to_have_accessible_description(re.compile(meaning))
    expect_no_error(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_meaning_of_a_word_after_a_tap(chromium: Browser, app_server: AppServer, theme: Theme) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, color_scheme=theme)
    page = context.new_page()
    page.goto(f"{app_server.url}/lessons?lesson=sound-as-numbers&screen=2")
    word = page.locator(".st-key-lesson_screen").get_by_role("link", name="sampling rate", exact=True)
    tip = page.locator(".term-tip")
    word.wait_for(timeout=LONG_MS)
    expect_script_finished(page)
    # The browser loads the script that shows meanings after the text.
    expect(tip).to_be_attached(timeout=LONG_MS)
    word.tap()
    expect(tip).to_contain_text("How many samples a recording has")
    box, colours = bounding_box(tip), "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    text, ground = tip.evaluate(colours)
    assert text != ground
    page.get_by_role("heading", name="How many numbers?").tap()
    expect(tip).to_be_hidden()
    context.close()
