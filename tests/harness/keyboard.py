"""A visitor who uses the keyboard alone, in Chromium."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.harness.browsing import LONG_MS, expect_script_finished

# An audio player alone takes five.
_MOST_TABS = 40

# Whether the browser shows where the focus is: an outline or a shadow that the element has only with the focus.
_IS_FOCUS_SHOWN = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return element.matches(":focus-visible") && (isOutlined || style.boxShadow !== "none");
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until an element has the focus, and check that the visitor sees the focus there.

    The focus starts where the last key left it: a focus that was lost would start at the top of the page, and the menu
    alone has more entries than this function presses Tab.
    """
    expect(target).to_be_visible(timeout=LONG_MS)
    expect_script_finished(page)
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            break
    expect(target).to_be_focused()
    # Streamlit fades the mark of the focus in.
    page.wait_for_function(_IS_FOCUS_SHOWN, timeout=LONG_MS)


def press(page: Page, target: Locator, *, leads_to: Locator) -> None:
    """Go to a button with Tab, press Enter, and wait until the focus is at what this has brought."""
    tab_to(page, target)
    page.keyboard.press("Enter")
    expect(leads_to).to_be_focused(timeout=LONG_MS)
    expect(leads_to).to_be_in_viewport()
