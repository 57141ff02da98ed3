"""The app starts and predicts within the memory of the smallest host."""

from __future__ import annotations

import re
import sys

import pytest

from tests.browser.conftest import Visit
from tests.harness.app_server import running_app
from tests.harness.browsing import ANSWER, LONG_MS, pick_sample
from tests.harness.paths import ROOT
from tools.with_memory_limit import make_group

pytestmark = pytest.mark.browser

LIMIT_MB = 690


@pytest.fixture
def memory_limit() -> list[str]:
    """Return the prefix that starts a command under the limit."""
    try:
        make_group(LIMIT_MB * 1_000_000).rmdir()
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error}")
    return [sys.executable, str(ROOT / "tools" / "with_memory_limit.py"), f"--limit-mb={LIMIT_MB}", "--"]


# Other tests may keep the machine busy, and this test is about memory, not time.
@pytest.mark.timeout(900)
def test_a_visitor_is_served_within_690_mb(visit: Visit, memory_limit: list[str]) -> None:
    with running_app(command_prefix=memory_limit) as server:
        page = visit(url=server.url)
        page.set_default_timeout(3 * LONG_MS)
        pick_sample(page, "angry")
        page.get_by_role("heading", name=ANSWER).wait_for()
        for link, text in (("See the sound", "What am I looking at?"), ("Model", "UAR"), ("About", "1 session")):
            page.get_by_role("navigation").get_by_role("link", name=link, exact=True).click()
            page.get_by_text(text).first.wait_for()
        page.close()
    (peak_mb,) = re.findall(r"peak: (\d+) MB", "".join(server.log_lines))
    assert 150 < int(peak_mb) < LIMIT_MB
