"""A clip is taken from the first source that delivers the official file."""

from __future__ import annotations

import pytest

from ser_core.errors import SampleError
from ser_core.samples import SampleLibrary, SampleSettings
from tests.unit.samples.generated_clips import CLIP_NAMES, CLIPS, FIRST_CONTENT
from tests.unit.samples.libraries import SHORT_S, assert_error_advises_another_clip, closed_port, open_with
from tests.unit.samples.local_server import (
    FAILURES_OF_ONE_CLIP,
    FAILURES_OF_THE_SERVER,
    STALLS,
    Behaviour,
    Server,
    redirect_to,
    serve_404,
    serve_500,
    serve_well,
)

FAILURES = [*FAILURES_OF_ONE_CLIP, *FAILURES_OF_THE_SERVER]


@pytest.fixture
def library(settings: SampleSettings, server: Server, mirror: Server) -> SampleLibrary:
    """Return a library that tries the first server before the mirror."""
    return open_with(settings, base_urls=(server.url, mirror.url))


@pytest.mark.parametrize("behave", FAILURES)
def test_a_clip_that_the_first_source_does_not_deliver_comes_from_the_second(
    settings: SampleSettings, server: Server, mirror: Server, behave: Behaviour
) -> None:
    server.behave = behave
    # Both sources get the short limit. It is long enough for a server on this machine.
    limit_s = 10 * SHORT_S if behave in STALLS else settings.timeout_s
    library = open_with(settings, base_urls=(server.url, mirror.url), timeout_s=limit_s)
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert mirror.requests == 1


def test_the_second_source_is_not_asked_while_the_first_works(library: SampleLibrary, mirror: Server) -> None:
    for sample in library.samples[:3]:
        library.load(sample)
    assert mirror.requests == 0


def test_the_source_that_works_is_asked_first_from_then_on(
    library: SampleLibrary, server: Server, mirror: Server
) -> None:
    server.behave = serve_404
    for sample in library.samples[:4]:
        library.load(sample)
    assert (server.requests, mirror.requests) == (1, 4)


def test_the_first_source_is_asked_again_when_the_second_fails(
    library: SampleLibrary, server: Server, mirror: Server
) -> None:
    server.behave = serve_404
    library.load(library.samples[0])
    server.behave, mirror.behave = serve_well, serve_404
    assert library.load(library.samples[1]) == CLIPS[f"AudioWAV/{CLIP_NAMES[1]}.wav"]


def test_the_error_names_the_failure_of_every_source(library: SampleLibrary, server: Server, mirror: Server) -> None:
    server.behave, mirror.behave = serve_404, serve_500
    with pytest.raises(SampleError) as caught:
        library.load(library.samples[0])
    assert_error_advises_another_clip(caught.value)
    assert f"127.0.0.1:{server.server_port}: the repository does not have it" in caught.value.problem
    assert f"127.0.0.1:{mirror.server_port}: the server answered with status 500" in caught.value.problem


def test_a_redirect_to_another_source_on_the_list_is_followed(
    library: SampleLibrary, server: Server, mirror: Server
) -> None:
    server.behave = redirect_to(mirror.url)
    for sample in library.samples[:2]:
        library.load(sample)
    # Not a failure of the first source, which is still asked first.
    assert (server.requests, mirror.requests) == (2, 2)


def test_a_redirect_to_a_host_that_is_not_on_the_list_is_refused(
    settings: SampleSettings, server: Server, mirror: Server
) -> None:
    library = open_with(settings, base_urls=(server.url,))
    server.behave = redirect_to(mirror.url)
    with pytest.raises(SampleError, match=f"127.0.0.1:{mirror.server_port}, which is not on the list"):
        library.load(library.samples[0])
    assert mirror.requests == 0


class TestAvailability:
    def test_all_clips_keep_their_order_while_a_source_works(self, library: SampleLibrary, server: Server) -> None:
        server.behave = serve_500
        library.load(library.samples[0])
        assert library.available_first() == library.samples

    def test_clips_that_no_source_delivers_now_come_last(
        self, library: SampleLibrary, server: Server, mirror: Server
    ) -> None:
        stored = library.samples[2]
        library.load(stored)
        server.behave = mirror.behave = serve_404
        with pytest.raises(SampleError):
            library.load(library.samples[0])
        computer_voices = tuple(sample for sample in library.samples if sample.origin == "computer")
        assert library.available_first()[: 1 + len(computer_voices)] == (stored, *computer_voices)
        assert sorted(library.available_first(), key=lambda sample: sample.sample_id) == sorted(
            library.samples, key=lambda sample: sample.sample_id
        )

    def test_clips_have_their_order_again_when_a_source_delivers(
        self, library: SampleLibrary, server: Server, mirror: Server
    ) -> None:
        server.behave = mirror.behave = serve_404
        with pytest.raises(SampleError):
            library.load(library.samples[0])
        server.behave = serve_well
        library.load(library.samples[0])
        assert library.available_first() == library.samples

    def test_clips_have_their_order_again_after_the_pause(self, settings: SampleSettings) -> None:
        library = open_with(settings, base_urls=(f"http://127.0.0.1:{closed_port()}/",), pause_s=0.0)
        with pytest.raises(SampleError):
            library.load(library.samples[0])
        assert library.available_first() == library.samples
