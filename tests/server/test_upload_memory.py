"""The memory of uploaded files: limited for each session and for the server, and freed as soon as possible."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.harness.app_server import AppServer, running_app
from tests.harness.memory import memory_mb, reset_peak
from tests.harness.paths import SAD_VOICE
from tests.harness.web_session import WebSession

PATIENCE_S = 240.0
FILE_MB = 49
LARGE_FILE = bytes(FILE_MB * 1_000_000)
ACCEPTED, REFUSED = 204, 413
# Changes of memory that have nothing to do with the files.
NOISE_MB = 25


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    with running_app() as started:
        # A first visitor, so that the server has loaded everything that is loaded once.
        with WebSession(started.url, PATIENCE_S) as session:
            session.upload(SAD_VOICE.read_bytes())
            assert session.put_file(LARGE_FILE) == ACCEPTED
        yield started


def wait_for_memory_mb(server: AppServer, limit_mb: float) -> float:
    """Wait until the server's memory is below a limit, for ten seconds at most, and return the memory."""
    deadline_s = time.monotonic() + 10.0
    while memory_mb(server.pid) > limit_mb and time.monotonic() < deadline_s:
        time.sleep(0.1)
    return memory_mb(server.pid)


def voice_with_padding(n_bytes: int) -> bytes:
    """Return a WAV file with a spoken sentence and a long chunk that readers skip."""
    voice = SAD_VOICE.read_bytes()
    padding = b"junk" + n_bytes.to_bytes(4, "little") + bytes(n_bytes)
    riff_bytes = len(voice) - 8 + len(padding)
    return b"RIFF" + riff_bytes.to_bytes(4, "little") + voice[8:] + padding


def test_a_session_stores_two_large_files_and_no_third(server: AppServer) -> None:
    before_mb = memory_mb(server.pid)
    reset_peak(server.pid)
    with WebSession(server.url, PATIENCE_S) as session:
        statuses = [session.put_file(LARGE_FILE) for _ in range(8)]
        assert statuses == [ACCEPTED] * 2 + [REFUSED] * 6
        assert memory_mb(server.pid) - before_mb < 2 * FILE_MB + NOISE_MB
        # Two stored files, and one that is being copied.
        assert memory_mb(server.pid, peak=True) - before_mb < 4 * FILE_MB + NOISE_MB


def test_a_replaced_file_makes_room_for_the_next(server: AppServer) -> None:
    with WebSession(server.url, PATIENCE_S) as session:
        for _ in range(4):
            assert [session.put_file(LARGE_FILE, file_id="the same") for _ in range(2)] == [ACCEPTED, ACCEPTED]


def test_the_files_are_freed_when_the_session_ends(server: AppServer) -> None:
    before_mb = memory_mb(server.pid)
    with WebSession(server.url, PATIENCE_S) as session:
        assert [session.put_file(LARGE_FILE) for _ in range(2)] == [ACCEPTED, ACCEPTED]
        assert memory_mb(server.pid) - before_mb > 2 * FILE_MB - NOISE_MB
    assert wait_for_memory_mb(server, before_mb + NOISE_MB) < before_mb + NOISE_MB


def test_a_file_is_freed_when_the_app_has_read_it(server: AppServer) -> None:
    clip = voice_with_padding(len(LARGE_FILE))
    before_mb = memory_mb(server.pid)
    with WebSession(server.url, PATIENCE_S) as session:
        for _ in range(3):
            session.upload(clip)
            assert "clip.wav, " in session.text()
            assert wait_for_memory_mb(server, before_mb + NOISE_MB) < before_mb + NOISE_MB
        # The clip stays, also when the page runs again.
        session.visit("explore")
        session.visit("")
        assert "clip.wav, " in session.text()
        assert [session.put_file(LARGE_FILE) for _ in range(3)] == [ACCEPTED, ACCEPTED, REFUSED]


def test_all_sessions_together_store_four_large_files(server: AppServer) -> None:
    with ExitStack() as stack:
        sessions = [stack.enter_context(WebSession(server.url, PATIENCE_S)) for _ in range(6)]
        statuses = [session.put_file(LARGE_FILE) for session in sessions]
        assert statuses.count(REFUSED) >= 2
        assert statuses[:2] == [ACCEPTED, ACCEPTED]
        # Small clips are still accepted.
        assert sessions[-1].put_file(SAD_VOICE.read_bytes()) == ACCEPTED
    with WebSession(server.url, PATIENCE_S) as next_session:
        assert next_session.put_file(LARGE_FILE) == ACCEPTED


def test_an_upload_of_unknown_length_is_limited_while_it_arrives(server: AppServer) -> None:
    with WebSession(server.url, PATIENCE_S) as session:
        assert [session.put_file(LARGE_FILE) for _ in range(2)] == [ACCEPTED, ACCEPTED]
        reset_peak(server.pid)
        before_mb = memory_mb(server.pid)
        assert session.put_file(LARGE_FILE, is_chunked=True) == REFUSED
        assert memory_mb(server.pid, peak=True) - before_mb < NOISE_MB
