"""The server stops and starts again while a visitor has the page open: a sample comes back, an own clip does not."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.harness.app_server import free_port, running_app
from tests.harness.browsing import ANSWER, FIRST_SCREEN, LONG_MS, NO_CLIP, expect_script_finished, send_file, upload
from tests.harness.paths import SAD_VOICE

pytestmark = pytest.mark.browser

NOT_KEPT = "was not kept, and that is on purpose"


def expect_answer(page: Page) -> None:
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible(timeout=3 * LONG_MS)
    expect(page.get_by_text(NOT_KEPT)).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    # Streamlit runs an interrupted page again without being asked. These tests are about a page that had finished.
    expect_script_finished(page)


def expect_told_that_clip_is_gone(page: Page) -> None:
    message = page.get_by_text(NOT_KEPT)
    expect(message).to_be_visible(timeout=6 * LONG_MS)
    expect(message).to_contain_text("Your file")
    expect(page.get_by_role("heading", name=ANSWER)).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_visitors_own_clip_is_gone_and_the_page_says_why(chromium: Browser) -> None:
    port = free_port()
    page = chromium.new_context().new_page()
    page.set_default_timeout(3 * LONG_MS)
    with running_app(port=port) as server:
        page.goto(server.url)
        page.get_by_text(FIRST_SCREEN).wait_for()
        expect(page.get_by_text(NOT_KEPT)).to_have_count(0)
        upload(page, SAD_VOICE.read_bytes())
        expect_answer(page)
    with running_app(port=port):
        # Without this, a busy machine sometimes runs the page only when the visitor touches it.
        page.reload()
        expect_told_that_clip_is_gone(page)
        expect_script_finished(page)
        send_file(page, SAD_VOICE.read_bytes())
        expect_answer(page)
        page.reload()
        expect_told_that_clip_is_gone(page)
        page.context.close()


def test_on_an_inner_page_one_message_says_that_the_clip_is_gone(visit: Visit) -> None:
    page = visit(page="explore", wait_for=NO_CLIP)
    upload(page, SAD_VOICE.read_bytes())
    expect(page.locator(".sp-plot .main-svg").first).to_be_visible(timeout=3 * LONG_MS)
    expect_script_finished(page)
    page.reload()
    expect_told_that_clip_is_gone(page)
    expect(page.get_by_text(NO_CLIP)).to_have_count(0)
    # One message, also after the next attempt.
    upload(page, b"not a sound", name="picture.png", mime_type="image/png")
    expect(page.get_by_role("alert")).to_have_count(1, timeout=LONG_MS)
    expect(page.get_by_text(NOT_KEPT)).to_have_count(0)


def test_a_sample_comes_back_after_a_restart_and_after_a_reload(chromium: Browser) -> None:
    port = free_port()
    page = chromium.new_context().new_page()
    page.set_default_timeout(3 * LONG_MS)
    with running_app(port=port) as server:
        page.goto(f"{server.url}/?sample=computer/sad_male")
        expect_answer(page)
        page.reload()
        expect_answer(page)
    with running_app(port=port):
        # The page is only run again when the visitor touches it, or when its timer does so.
        page.reload()
        expect_answer(page)
        page.context.close()
