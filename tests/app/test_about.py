"""The About page, and the status that a host reads there."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from streamlit.runtime.caching import clear_session_resource_cache
from streamlit.testing.v1 import AppTest

import ser_core
from ser_core import Recognizer
from tests.app.visiting import OpenApp
from tests.harness.paths import ROOT
from ui.about import text
from ui.shell import host_status


@pytest.fixture
def page(open_app: OpenApp) -> AppTest:
    app = open_app("pages/about.py")
    assert not app.exception
    assert not app.error
    return app


def said(app: AppTest) -> str:
    return "\n".join(each.value for each in [*app.markdown, *app.caption])


def test_it_says_what_it_is_not_and_what_becomes_of_a_voice(page: AppTest) -> None:
    text = said(page)
    assert "article 5(1)(f)" in text
    assert "not stored" in text
    assert "ask them before you record" in text
    assert "actors it had never heard" in text


def test_the_licences_are_readmes_own(page: AppTest) -> None:
    shown = text.licences()
    assert shown in said(page)
    assert shown in (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("MIT", "GPL", "RAVDESS", "TESS", "CREMA-D", "nEMO", "EMOVO"):
        assert name in shown
    assert "## " not in shown


def test_a_host_reads_how_the_server_is_doing(page: AppTest) -> None:
    (line,) = [caption.value for caption in page.caption if caption.value.startswith("version ")]
    config = Recognizer().config
    assert f"version {ser_core.__version__} · network ser_cnn {config.network_sha256[:12]} · up " in line
    memory_mb, n_sessions = re.search(r"(\d+) MB · (\d+) session", line).groups()
    assert int(memory_mb) > 50
    assert int(n_sessions) == 1


def test_a_visitor_counts_once_and_until_they_leave(page: AppTest) -> None:
    page.run()
    assert host_status.read().n_sessions == 1
    # What Streamlit does when a connection ends; every session of AppTest has this name.
    clear_session_resource_cache("test session id")
    assert host_status.read().n_sessions == 0


def test_the_status_is_of_this_process() -> None:
    status = host_status.read()
    assert 0.0 < status.uptime_s < 86_400.0
    with open(f"/proc/{os.getpid()}/status") as file:
        resident_kb = int(re.search(r"VmRSS:\s+(\d+) kB", file.read())[1])
    assert status.memory_mb == pytest.approx(1.024e-3 * resident_kb, rel=0.1)


@pytest.mark.parametrize(
    ("duration_s", "words"),
    [(0.0, "0 min"), (59.9, "0 min"), (720.0, "12 min"), (3_660.0, "1 h 1 min"), (273_600.0, "3 d 4 h")],
)
def test_a_duration_is_told_by_its_two_greatest_units(duration_s: float, words: str) -> None:
    assert host_status.duration_in_words(duration_s) == words


def test_a_missing_readme_is_handled_for_the_user(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "_README", tmp_path / "README.md")
    app = open_app("pages/about.py")
    assert not app.exception
    assert "README.md is missing" in app.error[0].value
