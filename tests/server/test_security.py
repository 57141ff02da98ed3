"""Access from outside: only the app's own pages may upload and open sessions, within the limits."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
import requests
import streamlit as st
from websockets.exceptions import WebSocketException

from ser_core.audio.limits import DEFAULT_LIMITS
from tests.harness.app_server import AppServer
from tests.harness.web_session import XSRF_COOKIE, WebSession, open_socket

FOREIGN_ORIGIN = "https://evil.example"
FORGED_TOKEN = "2|00000000|00000000000000000000000000000000|1"


@pytest.fixture
def session(diskless: AppServer) -> Iterator[WebSession]:
    with WebSession(diskless.url, 240.0) as opened:
        yield opened


@pytest.mark.parametrize(("token", "status"), [(None, 204), ("", 403), (FORGED_TOKEN, 403)])
def test_an_upload_needs_the_token_of_the_page(session: WebSession, token: str | None, status: int) -> None:
    assert session.put_file(b"RIFF", token=token) == status


def test_an_upload_needs_a_session(session: WebSession) -> None:
    session.id = str(uuid.uuid4())
    assert session.put_file(b"RIFF") == 400


def test_an_upload_is_at_most_as_large_as_the_library_reads(session: WebSession) -> None:
    assert st.get_option("server.maxUploadSize") * 1024**2 == DEFAULT_LIMITS.max_bytes
    assert session.put_file(bytes(DEFAULT_LIMITS.max_bytes + 1)) == 413


def test_a_page_of_another_origin_opens_no_session(diskless: AppServer, session: WebSession) -> None:
    with pytest.raises(WebSocketException):
        open_socket(diskless.url, session.http.cookies[XSRF_COOKIE], origin=FOREIGN_ORIGIN)


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/a/b"])
def test_a_page_of_another_origin_may_read_nothing(diskless: AppServer, path: str) -> None:
    response = requests.options(diskless.url + path, headers={"Origin": FOREIGN_ORIGIN}, timeout=60)
    assert response.headers.get("Access-Control-Allow-Origin") not in {"*", FOREIGN_ORIGIN}


@pytest.mark.parametrize("path", ["/../etc/passwd", "/media/../../etc/passwd", "/app/static/../../app.py", "/app.py"])
def test_no_file_of_the_machine_is_served(diskless: AppServer, path: str) -> None:
    request = requests.Request("GET", diskless.url).prepare()
    # Set afterwards, because the constructor would remove the dots from the path.
    request.url = diskless.url + path
    with requests.Session() as web:
        content = web.send(request, timeout=60).content
    assert b"root:" not in content
    assert b"run_app" not in content
