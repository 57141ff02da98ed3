"""Loading in the background while the first visitor chooses a clip."""

from __future__ import annotations

import sys

import pytest

from tests.app.visiting import OpenApp, warming_threads
from ui.common import engine


def test_the_first_page_loads_the_network_once(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    monkeypatch.setattr(engine, "recognizer", lambda: loaded.append("network"))
    for _ in range(2):
        assert not open_app().exception
        for thread in warming_threads():
            thread.join()
        monkeypatch.setattr("streamlit.cache_resource.clear", lambda: None)
    assert loaded == ["network"]
    assert {"ser_core.features.extraction", "ui.common.panels"} <= set(sys.modules)


def test_a_network_that_cannot_be_loaded_does_not_break_the_first_page(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ser_core.errors import ModelError

    def fail() -> None:
        raise ModelError("Nothing there", expected="A network", advice="Restore it")

    monkeypatch.setattr(engine, "recognizer", fail)
    app = open_app()
    for thread in warming_threads():
        thread.join()
    assert not app.exception
    assert not app.error
