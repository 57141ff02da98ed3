"""A running app and a real Chromium, whose microphone plays a WAV file."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.harness.paths import ROOT
from tests.harness.serving import (
    app_command,
    app_environment,
    chromium_flags,
    chromium_path,
    free_port,
    wait_until_healthy,
)

VOICE = ROOT / "samples" / "computer_voices" / "sad_male.wav"


def _chromium() -> str:
    found = chromium_path()
    if found:
        return found
    if os.environ.get("SER_REQUIRE_BROWSER"):
        pytest.fail("no Chromium on this machine, and SER_REQUIRE_BROWSER is set")
    pytest.skip("no Chromium on this machine")


@contextmanager
def running_app(log_file: Path, under: Sequence[str] = (), port: int | None = None, **settings: str) -> Iterator[str]:
    """Start the app as its users do, or under another command, where it was before, with other settings.

    Yields its address.
    """
    port = port or free_port()
    # Nobody edits the app meanwhile, and what other tests write beside it is no change of it.
    command = [*under, *app_command(port, "--server.fileWatcherType=none")]
    environment = app_environment(**settings)
    with log_file.open("w") as log, subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log) as app:
        try:
            url = f"http://localhost:{port}"
            wait_until_healthy(url, app, patience_s=60.0)
            yield url
        finally:
            app.terminate()


@pytest.fixture(scope="package")
def app_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the app once for all tests; yield its address."""
    with running_app(tmp_path_factory.mktemp("server") / "log.txt") as url:
        yield url


@pytest.fixture(scope="package")
def launch() -> Iterator[Callable[..., Browser]]:
    """Return a function that launches a Chromium whose microphone plays a WAV file."""
    executable = _chromium()
    browsers = []

    with sync_playwright() as playwright:

        def launch_it(microphone: Path | str = VOICE, *, is_allowed: bool = True) -> Browser:
            answer = "--use-fake-ui-for-media-stream" if is_allowed else "--deny-permission-prompts"
            flags = [*chromium_flags(microphone), answer]
            browsers.append(playwright.chromium.launch(executable_path=executable, args=flags))
            return browsers[-1]

        yield launch_it
        for browser in browsers:
            browser.close()


@pytest.fixture(scope="package")
def chromium(launch: Callable[..., Browser]) -> Browser:
    """Launch Chromium; its microphone plays a committed computer voice."""
    return launch()


@contextmanager
def _visits(chromium: Browser, app_url: str) -> Iterator[Callable[..., Page]]:
    contexts, errors = [], []

    def note(message: ConsoleMessage) -> None:
        # On a page's own address Streamlit first asks there for its server, gets a 404, and then asks at the root.
        if message.type == "error" and "/_stcore/" not in message.location.get("url", ""):
            errors.append(message.text)

    def open_it(
        *,
        page: str = "",
        width: int = 1280,
        theme: str = "light",
        url: str = app_url,
        wait_for: str = "No clip yet",
        browser: Browser = chromium,
        script: str = "",
        permissions: Sequence[str] = ("microphone",),
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, permissions=permissions
        )
        if script:
            context.add_init_script(script)
        contexts.append(context)
        context.set_default_timeout(15_000)
        tab = context.new_page()
        tab.on("console", note)
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(f"{url}/{page}", timeout=60_000)
        tab.get_by_text(wait_for).first.wait_for(timeout=40_000)
        return tab

    yield open_it
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def visit(chromium: Browser, app_url: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the app as a new visitor; a console error fails the test at its end."""
    with _visits(chromium, app_url) as open_it:
        yield open_it


@pytest.fixture(scope="module")
def stay(chromium: Browser, app_url: str) -> Iterator[Callable[..., Page]]:
    """Return the same for visits that a file's tests share: each takes the page as it is, and opening takes longest."""
    with _visits(chromium, app_url) as open_it:
        yield open_it
