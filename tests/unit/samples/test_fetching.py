"""Clips are fetched, checked and kept, and a failing server gives an error within the time limit."""

from __future__ import annotations

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler
from types import SimpleNamespace

import pytest
import requests
import urllib3

from ser_core.errors import SampleError
from ser_core.samples import Sample, SampleLibrary, SampleSettings, open_library
from ser_core.samples.fetching import Fetcher
from tests.unit.samples.generated_clips import CLIP_NAMES, CLIPS, FIRST_CONTENT, FIRST_PATH
from tests.unit.samples.libraries import (
    LONG_S,
    assert_error_advises_another_clip,
    closed_port,
    files_under,
    open_with,
    with_failing_server,
)
from tests.unit.samples.local_server import (
    FAILURES_OF_ONE_CLIP,
    FAILURES_OF_THE_SERVER,
    PATIENCE_S,
    Behaviour,
    Server,
    answer,
    assert_no_transfer_is_running,
    serve_404,
    serve_500,
    serve_body_in_drips,
    serve_headers_in_drips,
    serve_lfs_pointer,
    serve_other_bytes,
    serve_short,
    serve_silence,
    serve_well,
    serve_without_end,
)


def test_a_clip_is_the_official_file_and_is_fetched_once(
    library: SampleLibrary, server: Server, settings: SampleSettings
) -> None:
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert server.requests == 1
    later = open_with(settings, base_urls=(f"http://127.0.0.1:{closed_port()}/",))
    assert later.load(later.samples[0]) == FIRST_CONTENT


def test_an_address_without_its_last_slash_works(settings: SampleSettings, server: Server) -> None:
    library = open_with(settings, base_urls=(server.url.rstrip("/"),))
    assert library.load(library.samples[0]) == FIRST_CONTENT


def test_a_damaged_copy_in_the_cache_is_fetched_again(
    library: SampleLibrary, server: Server, settings: SampleSettings
) -> None:
    library.load(library.samples[0])
    (settings.cache_dir / FIRST_PATH).write_bytes(b"rot")
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert server.requests == 2


def test_a_redirect_is_followed(library: SampleLibrary, server: Server) -> None:
    def redirect_once(server: Server, handler: BaseHTTPRequestHandler) -> None:
        if handler.path.startswith("/elsewhere/"):
            return answer(handler, CLIPS[handler.path.removeprefix("/elsewhere/")])
        handler.send_response(302)
        handler.send_header("Location", f"/elsewhere{handler.path}")
        handler.end_headers()
        # The body of a redirect is not read.
        return serve_silence(server, handler)

    server.behave = redirect_once
    assert library.load(library.samples[0]) == FIRST_CONTENT


@pytest.mark.parametrize("behave", FAILURES_OF_ONE_CLIP + FAILURES_OF_THE_SERVER)
def test_a_failing_server_gives_an_error_and_other_samples_can_be_loaded(
    server: Server, settings: SampleSettings, behave: Behaviour
) -> None:
    library = with_failing_server(settings, server, behave)
    start_s = time.monotonic()
    with pytest.raises(SampleError) as caught:
        library.load(library.samples[0])
    assert time.monotonic() - start_s < PATIENCE_S
    assert_error_advises_another_clip(caught.value)
    assert files_under(settings.cache_dir) == []
    assert library.load(library.samples[-1])


@pytest.mark.parametrize(
    ("behave", "words"),
    [
        (serve_other_bytes, "not the official recording"),
        (serve_404, "does not have it"),
        (serve_lfs_pointer, "a Git LFS pointer"),
        (serve_short, "shorter than the official"),
        (serve_without_end, "longer than the official"),
        (serve_500, "status 500"),
        (serve_silence, "longer than 0.3 seconds"),
    ],
)
def test_the_error_names_the_failure(settings: SampleSettings, server: Server, behave: Behaviour, words: str) -> None:
    library = with_failing_server(settings, server, behave)
    with pytest.raises(SampleError, match=words):
        library.load(library.samples[0])


def test_a_very_slow_server_does_not_keep_a_thread_running(settings: SampleSettings, server: Server) -> None:
    library = with_failing_server(settings, server, serve_body_in_drips)
    with pytest.raises(SampleError):
        library.load(library.samples[0])
    assert_no_transfer_is_running()
    assert not server.end.is_set()


