"""Nothing of a voice outlives its session or leaves its memory: searched for on disk, in the log, in open files."""

from __future__ import annotations

import hashlib
import os
import resource
import sys
from pathlib import Path

import pytest

from ser_core import Recognizer
from tests.harness.app_server import AppServer
from tests.harness.paths import ROOT
from tests.harness.recordings import encode, sine
from tests.harness.visitors import visitor_clips
from tests.harness.web_session import WebSession

PATIENCE_S = 240.0
NAME = "my-secret-diary.wav"
NOT_A_SOUND = b"not a sound at all " * 99
INSTALLED = (f"{ROOT}/", f"{Path(sys.prefix).resolve()}/", f"{Path(sys.base_prefix).resolve()}/")
PAGES = ("why", "explore", "compare", "voice_lab", "")


def open_files(pid: int) -> list[str]:
    """Return the paths of the files that a process has open, without devices and sockets."""
    paths = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            paths.append(os.readlink(link))
        except FileNotFoundError:
            continue
    return [path for path in paths if path.startswith("/") and not path.startswith("/dev/")]


@pytest.mark.parametrize("is_long", [False, True], ids=["a sentence", "four minutes"])
def test_a_clip_is_analysed_where_nothing_can_be_written(diskless: AppServer, is_long: bool) -> None:
    # Starlette would put an upload of more than 1 MB into a temporary file; four minutes of 16 kHz are 7 MB.
    wav = encode(sine(240.0, 16_000), 16_000) if is_long else next(visitor_clips(7, Recognizer())).wav
    with WebSession(diskless.url, PATIENCE_S) as session:
        session.upload(wav, NAME)
        assert f"{NAME}, " in session.text(), diskless.log_lines[-40:]
        for page in PAGES:
            session.visit(page)
            assert session.text()
        paths = open_files(diskless.pid)
    # The app itself may be installed below /tmp.
    temporary = [path for path in paths if "/tmp" in path and not path.startswith(INSTALLED)]
    assert [path for path in paths if "(deleted)" in path or NAME in path] + temporary == []


def test_the_limit_of_the_server_forbids_writing(diskless: AppServer) -> None:
    assert resource.prlimit(diskless.pid, resource.RLIMIT_FSIZE) == (0, 0)


def test_the_log_holds_nothing_about_a_visitor(diskless: AppServer) -> None:
    wav = next(visitor_clips(9, Recognizer())).wav
    with WebSession(diskless.url, PATIENCE_S) as session:
        session.upload(wav, NAME)
        session.upload(NOT_A_SOUND, NAME)
        assert "does not begin like any audio" in session.text()
    log = "".join(diskless.log_lines)
    assert "app started" in log
    for secret in (NAME, "secret", session.id, hashlib.sha256(wav).hexdigest(), "not a sound at all", "RIFF"):
        assert secret not in log
    assert "Traceback" not in log
