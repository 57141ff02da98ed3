"""Who may do what: only the app's own pages upload and open sessions, and not more than is allowed."""

from __future__ import annotations

import uuid

import pytest
import requests
import streamlit as st
from websockets.exceptions import WebSocketException

from ser_core.audio.loading import DEFAULT_LIMITS
from tests.harness.web_session import XSRF_COOKIE, XSRF_HEADER, WebSession, open_socket
from tests.server.conftest import DisklessServer

FOREIGN = "https://evil.example"


@pytest.fixture
def session(diskless: DisklessServer) -> WebSession:
    with WebSession(diskless.url, 240.0) as opened:
        yield opened


def put(server: DisklessServer, session: WebSession, content: bytes, token: str) -> int:
    address = f"{server.url}/_stcore/upload_file/{session.id}/{uuid.uuid4()}"
    files = {"file": ("clip.wav", content, "audio/wav")}
    return session.http.put(address, files=files, headers={XSRF_HEADER: token}, timeout=120).status_code


def test_an_upload_needs_the_token_that_the_page_was_given(diskless: DisklessServer, session: WebSession) -> None:
    token = session.http.cookies[XSRF_COOKIE]
    assert put(diskless, session, b"RIFF", token) == 204
    assert put(diskless, session, b"RIFF", "") == 403
    assert put(diskless, session, b"RIFF", "2|00000000|00000000000000000000000000000000|1") == 403


def test_an_upload_needs_a_session(diskless: DisklessServer, session: WebSession) -> None:
    token = session.http.cookies[XSRF_COOKIE]
    session.id = str(uuid.uuid4())
    assert put(diskless, session, b"RIFF", token) == 400


def test_no_more_is_let_in_than_the_library_reads(diskless: DisklessServer, session: WebSession) -> None:
    token = session.http.cookies[XSRF_COOKIE]
    assert st.get_option("server.maxUploadSize") * 1024**2 == DEFAULT_LIMITS.max_bytes
    assert put(diskless, session, bytes(DEFAULT_LIMITS.max_bytes + 1), token) == 413


def test_a_page_of_another_origin_opens_no_session(diskless: DisklessServer, session: WebSession) -> None:
    token = session.http.cookies[XSRF_COOKIE]
    with pytest.raises(WebSocketException):
        open_socket(diskless.url, token, origin=FOREIGN)


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/_stcore/upload_file/a/b"])
def test_a_page_of_another_origin_may_read_nothing(diskless: DisklessServer, path: str) -> None:
    answer = requests.options(diskless.url + path, headers={"Origin": FOREIGN}, timeout=60)
    assert answer.headers.get("Access-Control-Allow-Origin") not in {"*", FOREIGN}


@pytest.mark.parametrize("path", ["/../etc/passwd", "/media/../../etc/passwd", "/app/static/../../app.py", "/app.py"])
def test_no_file_of_the_machine_is_served(diskless: DisklessServer, path: str) -> None:
    request = requests.Request("GET", diskless.url).prepare()
    # As it is: the library would tidy the address up.
    request.url = diskless.url + path
    with requests.Session() as web:
        content = web.send(request, timeout=60).content
    assert b"root:" not in content
    assert b"run_app" not in content