@pytest.mark.parametrize("behave", [serve_other_bytes, serve_404, serve_short])
def test_after_one_bad_clip_others_are_fetched(library: SampleLibrary, server: Server, behave: Behaviour) -> None:
    server.behave = behave
    with pytest.raises(SampleError):
        library.load(library.samples[0])
    server.behave = serve_well
    assert library.load(library.samples[1]) == CLIPS[f"AudioWAV/{CLIP_NAMES[1]}.wav"]


@pytest.mark.parametrize("behave", FAILURES_OF_THE_SERVER)
def test_a_server_that_failed_gets_no_request_during_the_pause(
    settings: SampleSettings, server: Server, behave: Behaviour
) -> None:
    library = with_failing_server(settings, server, behave)
    with pytest.raises(SampleError):
        library.load(library.samples[0])
    n_requests = server.requests
    with pytest.raises(SampleError, match="a moment ago") as caught:
        library.load(library.samples[1])
    assert_error_advises_another_clip(caught.value)
    assert server.requests == n_requests


def test_a_server_that_failed_gets_a_request_after_the_pause(settings: SampleSettings, server: Server) -> None:
    library = open_with(settings, pause_s=0.0)
    server.behave = serve_500
    with pytest.raises(SampleError, match="status 500"):
        library.load(library.samples[0])
    server.behave = serve_well
    assert library.load(library.samples[0]) == FIRST_CONTENT


@pytest.mark.parametrize("url", ["http://127.0.0.1:{port}/", "http://", "nonsense", "http://[::1", "http://\x00/"])
def test_an_address_without_a_server_is_an_error(settings: SampleSettings, url: str) -> None:
    library = open_with(settings, base_urls=(url.format(port=closed_port()),))
    with pytest.raises(SampleError) as caught:
        library.load(library.samples[0])
    assert_error_advises_another_clip(caught.value)
    assert files_under(settings.cache_dir) == []


def test_a_redirect_from_a_secure_address_to_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    redirect = SimpleNamespace(is_redirect=True, headers={"location": "http://insecure.example/x.wav"})
    requested_urls: list[str] = []

    def get(session: requests.Session, url: str, **options: object) -> contextlib.nullcontext:
        requested_urls.append(url)
        return contextlib.nullcontext(redirect)

    monkeypatch.setattr(requests.Session, "get", get)
    with pytest.raises(SampleError, match="without HTTPS"):
        Fetcher(LONG_S, pause_s=0.0).fetch("https://secure.example/x.wav", 10)
    assert requested_urls == ["https://secure.example/x.wav"]


def load_at_once(library: SampleLibrary, samples: list[Sample]) -> list[bytes | SampleError]:
    results: list[bytes | SampleError] = [b""] * len(samples)

    def load(place: int) -> None:
        try:
            results[place] = library.load(samples[place])
        except SampleError as error:
            results[place] = error

    threads = [threading.Thread(target=load, args=(place,)) for place in range(len(samples))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_many_threads_can_load_at_once(settings: SampleSettings) -> None:
    library = open_library(settings)
    expected = [*CLIPS.values(), *CLIPS.values()]
    samples = [*library.samples[: len(CLIPS)]] * 2
    assert load_at_once(library, samples) == expected


def test_many_threads_do_not_wait_one_after_the_other_for_a_dead_server(
    settings: SampleSettings, server: Server
) -> None:
    library = with_failing_server(settings, server, serve_headers_in_drips)
    start_s = time.monotonic()
    results = load_at_once(library, list(library.samples[:10]))
    assert time.monotonic() - start_s < PATIENCE_S
    assert all(isinstance(result, SampleError) for result in results)
    assert server.requests <= 4


@pytest.mark.parametrize(
    "error",
    [
        requests.ReadTimeout(),
        requests.ConnectTimeout(),
        urllib3.exceptions.ReadTimeoutError(urllib3.HTTPConnectionPool("a.example"), "/", "read timed out"),
        TimeoutError(),
    ],
)
def test_a_timeout_of_the_http_client_means_too_slow(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def get(session: requests.Session, url: str, **options: object) -> None:
        raise error

    monkeypatch.setattr(requests.Session, "get", get)
    with pytest.raises(SampleError, match="took longer than 60 seconds"):
        Fetcher(LONG_S, pause_s=0.0).fetch("https://a.example/x.wav", 10)
