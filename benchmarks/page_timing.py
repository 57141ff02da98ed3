"""Times of a visitor in Chromium: from an action to the result on the screen."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.harness.app_server import AppServer, running_app
from tests.harness.browsing import ANSWER, FIRST_SCREEN, send_file

# The last text of the first page. The empty app, which the app is compared with, shows it too.
_LAST_TEXT = FIRST_SCREEN
_EMPTY_APP = f"import streamlit as st\nst.title('Nothing')\nst.info('{_LAST_TEXT}')\n"

# Longer than any successful action takes.
TIMEOUT_MS = 60_000


@contextmanager
def running_empty_app() -> Iterator[AppServer]:
    """Start an app of two elements, to measure the share of Streamlit and of the browser."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "app.py").write_text(_EMPTY_APP, encoding="utf-8")
        with running_app(Path(folder)) as server:
            yield server


def new_visitor(browser: Browser, script: str = "", permissions: Sequence[str] = ()) -> Page:
    """Return a tab of a new visitor, with an empty cache.

    Parameters
    ----------
    browser : Browser
        The browser.
    script : str
        JavaScript that runs in each frame before the frame's own.
    permissions : sequence of str
        Permissions of the page, such as ``"microphone"``.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=permissions)
    context.add_init_script(script)
    context.set_default_timeout(TIMEOUT_MS)
    return context.new_page()


def open_first_page(page: Page, server: AppServer) -> None:
    """Open the app, and wait until its first page is complete."""
    page.goto(server.url, wait_until="commit")
    page.get_by_text(_LAST_TEXT).first.wait_for()


def upload_time_s(page: Page, wav: bytes, heading: str | re.Pattern[str] = ANSWER) -> float:
    """Put a clip into the upload field, wait for a heading, and return the seconds.

    Parameters
    ----------
    page : Page
        A page with an upload field.
    wav : bytes
        The file.
    heading : str or re.Pattern
        The text of the heading; by default the emotion.
    """
    started_s = time.perf_counter()
    send_file(page, wav)
    page.get_by_role("heading", name=heading).first.wait_for()
    return time.perf_counter() - started_s


def chart_time_s(page: Page, n_charts: int = 1) -> float:
    """Wait until a number of charts are drawn, and return the seconds."""
    started_s = time.perf_counter()
    page.locator("[data-testid=stPlotlyChart] .main-svg").nth(n_charts - 1).wait_for()
    return time.perf_counter() - started_s


def page_change_time_s(page: Page, name: str, text: str) -> float:
    """Click on a page in the navigation, wait for the page's own text, and return the seconds.

    Parameters
    ----------
    page : Page
        A visitor's tab.
    name : str
        The page's name in the navigation.
    text : str
        A text from the body of the page.
    """
    # By its exact name: the text of a link also contains the name of its icon, such as "model_training".
    link = page.get_by_role("link", name=name, exact=True)
    link.wait_for()
    started_s = time.perf_counter()
    link.click()
    page.get_by_text(text).first.wait_for()
    return time.perf_counter() - started_s
