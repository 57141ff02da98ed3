"""A link in a browser: copied with a button, loaded again, on a projector, and inside another page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.harness.browsing import ANSWER, LONG_MS, expect_no_error, expect_script_finished, overflow_px, upload
from tests.harness.paths import SAD_VOICE

pytestmark = pytest.mark.browser

SAMPLE = "sample=computer/sad_male"
CLIPBOARD = ("clipboard-read", "clipboard-write")


def copy_link(page: Page) -> str:
    # The clipboard is only for the page that has the focus.
    page.bring_to_front()
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Link copied.")).to_be_visible()
    link: str = page.evaluate("navigator.clipboard.readText()")
    return link


def path_of(address: str) -> str:
    return urlsplit(address).path


def parameters_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def wait_for_type_size(page: Page, condition: str) -> None:
    page.wait_for_function(f"() => parseFloat(getComputedStyle(document.documentElement).fontSize) {condition}")


def open_page(page: Page, title: str) -> None:
    page.get_by_role("link", name=title).click()


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (f"explore?{SAMPLE}&panels=rms,pitch", "What am I looking at?"),
        (f"compare?{SAMPLE}&second=computer/happy_female&cue=pause_share", "Among real voices"),
        (f"voice_lab?{SAMPLE}&pitch_st=-3&tempo=0.8", "What has changed in the sound"),
        (f"model?{SAMPLE}&section=mix-ups&corpus=tess", "Right answers are on the diagonal"),
        (f"dataset?{SAMPLE}&section=by-emotion&emotion=happy,sad", "Compare each speaker"),
    ],
)
def test_the_copied_link_is_the_one_that_was_opened(visit: Visit, address: str, text: str) -> None:
    page = visit(page=address, wait_for=text, permissions=CLIPBOARD)
    expect_script_finished(page)
    copied = copy_link(page)
    assert path_of(copied) == "/" + address.split("?")[0]
    assert parameters_of(copied) == parameters_of(address)
    page.goto(copied)
    page.get_by_text(text).first.wait_for(timeout=LONG_MS)
    expect_script_finished(page)
    assert parameters_of(page.url) == parameters_of(address)


def test_the_link_of_an_own_clip_holds_nothing_of_it(visit: Visit) -> None:
    page = visit(permissions=CLIPBOARD)
    upload(page, SAD_VOICE.read_bytes())
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    assert "?" not in copy_link(page)
    expect(page.get_by_role("status").filter(has_text="A voice of your own is never in it")).to_be_visible()


def test_the_projector_mode_survives_navigation_until_the_visitor_leaves_it(visit: Visit) -> None:
    page = visit(page=f"explore?{SAMPLE}&present=true", wait_for="What am I looking at?")
    expect_script_finished(page)
    expect(page.get_by_test_id("stSidebar").filter(visible=True)).to_have_count(0)
    wait_for_type_size(page, ">= 20")
    page.goto(page.url.replace("/explore", "/model"))
    page.get_by_text("How good the network is").wait_for()
    expect_script_finished(page)
    assert "present=true" in page.url
    assert overflow_px(page) <= 2
    # The browser loads the script of the buttons after the page.
    page.get_by_role("button", name="Leave presentation").click(timeout=LONG_MS)
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    expect_script_finished(page)
    wait_for_type_size(page, "=== 16")
    assert "present" not in page.url
    open_page(page, "About")
    page.get_by_text("What it is not").last.wait_for()
    expect_script_finished(page)
    assert "present" not in page.url
    page.get_by_role("button", name="Present", exact=True).click()
    expect(page.get_by_role("button", name="Leave presentation")).to_be_visible()
    assert "present=true" in page.url
    expect_no_error(page)


def test_inside_another_page_the_app_shows_only_the_page(visit: Visit) -> None:
    page = visit(page=f"explore?{SAMPLE}&embed=true", wait_for="What am I looking at?", width=760)
    expect_script_finished(page)
    expect(page.get_by_test_id("stSidebar")).not_to_be_in_viewport()
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_hidden()
    assert overflow_px(page) <= 2
    # Without opening the menu first.
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Why?").dispatch_event("click")
    page.get_by_text("When, and at which frequencies").wait_for(timeout=LONG_MS)
    expect_script_finished(page)
    assert "embed=true" in page.url
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_hidden()


@pytest.mark.parametrize("address", ["about?mode=classroom", "about?sample=computer/sad_male"])
def test_back_leads_to_the_page_before_with_one_press(visit: Visit, address: str) -> None:
    """A page that is opened writes the classroom mode, the sample and the game into its address. That is no step."""
    page = visit(page=address, wait_for="About")
    expect_script_finished(page)
    titles = ("About", "Lessons", "For teachers", "Can you hear it?")
    for title in titles[1:]:
        page.get_by_test_id("stSidebarNavLink").filter(has_text=title).click()
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=LONG_MS)
        expect_script_finished(page)
    expect(page).to_have_url(re.compile("game="))
    for title in reversed(titles[:-1]):
        page.go_back()
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=LONG_MS)
        expect_script_finished(page)
    page.go_forward()
    expect(page.get_by_role("heading", name=titles[1], exact=True)).to_be_visible(timeout=LONG_MS)
    expect_no_error(page)
