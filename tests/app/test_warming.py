"""What is woken while the first visitor chooses a clip."""

from __future__ import annotations

import sys

import pytest

from tests.app.visiting import OpenApp, warming_threads
from ui.common import engine


def test_the_first_page_wakes_the_network_once(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[str] = []
    monkeypatch.setattr(engine, "recognizer", lambda: woken.append("network"))
    for _ in range(2):
        assert not open_app().exception
        for thread in warming_threads():
            thread.join()
        monkeypatch.setattr("streamlit.cache_resource.clear", lambda: None)
    assert woken == ["network"]
    assert {"ser_core.features.extraction", "ui.common.charts"} <= set(sys.modules)


def test_a_network_that_does_not_wake_spoils_no_page(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    from ser_core.errors import ModelError

    def fail() -> None:
        raise ModelError("Nothing there", expected="A network", advice="Restore it")

    monkeypatch.setattr(engine, "recognizer", fail)
    app = open_app()
    for thread in warming_threads():
        thread.join()
    assert not app.exception
    assert not app.error
