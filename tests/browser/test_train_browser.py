"""A real training with Keras, played through in a browser; its process ends with the training or with the visit.

Before and after a training the app needs the same memory, and of two servers on a host one trains at a time.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_accessibility_browser import broken_rules
from tests.harness.app_server import AppServer, running_app
from tests.harness.browsing import ANSWER, LONG_MS, expect_script_finished

pytestmark = [pytest.mark.browser, pytest.mark.tensorflow]

SAMPLE = "computer/sad_male"
TINY = f"train?epochs=1&clips=100&features=mfcc&split=by-speaker&sample={SAMPLE}"

# A process with TensorFlow needs more than this; what stays of a training is its result, below a megabyte, and what
# Python's memory has grown by while the page was drawn.
KERAS_MB, MOST_KEPT_MB = 150, 60


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


def app_memory_mb(server: AppServer) -> float:
    """Return the memory of the server and of all processes that it has started."""
    app = psutil.Process(server.pid)
    memory_mb = 0.0
    for process in (app, *app.children(recursive=True)):
        with suppress(psutil.Error):
            memory_mb += process.memory_info().rss / 1e6
    return memory_mb


def press_train(page: Page) -> None:
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=LONG_MS)


def test_a_training_from_the_button_to_the_answer(visit: Visit, app_server: AppServer) -> None:
    page = visit(page=TINY, width=390, theme="dark", wait_for="How are training clips")
    press_train(page)
    expect(page.locator(".st-key-train_progress")).to_be_focused()
    # The curves are watched while they grow.
    expect(page.locator(".st-key-train_accuracy")).to_be_in_viewport(ratio=0.9, timeout=LONG_MS)
    assert processes_of_trainings(app_server)
    expect(page.get_by_text("Split by speaker: UAR")).to_be_visible(timeout=2 * LONG_MS)
    # The result comes by itself. The page shows it, and the focus is there.
    result = page.locator(".st-key-train_learned [data-testid=stHeading]")
    expect(result).to_be_focused(timeout=LONG_MS)
    expect(result).to_be_in_viewport()
    expect(page.get_by_text("What it says about a clip")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_role("button", name="Split by speaker, .keras")).to_be_visible()
    expect(page.locator("[data-testid=stPlotlyChart] .cartesianlayer .subplot")).to_have_count(4, timeout=LONG_MS)
    wait_until_gone(app_server)
    assert broken_rules(page) == []


@pytest.mark.parametrize("end", ["finished", "cancelled"])
def test_after_a_training_its_memory_is_free(visit: Visit, app_server: AppServer, end: str) -> None:
    """Finished or cancelled; and a visitor who goes on to another choice keeps the focus there."""
    # A clip: the visit has loaded the app's own network before.
    address = TINY if end == "finished" else f"train?epochs=60&clips=4000&sample={SAMPLE}"
    page = visit(page=address, wait_for="How are training clips")
    page.goto(f"{app_server.url}/?sample={SAMPLE}")
    page.get_by_role("heading", name=ANSWER).wait_for(timeout=LONG_MS)
    page.goto(f"{app_server.url}/{address}")
    page.get_by_role("button", name="Train", exact=True).wait_for(timeout=LONG_MS)
    expect_script_finished(page)
    before_mb = app_memory_mb(app_server)
    press_train(page)
    choice = page.get_by_role("radio", name="Random", exact=True)
    choice.click()
    peak_mb, deadline_s, is_cancelled = before_mb, time.monotonic() + 2 * LONG_MS / 1000, False
    is_over = page.get_by_text("What it learned" if end == "finished" else "This training was cancelled")
    while not is_over.is_visible():
        assert time.monotonic() < deadline_s
        peak_mb = max(peak_mb, app_memory_mb(app_server))
        if end == "cancelled" and not is_cancelled and peak_mb > before_mb + KERAS_MB:
            page.get_by_role("button", name="Cancel").click()
            is_cancelled = True
        page.wait_for_timeout(100)
    wait_until_gone(app_server)
    expect_script_finished(page)
    if end == "finished":
        expect(choice).to_be_focused()
    assert peak_mb > before_mb + KERAS_MB
    assert app_memory_mb(app_server) < before_mb + MOST_KEPT_MB


@pytest.mark.parametrize("how", ["closed", "killed"])
def test_the_process_ends_with_the_page(visit: Visit, app_server: AppServer, how: str) -> None:
    page = visit(page="train?epochs=60&clips=4000", wait_for="How are training clips")
    press_train(page)
    assert processes_of_trainings(app_server)
    if how == "closed":
        page.close()
    else:
        # Ends the process of the page, as the system does when memory is short. Nothing on the page runs any more.
        with suppress(PlaywrightError):
            page.goto("chrome://crash")
    wait_until_gone(app_server)
    page.close()


def test_two_servers_of_a_host_train_one_after_the_other(visit: Visit, tmp_path: Path) -> None:
    same_host = {"TMPDIR": str(tmp_path)}
    with running_app(settings=same_host) as first_server, running_app(settings=same_host) as second_server:
        first = visit(url=first_server.url, page="train?epochs=60&clips=4000", wait_for="How are training clips")
        second = visit(url=second_server.url, page=TINY, wait_for="How are training clips")
        press_train(first)
        assert processes_of_trainings(first_server)
        press_train(second)
        expect(second.get_by_text("You are number 1 in the line")).to_be_visible()
        assert not processes_of_trainings(second_server)
        first.get_by_role("button", name="Cancel").click()
        # Its turn comes, and so its training runs to the end.
        expect(second.get_by_text("What it learned")).to_be_visible(timeout=2 * LONG_MS)
        # Before its server ends: a page that asks for news would show an error.
        second.close()
