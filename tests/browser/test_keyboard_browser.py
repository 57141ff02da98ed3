"""A whole lesson and a whole game with the keyboard alone: where the focus is, what it is called, axe on each state."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from ser_core.game.draw import N_ROUNDS
from ser_core.game.score import Score
from ser_core.lessons.lesson import Predict
from tests.browser.conftest import Visit
from tests.browser.test_accessibility_browser import broken_rules_in_light
from tests.harness.browsing import LONG_MS, expect_no_error
from tests.harness.keyboard import press, tab_to
from ui.common import lesson_store
from ui.game.score_card import draw_score_card

pytestmark = pytest.mark.browser

LESSON = "loudness-and-anger"


@pytest.mark.timeout(300)
def test_a_whole_lesson(visit: Visit) -> None:
    lesson = lesson_store.lessons()[LESSON]
    page = visit(page="lessons?mode=classroom", wait_for="Loudness and anger")
    start = page.locator(f".st-key-lesson_start_{LESSON} button").filter(visible=True)
    start.focus()
    title = page.locator("[data-testid=stHeading]:has(h1)")
    page.keyboard.press("Enter")
    expect(title).to_be_focused(timeout=LONG_MS)
    expect(title).to_have_text(f"{lesson.number}. {lesson.title}")
    heading = page.locator(".st-key-lesson_screen [data-testid=stHeading]")
    broken: list[str] = []
    for number, screen in enumerate(lesson.screens):
        expect(heading).to_have_text(screen.title)
        expect(page.get_by_text(f"Screen {number + 1} of {len(lesson.screens)}")).to_be_visible()
        broken += broken_rules_in_light(page)
        prediction = next((block for block in screen.blocks if isinstance(block, Predict)), None)
        if prediction is not None:
            option = page.get_by_role("button", name=prediction.options[0].text, exact=True)
            outcome = page.locator(".st-key-lesson_predict")
            press(page, option, leads_to=outcome)
            expect(outcome).to_contain_text("You predicted")
            broken += broken_rules_in_light(page)
        if screen is not lesson.screens[-1]:
            press(page, page.get_by_role("button", name="Next", exact=True), leads_to=heading)
    options = lesson.question.options
    wrong = next(option for option in options if not option.is_right)
    # After a wrong answer the focus stays, and the message is read out.
    wrong_button = page.get_by_role("button", name=wrong.text)
    press(page, wrong_button, leads_to=wrong_button)
    expect(page.get_by_role("alert")).to_contain_text(wrong.explanation)
    right = lesson.question.right_answer
    right_button = page.get_by_role("button", name=right.text)
    if options.index(right) < options.index(wrong):
        page.keyboard.press("Shift+Tab")
        expect(right_button).to_be_focused()
        page.keyboard.press("Enter")
    else:
        tab_to(page, right_button)
        page.keyboard.press("Enter")
    outcome = page.locator(".st-key-lesson_right")
    expect(outcome).to_be_focused(timeout=LONG_MS)
    expect(outcome.get_by_role("status")).to_contain_text(right.explanation)
    broken += broken_rules_in_light(page)
    tab_to(page, page.get_by_role("button", name="Worksheet"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(lesson.tasks[0].text)).to_be_visible(timeout=LONG_MS)
    assert "mode=classroom" in page.url
    assert broken == []
    expect_no_error(page)


@pytest.mark.timeout(300)
def test_a_whole_game(visit: Visit, tmp_path: Path) -> None:
    page = visit(page="game?game=42", wait_for="Which emotion did")
    page.locator(".st-key-game_guesses button").first.focus()
    question = page.locator(".st-key-game_question [data-testid=stHeading]")
    answer = page.locator(".st-key-game_meant [data-testid=stHeading]")
    broken: list[str] = []
    is_right = []
    for number in range(N_ROUNDS):
        happy = page.locator(".st-key-game_guesses").get_by_role("button", name="happy")
        press(page, happy, leads_to=answer)
        is_right.append("Yes:" in answer.inner_text())
        expect(answer).to_contain_text("The speaker was asked to sound" if not is_right[-1] else "asked to sound happy")
        # All rounds look alike.
        broken += broken_rules_in_light(page) if number in (0, N_ROUNDS - 1) else []
        if number < N_ROUNDS - 1:
            press(page, page.get_by_role("button", name="Play the next clip"), leads_to=question)
    result = page.locator(".st-key-game_result [data-testid=stHeading]")
    press(page, page.get_by_role("button", name="See your result"), leads_to=result)
    expect(result).to_have_text(f"You heard {sum(is_right)} of {N_ROUNDS} as intended")
    broken += broken_rules_in_light(page)
    assert broken == []
    _check_card(page, is_right, tmp_path / "card.png")
    # The round before, with its answer.
    page.go_back()
    expect(answer).to_be_visible(timeout=LONG_MS)
    expect(page).to_have_url(re.compile(f"round={N_ROUNDS}$"))
    page.go_back()
    expect(page).to_have_url(re.compile(f"round={N_ROUNDS - 1}$"))
    expect(answer).to_be_visible(timeout=LONG_MS)
    expect_no_error(page)


def _check_card(page: Page, is_right: list[bool], path: Path) -> None:
    tab_to(page, page.get_by_role("button", name="Picture of the score"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(path)
    # Computer voices: nobody voted on them, and no network answered them.
    assert path.read_bytes() == draw_score_card({"I": Score(sum(is_right), N_ROUNDS)}, is_right)
    assert Image.open(io.BytesIO(path.read_bytes())).info == {}
