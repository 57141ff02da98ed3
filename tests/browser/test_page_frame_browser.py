"""The page frame in a browser: the menu on a phone, and pages on paper."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.harness.browsing import ANSWER, LONG_MS, bounding_box, expect_script_finished, pick_sample
from tests.harness.paths import SAD_VOICE
from ui.common.tokens import NAME

pytestmark = pytest.mark.browser

# The menu, and elements that are of no use on paper.
NOT_PRINTED = ("Sidebar", "Header", "Audio", "Button", "ButtonGroup", "DownloadButton", "PageLink")
HIGHEST_RESERVED_PX = "(all) => Math.max(0, ...all.map((one) => parseFloat(getComputedStyle(one).minHeight) || 0))"


def open_from_menu(page: Page, title: str) -> None:
    page.locator("[data-testid=stSidebarNavLink]", has_text=title).click()


def expect_name_beside_the_mark(page: Page) -> None:
    # Styles make it: Streamlit's logo is a picture without text.
    page.wait_for_function(
        "name => getComputedStyle(document.querySelector('[data-testid=stSidebarHeader] > :first-child'), '::after')"
        ".content.includes(name)",
        arg=NAME,
    )


def test_on_a_phone_the_menu_closes_after_a_choice(visit: Visit) -> None:
    page = visit(width=390)
    expect_script_finished(page)
    menu = page.locator("[data-testid=stSidebar]")
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(menu).to_be_in_viewport()
    open_from_menu(page, "About")
    expect(page.get_by_role("heading", name="About")).to_be_visible(timeout=LONG_MS)
    expect(menu).not_to_be_in_viewport(timeout=LONG_MS)


def test_on_a_wide_screen_the_menu_with_the_name_stays_open(visit: Visit) -> None:
    page = visit()
    expect_script_finished(page)
    expect_name_beside_the_mark(page)
    open_from_menu(page, "About")
    expect(page.get_by_role("heading", name="About")).to_be_visible(timeout=LONG_MS)
    expect(page.locator("[data-testid=stSidebar]")).to_be_in_viewport()
    expect_name_beside_the_mark(page)


@pytest.mark.parametrize(
    ("address", "text", "drawn", "width"),
    [
        ("", "More samples", ".voices button", 1280),
        ("", "More samples", ".voices button", 390),
        ("?sample=computer/sad_male", "made to sound", ".voices button", 1280),
        ("?sample=computer/sad_male", "made to sound", ".voices button", 390),
        ("compare", "Look at these first", ".ab-player .play", 1280),
        ("voice_lab?sample=computer/sad_male", "Make it", ".ab-player .play", 390),
        ("explore?sample=computer/sad_male", "What am I looking at?", ".sp-plot .main-svg", 1280),
        ("explore?sample=computer/sad_male", "What am I looking at?", ".sp-plot .main-svg", 390),
    ],
)
def test_a_page_does_not_move_while_it_loads(visit: Visit, address: str, text: str, drawn: str, width: int) -> None:
    page = visit(
        page=address,
        wait_for=text,
        width=width,
        script="window.shifts = []; new PerformanceObserver((list) => {"
        " window.shifts.push(...list.getEntries().map(({ value }) => value)); })"
        ".observe({ type: 'layout-shift', buffered: true });",
    )
    expect(page.locator(drawn).first).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=LONG_MS)
    page.wait_for_timeout(500)
    # The limit for a good page, https://web.dev/articles/cls.
    assert sum(page.evaluate("window.shifts")) < 0.1


def test_nothing_moves_by_itself_for_those_who_want_no_motion(visit: Visit) -> None:
    page = visit()
    faces = page.get_by_role("group", name="Eight voices to try").get_by_role("button")
    page.emulate_media(reduced_motion="no-preference")
    faces.first.hover()
    expect(faces.first).not_to_have_css("transform", "none")
    expect(faces.first.locator("img")).to_have_css("animation-name", "breathe")
    page.emulate_media(reduced_motion="reduce")
    expect(faces.first).to_have_css("transform", "none")
    expect(faces.first.locator("img")).to_have_css("animation-name", "none")
    # Streamlit's own elements, such as its grey blocks, its rings and its menu.
    expect(page.get_by_test_id("stSidebar")).to_have_css("transition-duration", re.compile("^1e-05s"))


def test_a_component_that_draws_nothing_takes_no_space_while_it_loads(visit: Visit) -> None:
    page = visit(
        script="window.heights = new Set(); const measure = () => {"
        " for (const element of document.querySelectorAll('.st-key-page_frame, .st-key-clip_keeper'))"
        " window.heights.add(element.getBoundingClientRect().height);"
        " requestAnimationFrame(measure); }; measure();",
    )
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    assert page.evaluate("[...window.heights]") == [0]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_buttons_in_the_corner_cover_nothing_while_the_page_scrolls(visit: Visit, width: int) -> None:
    page = visit(page="about", wait_for="This server", width=width)
    tools = page.get_by_role("group", name="This page")
    expect(tools).to_be_in_viewport()
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 300)")
    if width > 768:
        expect(tools).not_to_be_in_viewport()
        return
    # On a phone they stay, in a strip that is not transparent.
    header = page.get_by_test_id("stHeader")
    expect(header).not_to_have_css("background-color", re.compile(r"rgba\(.*, 0\)"))
    assert bounding_box(tools)["height"] <= bounding_box(header)["height"]
    expect(tools).to_be_in_viewport()


def test_results_figures_and_reasons_print_without_menu_and_buttons(visit: Visit) -> None:
    page = visit()
    pick_sample(page, "angry")
    for title, text in (
        (None, "made to sound"),
        ("Why?", "What is unusual for neutral speech"),
        ("See the sound", "What am I looking at?"),
    ):
        if title:
            open_from_menu(page, title)
        expect(page.get_by_text(text).first).to_be_visible(timeout=2 * LONG_MS)
        page.emulate_media(media="print")
        expect(page.get_by_text(text).first).to_be_visible()
        for name in NOT_PRINTED:
            expect(page.get_by_test_id(f"st{name}").filter(visible=True)).to_have_count(0)
        # The space for elements that are not printed is not kept.
        assert page.locator(".st-key-ways_on, .st-key-panels").evaluate_all(HIGHEST_RESERVED_PX) == 0
        page.emulate_media(media="screen")


def test_a_file_can_be_dropped_anywhere_on_a_page_with_a_field_for_files(visit: Visit) -> None:
    page = visit()
    expect_script_finished(page)
    # Drags until the script of the page frame, which Streamlit loads after the page, marks the field.
    page.wait_for_function(
        """encoded => {
            const bytes = Uint8Array.from(atob(encoded), character => character.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([bytes], "dropped.wav", { type: "audio/wav" }));
            const send = kind => document.querySelector("h1").dispatchEvent(
                new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true })
            );
            send("dragover");
            if (!document.documentElement.classList.contains("dropping")) return false;
            send("drop");
            return true;
        }""",
        arg=base64.b64encode(SAD_VOICE.read_bytes()).decode(),
    )
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("dropped.wav").first).to_be_visible()


def test_a_dialog_follows_a_change_of_the_theme(visit: Visit) -> None:
    page = visit()
    pick_sample(page, "angry")
    expect(page.get_by_role("heading", name=ANSWER)).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    page.get_by_role("button", name="Record your voice").click()
    expect(page.get_by_role("dialog")).to_be_visible(timeout=LONG_MS)
    page.emulate_media(color_scheme="dark")
    # The tokens use the function light-dark of CSS, which reads this property.
    expect(page.get_by_role("dialog")).to_have_css("color-scheme", "dark")


def test_on_a_phone_a_presentation_fits_the_screen(visit: Visit) -> None:
    page = visit(page="why?sample=computer/sad_male&present=true", width=390, wait_for="What is unusual for neutral")
    expect_script_finished(page)
    expect(page.locator("html.presenting")).to_have_css("font-size", "16px")
    table = page.locator("[data-testid=stMain] table").last
    assert table.evaluate("table => table.getBoundingClientRect().right <= window.innerWidth")
