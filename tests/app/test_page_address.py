"""What a page says where the browser allows no microphone."""

from __future__ import annotations

import pytest
import streamlit as st

from tests.app.visiting import OpenApp, visible_text

NO_MICROPHONE = "The microphone does not work at this address"


@pytest.mark.parametrize("page", ["pages/recognise.py", "pages/act.py"])
@pytest.mark.parametrize(
    ("root", "is_said"),
    [("http://192.168.1.20:8501", True), ("http://localhost:8501", False), ("https://example.org", False)],
)
def test_without_https_the_page_says_that_there_is_no_microphone(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, page: str, root: str, is_said: bool
) -> None:
    monkeypatch.setattr(type(st.context), "url", f"{root}/")
    app = open_app(page)
    assert not app.exception
    assert (NO_MICROPHONE in visible_text(app)) == is_said
