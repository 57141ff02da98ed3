"""The app as its users start it, and Chromium to visit it with."""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.fresh import ROOT
from tests.harness.serving import app_command, app_environment, chromium_flags, chromium_path, free_port

# What the first page ends with, and all that there is to the app that it is compared with.
_LAST_LINE = "No clip yet"
_EMPTY_APP = f"import streamlit as st\nst.title('Nothing')\nst.info('{_LAST_LINE}')\n"

_ANSWER = re.compile("^(Sounds like|Not sure)")
# Longer than anything takes that comes at all.
WAIT_MS = 60_000


@dataclass(frozen=True)
class Server:
    """A running app.

    Parameters
    ----------
    url : str
        Its address.
    pid : int
        Its process.
    started_s : float
        When it was started, by ``time.perf_counter``.
    """

    url: str
    pid: int
    started_s: float


@contextmanager
def running_app(folder: Path = ROOT) -> Iterator[Server]:
    """Start the app in a folder and wait until it takes connections."""
    port = free_port()
    # No question what the address looks like from outside: nothing leaves the machine.
    command = app_command(port, "--server.address=127.0.0.1", "--browser.gatherUsageStats=false")
    started_s = time.perf_counter()
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=app_environment(), stdout=quiet, stderr=quiet) as app:
        try:
            _wait_for(port, app)
            yield Server(f"http://127.0.0.1:{port}", app.pid, started_s)
        finally:
            app.terminate()


@contextmanager
def running_empty_app() -> Iterator[Server]:
    """Start an app of two lines: what Streamlit and the browser take by themselves."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "app.py").write_text(_EMPTY_APP, encoding="utf-8")
        with running_app(Path(folder)) as server:
            yield server


def _wait_for(port: int, app: subprocess.Popen[bytes]) -> None:
    while app.poll() is None:
        with closing(socket.socket()) as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise RuntimeError("the app ended before it answered")


@contextmanager
def chromium(microphone: Path | None = None) -> Iterator[Browser]:
    """Launch a Chromium without a window.

    Parameters
    ----------
    microphone : Path or None
        A WAV file that its microphone plays again and again, if it has one.

    Raises
    ------
    RuntimeError
        If there is none on this machine.
    """
    executable = chromium_path()
    if executable is None:
        raise RuntimeError("no Chromium on this machine: leave the subjects 'app' and 'live' out")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=chromium_flags(microphone))
        yield browser
        browser.close()


def new_visitor(browser: Browser, script: str = "", permissions: Sequence[str] = ()) -> Page:
    """Return a tab of somebody who was never here: nothing is kept from earlier visits.

    Parameters
    ----------
    browser : Browser
        Where it is opened.
    script : str
        JavaScript that runs in each frame before its own.
    permissions : sequence of str
        What the visitor allows the page.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=permissions)
    context.add_init_script(script)
    context.set_default_timeout(WAIT_MS)
    return context.new_page()


def open_first_page(page: Page, server: Server) -> None:
    """Open the app and wait until its first page is there, from its title to its last line."""
    page.goto(server.url, wait_until="commit")
    page.get_by_text(_LAST_LINE).first.wait_for()


def offer_upload(page: Page) -> None:
    """Choose to upload a file, and wait for the field."""
    page.get_by_role("radio", name="Upload").click()
    page.locator("input[type=file]").wait_for(state="attached")


def upload(page: Page, wav: bytes, heading: str | re.Pattern[str] = _ANSWER) -> float:
    """Upload a clip; return the seconds until a heading is on the page: its emotion, if nothing else is said."""
    started_s = time.perf_counter()
    page.locator("input[type=file]").set_input_files(
        files=[{"name": "voice.wav", "mimeType": "audio/wav", "buffer": wav}]
    )
    page.get_by_role("heading", name=heading).first.wait_for()
    return time.perf_counter() - started_s


def wait_for_charts(page: Page, n_charts: int = 1) -> float:
    """Wait until as many charts are drawn; return the seconds."""
    started_s = time.perf_counter()
    page.locator("[data-testid=stPlotlyChart] .main-svg").nth(n_charts - 1).wait_for()
    return time.perf_counter() - started_s


def go_to(page: Page, name: str, heading: str) -> float:
    """Click on a page in the navigation; return the seconds until its own words are there.

    Parameters
    ----------
    page : Page
        A visitor's tab.
    name : str
        What the navigation calls it.
    heading : str
        The words to wait for, from the body of the page.
    """
    link = page.get_by_test_id("stSidebarNavLink").filter(has_text=name)
    link.wait_for()
    started_s = time.perf_counter()
    link.click()
    page.get_by_text(heading).first.wait_for()
    return time.perf_counter() - started_s
