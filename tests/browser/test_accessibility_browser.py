"""Every page and state: the rules of WCAG 2.2 AA that axe-core can check, in both themes, and the width of the page."""

from __future__ import annotations

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ser_core.audio.loading import SAMPLE_RATE_HZ
from tests.browser.conftest import Visit
from tests.harness.browsing import ANSWER, FIRST_SCREEN, LONG_MS, NO_CLIP, expect_script_finished, overflow_px, upload
from tests.harness.paths import SAD_VOICE
from tests.harness.recordings import encode

pytestmark = pytest.mark.browser

SAMPLE = "sample=computer/sad_male"

# Streamlit puts the groups of the navigation into the list without list items of their own.
CONTEXT = {"exclude": [["[data-testid=stSidebarNavItems]"]]}
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

_LAYOUT_MS = 5_000

# Colours and opacity that change slowly are measured at their final values.
_NO_TRANSITIONS = "*, *::before, *::after { transition: none !important; animation-duration: 0s !important }"

# A small phone, a screen of 1280 px at 200 % zoom, and a large screen. WCAG 2.2, 1.4.4 and 1.4.10.
_WIDTHS_PX = (360, 640, 1920)

# Address -> a text that is on the page when it is complete.
CLIP_PAGES = {
    "": FIRST_SCREEN,
    f"?{SAMPLE}": ANSWER,
    f"?{SAMPLE}&network=seed_cnn": ANSWER,
    f"?{SAMPLE}&present=true": ANSWER,
    "?mode=classroom": FIRST_SCREEN,
    "why": NO_CLIP,
    f"why?{SAMPLE}": "depends mostly on the sound",
    f"explore?{SAMPLE}": "What am I looking at?",
    f"compare?{SAMPLE}&second=computer/happy_female": "Among real voices",
    f"voice_lab?{SAMPLE}&pitch_st=-3": "What has changed in the sound",
}
OTHER_PAGES = {
    "live": "Live",
    "batch": "Many files",
    "lessons": "Sound as numbers",
    "lessons?lesson=sound-as-numbers": "A sound is a wave",
    "lessons?lesson=mfcc-and-timbre&screen=3": "Which two are alike?",
    "lessons?lesson=scores-that-lie&screen=6": "Check yourself",
    "game": "Can you hear it?",
    "act": "Act it",
    "act?round=a-class&emotion=sad": "Type a name",
    "train": "Train your own",
    **{
        f"teachers?section={section}": "For teachers"
        for section in ("plans", "worksheets", "law-and-privacy", "at-school", "words")
    },
    **{
        f"dataset?section={section}": "What the network learns from"
        for section in ("counts", "by-emotion", "sound-map", "listeners", "table")
    },
    **{
        f"model?section={section}": "How good the network is"
        for section in ("how-good", "mix-ups", "how-sure", "for-whom", "learning", "inside", "model-card")
    },
    "about": "About",
}


def broken_rules(page: Page) -> list[str]:
    """Return the rules that a page breaks, each with the first elements that do: all in light, the contrast in dark.

    The page may also not be wider than the screen.
    """
    in_light = broken_rules_in_light(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => getComputedStyle(document.querySelector('.stApp')).colorScheme === 'dark'")
    in_dark = _run(page, {"type": "rule", "values": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    return in_light + [f"dark {rule}" for rule in in_dark] + _too_wide(page)


def broken_rules_in_light(page: Page) -> list[str]:
    """Return the rules that a page breaks in the light theme, each with the first elements that do."""
    expect_script_finished(page)
    # An element of an earlier run is pale.
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    page.add_style_tag(content=_NO_TRANSITIONS)
    return _run(page, {"type": "tag", "values": WCAG_2_2_AA})


def _too_wide(page: Page) -> list[str]:
    """Return a line for each width of the screen at which the page scrolls sideways."""
    lines = []
    for width_px in _WIDTHS_PX:
        page.set_viewport_size({"width": width_px, "height": 900})
        # Tables and charts take some time to become narrower.
        waited_ms = 0
        while (excess_px := overflow_px(page)) > 0 and waited_ms < _LAYOUT_MS:
            page.wait_for_timeout(100)
            waited_ms += 100
        if excess_px > 0:
            lines.append(f"{excess_px:.0f} px too wide on a screen of {width_px} px")
    page.set_viewport_size({"width": 1280, "height": 900})
    return lines


def _run(page: Page, rules: dict[str, object]) -> list[str]:
    results = Axe().run(page, CONTEXT, {"runOnly": rules, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {', '.join(node['html'][:120] for node in rule['nodes'][:4])}"
        for rule in results.response["violations"]
    ]


@pytest.mark.parametrize("states", [CLIP_PAGES, OTHER_PAGES], ids=["pages with a clip", "other pages"])
def test_every_state_that_a_link_restores(visit: Visit, states: dict[str, str]) -> None:
    page = visit()
    root = page.url
    broken: dict[str, list[str]] = {}
    for address, text in states.items():
        page.goto(root + address)
        page.get_by_test_id("stMain").get_by_text(text).first.wait_for(timeout=LONG_MS)
        if rules := broken_rules(page):
            broken[address] = rules
    assert broken == {}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (SAD_VOICE.read_bytes(), ANSWER),
        (encode(np.zeros(2 * SAMPLE_RATE_HZ), SAMPLE_RATE_HZ), "silent"),
        (b"no sound", "does not begin like any audio"),
    ],
    ids=["own voice", "silence", "no sound file"],
)
def test_the_states_of_an_upload(visit: Visit, content: bytes, text: str) -> None:
    page = visit()
    upload(page, content)
    expect(page.get_by_text(text).first).to_be_visible(timeout=LONG_MS)
    assert broken_rules(page) == []


def test_the_microphone_above_the_page(visit: Visit) -> None:
    page = visit(page="?sample=computer/sad_female", wait_for="Record your voice")
    page.get_by_role("button", name="Record your voice").click()
    expect(page.get_by_role("dialog").get_by_test_id("stAudioInput")).to_be_visible(timeout=LONG_MS)
    assert broken_rules(page) == []
