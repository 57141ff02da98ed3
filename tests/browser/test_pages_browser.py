"""What only a browser shows of all pages together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import running_app
from ui.shell.navigation import PAGES

pytestmark = pytest.mark.browser


def test_a_link_to_a_page_is_the_first_that_a_new_server_sees(visit: Callable[..., Page], tmp_path: Path) -> None:
    with running_app(tmp_path / "log.txt") as url:
        page = visit(page="explore", url=url)
        expect(page).to_have_title("How does it sound?")
        links = page.locator("[data-testid=stSidebarNavLink]")
        expect(links).to_have_count(len(PAGES))
        assert [link.split()[-1] for link in links.all_inner_texts()] == [entry.title.split()[-1] for entry in PAGES]
        expect(page.get_by_role("heading", name="See the sound")).to_be_visible()
        assert page.url.endswith("/explore")
        # Before its server goes, which it would complain of.
        page.close()
