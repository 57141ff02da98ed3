"""Act it in a browser: two recordings with the microphone are attempts side by side."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_accessibility_browser import broken_rules
from tests.harness.browsing import LONG_MS, expect_script_finished

pytestmark = pytest.mark.browser


def test_two_attempts(visit: Visit) -> None:
    page = visit(page="act?emotion=sad&sentence=rain", wait_for="Say it sadly")
    microphone = page.get_by_test_id("stAudioInputActionButton").first
    # The recorder's clock. It shows the length of the first recording until the second one begins.
    for number, clock in ((1, "00:02"), (2, "00:01")):
        # While the recorder still reads its last recording, it takes no new one.
        expect_script_finished(page)
        microphone.click()
        page.get_by_text(clock).wait_for(timeout=LONG_MS)
        page.wait_for_timeout(700)
        microphone.click()
        expect(page.get_by_text(f"Attempt {number} (new)")).to_be_visible(timeout=LONG_MS)
        expect(page.locator(".st-key-act_attempts")).to_be_focused(timeout=LONG_MS)
        expect(page.get_by_text(f"Attempt {number} (new)")).to_be_in_viewport()
    expect(page.get_by_text("of the way that actors go to sound sad")).to_have_count(2)
    expect(page.locator("[data-testid=stPlotlyChart] .annotation-arrow-g").first).to_be_visible(timeout=LONG_MS)
    assert broken_rules(page) == []
    # A round button of 44 px, like the one of the first page.
    size = page.get_by_role("button", name="Record", exact=True).bounding_box()
    assert size is not None
    assert size["width"] == size["height"] == 44


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_a_projector_shows_the_task_and_the_microphone_without_scrolling(visit: Visit, width: int, height: int) -> None:
    page = visit(page="act?present=true&mode=classroom", wait_for="Say it angrily")
    page.set_viewport_size({"width": width, "height": height})
    microphone = page.get_by_test_id("stAudioInputActionButton").first
    expect_script_finished(page)
    expect(page.get_by_test_id("stAudioInput").first).to_be_in_viewport(ratio=1)
    page.get_by_role("radio", name="A class").click()
    page.get_by_role("textbox", name="Names").fill("\n".join(f"Pupil {number}" for number in range(1, 33)))
    page.keyboard.press("Control+Enter")
    page.get_by_text("Pupil 1: press, say it").wait_for()
    expect_script_finished(page)
    expect(page.get_by_text("Say it angrily")).to_be_in_viewport(ratio=1)
    expect(microphone).to_be_in_viewport(ratio=1)
    assert broken_rules(page) == []
