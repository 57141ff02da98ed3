"""A pytest plugin that slows down Chromium, to find code and tests that work only on a fast computer.

Run ``pytest -p tests.harness.slow_browser tests/browser``. The environment variable ``SER_BROWSER_SLOWDOWN`` is the
factor by which the processor seems slower, 4 by default.
"""

from __future__ import annotations

import os

from playwright.sync_api import BrowserContext, Page

_FACTOR = float(os.environ.get("SER_BROWSER_SLOWDOWN", "4"))
_new_page = BrowserContext.new_page


def _new_slow_page(context: BrowserContext) -> Page:
    page = _new_page(context)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": _FACTOR})
    return page


def pytest_configure() -> None:
    """Slow down every page that a test opens."""
    BrowserContext.new_page = _new_slow_page  # type: ignore[method-assign]
