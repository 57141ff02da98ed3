"""Nothing of a voice outlives its session or leaves its memory: searched for on disk, in the log, in open files."""

from __future__ import annotations

import hashlib
import os
import resource
import sys
from pathlib import Path

import pytest

from benchmarks.load import clips
from ser_core import Recognizer
from tests.harness.paths import ROOT
from tests.harness.recordings import encode, sine
from tests.harness.web_session import WebSession
from tests.server.conftest import DisklessServer

PATIENCE_S = 240.0
NAME = "my-secret-diary.wav"
INSTALLED = (f"{ROOT}/", f"{Path(sys.prefix).resolve()}/", f"{Path(sys.base_prefix).resolve()}/")
PAGES = ("why", "explore", "compare", "voice_lab", "")


def open_files(pid: int) -> list[str]:
    links = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            links.append(os.readlink(link))
        except FileNotFoundError:
            continue
    return links


@pytest.mark.parametrize("is_long", [False, True], ids=["a sentence", "four minutes"])
def test_a_clip_is_analysed_where_nothing_can_be_written(diskless: DisklessServer, is_long: bool) -> None:
    voice = next(clips(7, Recognizer())).wav
    # Over 1 MB Starlette would put it into a temporary file; four minutes of 16 kHz are 7 MB.
    wav = encode(sine(240.0, 16_000), 16_000) if is_long else voice
    with WebSession(diskless.url, PATIENCE_S) as session:
        session.upload(wav, NAME)
        assert "**Your file**" in session.text(), diskless.log[-40:]
        for page in PAGES:
            session.visit(page)
            assert session.text()
        files = [file for file in open_files(diskless.pid) if file.startswith("/") and not file.startswith("/dev/")]
        # Whatever file the server has open is one that it was installed with, be it below /tmp that it was installed.
        strange = [file for file in files if not file.startswith(INSTALLED) and "/tmp" in file]
        assert [file for file in files if "(deleted)" in file or NAME in file] + strange == []


def test_that_limit_does_forbid_writing(diskless: DisklessServer) -> None:
    assert resource.prlimit(diskless.pid, resource.RLIMIT_FSIZE) == (0, 0)


def test_the_log_names_nobody(diskless: DisklessServer) -> None:
    wav = next(clips(9, Recognizer())).wav
    with WebSession(diskless.url, PATIENCE_S) as session:
        session.upload(wav, NAME)
        session.upload(b"not a sound at all " * 99, NAME)
        assert "does not begin like any audio" in session.text()
    log = "".join(diskless.log)
    assert "app started" in log
    for secret in (NAME, "secret", session.id, hashlib.sha256(wav).hexdigest(), "not a sound at all", "RIFF"):
        assert secret not in log
    assert "Traceback" not in log
