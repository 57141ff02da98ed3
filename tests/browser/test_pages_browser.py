"""All pages together in a browser: a link to a page, and the navigation."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.harness.app_server import running_app
from ui.shell.navigation import PAGES

pytestmark = pytest.mark.browser


def test_a_link_to_a_page_works_as_the_first_request_of_a_new_server(visit: Visit) -> None:
    with running_app() as server:
        page = visit(page="explore", url=server.url)
        expect(page).to_have_title("How does it sound?")
        links = page.locator("[data-testid=stSidebarNavLink]")
        expect(links).to_have_count(len(PAGES))
        assert [link.split()[-1] for link in links.all_inner_texts()] == [entry.title.split()[-1] for entry in PAGES]
        expect(page.get_by_role("heading", name="See the sound")).to_be_visible()
        assert page.url.endswith("/explore")
        # Before its server stops: the lost connection would be a console error.
        page.close()
