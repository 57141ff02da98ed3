"""A running app and a real Chromium, whose microphone plays a WAV file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.harness.app_server import AppServer, running_app
from tests.harness.browsing import FIRST_SCREEN, LONG_MS, NO_CLIP
from tests.harness.chromium import chromium_path, launch_chromium
from tests.harness.paths import SAD_VOICE

Theme = Literal["light", "dark"]

_DEFAULT_TIMEOUT_MS = 15_000
_NAVIGATION_TIMEOUT_MS = 60_000


class Launch(Protocol):
    """Starts a Chromium whose microphone plays a WAV file. The page is allowed or denied the microphone."""

    def __call__(self, microphone: Path | str = SAD_VOICE, *, is_allowed: bool = True) -> Browser: ...


class Visit(Protocol):
    """Opens the app as a new visitor and waits for a text, by default the one of a page without a clip.

    Without a url it opens the shared server, and without a browser it uses the shared Chromium. The script runs in each
    frame before the frame's own.
    """

    def __call__(
        self,
        *,
        page: str = "",
        width: int = 1280,
        theme: Theme = "light",
        url: str = "",
        wait_for: str = "",
        browser: Browser | None = None,
        script: str = "",
        permissions: Sequence[str] = ("microphone",),
    ) -> Page: ...


@pytest.fixture(scope="package")
def app_server() -> Iterator[AppServer]:
    """Start the app once for all tests."""
    with running_app() as server:
        yield server


@pytest.fixture(scope="package")
def launch() -> Iterator[Launch]:
    if chromium_path() is None:
        if os.environ.get("SER_REQUIRE_BROWSER"):
            pytest.fail("no Chromium on this machine, and SER_REQUIRE_BROWSER is set")
        pytest.skip("no Chromium on this machine")
    browsers: list[Browser] = []

    with sync_playwright() as playwright:

        def launch_browser(microphone: Path | str = SAD_VOICE, *, is_allowed: bool = True) -> Browser:
            permission_flag = "--use-fake-ui-for-media-stream" if is_allowed else "--deny-permission-prompts"
            browsers.append(launch_chromium(playwright, microphone, extra_flags=[permission_flag]))
            return browsers[-1]

        yield launch_browser
        for browser in browsers:
            browser.close()


@pytest.fixture(scope="package")
def chromium(launch: Launch) -> Browser:
    """Start a Chromium whose microphone plays a committed computer voice."""
    return launch()


@contextmanager
def _visits(chromium: Browser, app_server: AppServer) -> Iterator[Visit]:
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def collect_error(message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        # On the address of a page Streamlit first looks for its server there, gets a 404, and then looks at the root.
        # Its recorder may still load the sound that it has recorded when the page already shows the answer instead.
        is_streamlits_own = "/_stcore/" in url or url.startswith("blob:")
        # The server forgets a sound when the page shows it no longer, while the browser may still load it. A sound that
        # the page does show is checked at the end.
        if message.type == "error" and not is_streamlits_own and "/media/" not in url:
            errors.append(f"{message.text} {url}")

    def collect_missing_sounds(tab: Page) -> None:
        missing = tab.locator("audio").evaluate_all("sounds => sounds.filter(s => s.error).map(s => s.currentSrc)")
        errors.extend(f"not loaded: {url}" for url in missing)

    def open_tab(
        *,
        page: str = "",
        width: int = 1280,
        theme: Theme = "light",
        url: str = "",
        wait_for: str = "",
        browser: Browser | None = None,
        script: str = "",
        permissions: Sequence[str] = ("microphone",),
    ) -> Page:
        context = (browser or chromium).new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, permissions=permissions
        )
        if script:
            context.add_init_script(script)
        contexts.append(context)
        context.set_default_timeout(_DEFAULT_TIMEOUT_MS)
        tab = context.new_page()
        tab.on("console", collect_error)
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(f"{url or app_server.url}/{page}", timeout=_NAVIGATION_TIMEOUT_MS)
        tab.get_by_text(wait_for or (NO_CLIP if page else FIRST_SCREEN)).first.wait_for(timeout=LONG_MS)
        return tab

    yield open_tab
    for context in contexts:
        for tab in context.pages:
            collect_missing_sounds(tab)
        context.close()
    assert errors == []


@pytest.fixture
def visit(chromium: Browser, app_server: AppServer) -> Iterator[Visit]:
    """Return a function that opens the app as a new visitor. A console error fails the test at its end."""
    with _visits(chromium, app_server) as open_tab:
        yield open_tab


@pytest.fixture(scope="module")
def shared_visit(chromium: Browser, app_server: AppServer) -> Iterator[Visit]:
    """Return the same function for pages that the tests of a file share, because opening a page takes longest."""
    with _visits(chromium, app_server) as open_tab:
        yield open_tab
