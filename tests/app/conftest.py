"""A page under AppTest: no browser, no network access, computer voices as samples."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.app.visiting import OpenApp, StubBrowser, warming_threads
from tests.harness.paths import ROOT
from ui.live import webrtc


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenApp]:
    """Return a function that opens the app as a new visitor, on the first page or by a link to another page."""
    monkeypatch.delenv("SER_DATA_DIR", raising=False)
    monkeypatch.setenv("SER_SAMPLES_URL", "")
    st.cache_resource.clear()
    st.cache_data.clear()

    def open_page(page: str | None = None, query_params: Mapping[str, str] | None = None) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        if page:
            app.switch_page(page)
        for name, value in (query_params or {}).items():
            app.query_params[name] = value
        return app.run()

    yield open_page
    # A background thread of this test would put its network into the cache of the next test.
    for thread in warming_threads():
        thread.cancel()
        thread.join()


@pytest.fixture(autouse=True)
def untouched_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep Streamlit from clearing Keras' state after each run of a script, which takes 0.3 seconds.

    The app never imports Keras. But when all tests run, the modules that test the training have imported it.
    """
    if "keras" in sys.modules:
        monkeypatch.setattr(sys.modules["keras"].backend, "clear_session", lambda: None)


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> StubBrowser:
    """Replace streamlit-webrtc, which needs a server and a browser, by a stub."""
    stub = StubBrowser()
    for name in ("is_on", "show", "forget"):
        monkeypatch.setattr(webrtc, name, getattr(stub, name))
    return stub


@pytest.fixture
def computer_voice() -> bytes:
    """Return a committed sample as a WAV file."""
    return (ROOT / "samples" / "computer_voices" / "angry_female.wav").read_bytes()
