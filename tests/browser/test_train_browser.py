"""A real training with Keras, played through in a browser; its process ends with the training or with the visit."""

from __future__ import annotations

import time

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.harness.app_server import AppServer
from tests.harness.browsing import LONG_MS, overflow_px

pytestmark = [pytest.mark.browser, pytest.mark.tensorflow]

TINY = "train?epochs=1&clips=100&features=mfcc&split=by-speaker&sample=computer/sad_male"


def processes_of_trainings(server: AppServer) -> list[psutil.Process]:
    children = psutil.Process(server.pid).children(recursive=True)
    return [child for child in children if "ser_core.own_network.worker" in child.cmdline()]


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
    assert overflow_px(page) <= 2
    wait_until_gone(app_server)


def test_the_process_ends_when_the_visitor_closes_the_page(visit: Visit, app_server: AppServer) -> None:
    page = visit(page="train?epochs=60&clips=4000", wait_for="How are training clips")
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=LONG_MS)
    assert processes_of_trainings(app_server)
    page.close()
    wait_until_gone(app_server)
