"""The app starts and predicts within the memory of the smallest host."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, running_app
from tests.browser.visiting import LONG_MS, pick_sample
from tools.with_memory_limit import make_group

pytestmark = pytest.mark.browser

LIMIT_MB = 690


@pytest.fixture
def under_limit() -> list[str]:
    """The words that start a command under the limit."""
    try:
        make_group(LIMIT_MB * 1_000_000).rmdir()
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error}")
    return [sys.executable, str(ROOT / "tools" / "with_memory_limit.py"), f"--limit-mb={LIMIT_MB}", "--"]


def test_a_visitor_is_served_on_every_page_within_690_mb(
    visit: Callable[..., Page], tmp_path: Path, under_limit: list[str]
) -> None:
    log = tmp_path / "log.txt"
    with running_app(log, under=under_limit) as url:
        page = visit(url=url)
        pick_sample(page, "angry")
        expect(page.get_by_text("The network gives it")).to_be_visible(timeout=LONG_MS)
        for link in ("Why?", "Explore", "Voice lab", "Model", "About"):
            page.get_by_role("link", name=link).first.click()
            expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached(
                timeout=3 * LONG_MS
            )
        expect(page.get_by_text("1 session")).to_be_visible(timeout=LONG_MS)
        page.close()
    (peak_mb,) = re.findall(r"peak: (\d+) MB", log.read_text())
    assert 200 < int(peak_mb) < LIMIT_MB
    print(f"peak {peak_mb} MB of {LIMIT_MB} MB")
