"""The About page, and the server status on it."""

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
from ui.common import trust
from ui.shell import host_status

# The company behind the last part but one of a host's name.
_COMPANIES = {
    "githubusercontent": "GitHub",
    "gitlab": "GitLab",
    "google": "Google",
    "cloudflare": "Cloudflare",
    "twilio": "Twilio",
}


@pytest.fixture
def page(open_app: OpenApp) -> AppTest:
    app = open_app("pages/about.py")
    assert not app.exception
    assert not app.error
    return app


def visible_text(app: AppTest) -> str:
    return "\n".join(element.value for element in [*app.markdown, *app.caption])


def test_the_page_states_limits_and_privacy(page: AppTest) -> None:
    text = visible_text(page)
    assert "article 5(1)(f)" in text
    assert "not stored" in text
    assert "How far to trust it" in [heading.value for heading in page.subheader]
    assert "ask them before you record" in text
    assert "actors who were not in its training" in text


def test_the_page_names_every_company_whose_servers_are_contacted(page: AppTest) -> None:
    sources = [
        (ROOT / f"{name}.py").read_text("utf-8") for name in ("ser_core/samples/settings", "ui/live/ice_servers")
    ]
    hosts = {host for source in sources for host in re.findall(r"(?:https://|stun:)([\w.-]+)", source)}
    companies = {_COMPANIES[host.split(".")[-2]] for host in hosts}
    assert len(companies) == 5
    assert [company for company in companies if f"**{company}**" not in visible_text(page)] == []


def test_figures_are_measured_and_people_are_not_compared_unfairly(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trust, "listeners_agreement", lambda: 0.123)
    about = visible_text(open_app("pages/about.py"))
    assert "name the intended emotion 12% of the time. This comparison is not fair to them" in about


def test_the_licences_are_those_of_the_readme(page: AppTest) -> None:
    licences = text.licences()
    assert licences in visible_text(page)
    assert licences in (ROOT / "README.md").read_text(encoding="utf-8")
    for name in ("MIT", "GPL", "RAVDESS", "TESS", "CREMA-D", "nEMO", "EMOVO"):
        assert name in licences
    assert "## " not in licences


def test_the_page_shows_the_status_of_the_server(page: AppTest) -> None:
    (line,) = [caption.value for caption in page.caption if caption.value.startswith("version ")]
    config = Recognizer().config
    assert f"version {ser_core.__version__} · network {config.network} {config.network_sha256[:12]} · up " in line
    match = re.search(r"(\d+) MB · (\d+) session", line)
    assert match
    assert int(match[1]) > 50
    assert int(match[2]) == 1


def test_a_visitor_counts_once_until_the_connection_ends(page: AppTest) -> None:
    page.run()
    assert host_status.read_status().n_sessions == 1
    # Streamlit calls this when a connection ends. Every session of AppTest has this id.
    clear_session_resource_cache("test session id")
    assert host_status.read_status().n_sessions == 0


def test_the_status_describes_this_process() -> None:
    status = host_status.read_status()
    assert 0.0 < status.uptime_s < 86_400.0
    with open(f"/proc/{os.getpid()}/status") as file:
        match = re.search(r"VmRSS:\s+(\d+) kB", file.read())
    assert match
    assert status.memory_mb == pytest.approx(1.024e-3 * int(match[1]), rel=0.1)


@pytest.mark.parametrize(
    ("duration_s", "words"),
    [(0.0, "0 min"), (59.9, "0 min"), (720.0, "12 min"), (3_660.0, "1 h 1 min"), (273_600.0, "3 d 4 h")],
)
def test_a_duration_is_given_in_its_two_largest_units(duration_s: float, words: str) -> None:
    assert host_status.duration_in_words(duration_s) == words


def test_a_missing_readme_is_handled_for_the_user(
    open_app: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "_README", tmp_path / "README.md")
    app = open_app("pages/about.py")
    assert not app.exception
    assert "README.md is missing" in app.error[0].value
