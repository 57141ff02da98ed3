"""The headers that tell a browser what pages of the app may do, and which other pages may embed it."""

from __future__ import annotations

import pytest
import requests

from tests.harness.app_server import AppServer, running_app
from ui.shell.web_server import security_headers

TIMEOUT_S = 60
PATHS = ("/", "/explore", "/_stcore/health", "/_stcore/host-config", "/media/none.wav", "/_stcore/upload_file/a/b")
COURSES = "'self' https://courses.example.org https://*.school.example"


def headers_at(url: str) -> dict[str, str]:
    return dict(requests.get(url, timeout=TIMEOUT_S).headers)


@pytest.mark.parametrize("path", PATHS)
def test_every_response_has_the_headers(diskless: AppServer, path: str) -> None:
    headers = headers_at(diskless.url + path)
    expected = {
        "content-security-policy": "frame-ancestors 'self'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "permissions-policy": "microphone=(self)",
    }
    assert {name: headers.get(name) for name in expected} == expected


def test_a_host_can_allow_other_pages_to_embed_the_app() -> None:
    with running_app(settings={"SER_FRAME_ANCESTORS": COURSES}) as server:
        assert headers_at(server.url)["content-security-policy"] == f"frame-ancestors {COURSES}"


@pytest.mark.parametrize(
    "sources", ["'self'; script-src *", "https://a.example\r\nX-Header: 1", "https://a.example, *"]
)
def test_the_setting_cannot_hold_anything_else(monkeypatch: pytest.MonkeyPatch, sources: str) -> None:
    monkeypatch.setenv("SER_FRAME_ANCESTORS", sources)
    with pytest.raises(ValueError, match="SER_FRAME_ANCESTORS"):
        security_headers()
