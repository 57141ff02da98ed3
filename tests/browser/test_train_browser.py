"""A real training with Keras, played through in a browser; its process ends with the training or with the visit."""

from __future__ import annotations

import time
from contextlib import suppress

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_accessibility_browser import broken_rules
from tests.harness.app_server import AppServer
from tests.harness.browsing import LONG_MS

pytestmark = [pytest.mark.browser, pytest.mark.tensorflow]

TINY = "train?epochs=1&clips=100&features=mfcc&split=by-speaker&sample=computer/sad_male"


def processes_of_trainings(server: AppServer) -> list[psutil.Process]:
    processes = []
    for child in psutil.Process(server.pid).children(recursive=True):
        # A process that has just ended has no command line.
        with suppress(psutil.Error):
            if "ser_core.own_network.worker" in child.cmdline():
                processes.append(child)
    return processes


def wait_until_gone(server: AppServer) -> None:
    deadline_s = time.monotonic() + 20
    while processes_of_trainings(server):
        assert time.monotonic() < deadline_s
        time.sleep(0.1)


def test_a_training_from_the_button_to_the_answer(visit: Visit, app_server: AppServer) -> None:
    page = visit(page=TINY, width=390, theme="dark", wait_for="How are training clips")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=LONG_MS)
    assert processes_of_trainings(app_server)
    expect(page.get_by_text("Split by speaker: UAR")).to_be_visible(timeout=2 * LONG_MS)
    expect(page.get_by_text("What it says about a clip")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_role("button", name="Split by speaker, .keras")).to_be_visible()
    expect(page.locator("[data-testid=stPlotlyChart] .cartesianlayer .subplot")).to_have_count(4, timeout=LONG_MS)
    wait_until_gone(app_server)
    assert broken_rules(page) == []


def test_the_process_ends_when_the_visitor_closes_the_page(visit: Visit, app_server: AppServer) -> None:
    page = visit(page="train?epochs=60&clips=4000", wait_for="How are training clips")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=LONG_MS)
    assert processes_of_trainings(app_server)
    page.close()
    wait_until_gone(app_server)
