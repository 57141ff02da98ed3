"""``ser samples fetch`` fills the cache, and ``ser samples check`` shows which source works."""

from __future__ import annotations

from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest

from ser_core.cli import main
from ser_core.samples import SampleSettings, open_library
from tests.unit.samples.generated_clips import CLIPS, FIRST_PATH
from tests.unit.samples.libraries import files_under
from tests.unit.samples.local_server import Server, serve_404, serve_500, serve_well


def run(action: str) -> int:
    return main(["samples", action])


@pytest.fixture(autouse=True)
def environment(settings: SampleSettings, server: Server, mirror: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands use the local servers and the generated clips."""
    both = replace(settings, base_urls=(server.url, mirror.url))
    monkeypatch.setattr(SampleSettings, "from_environment", lambda: both)


def test_fetch_stores_all_clips(settings: SampleSettings, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fetch") == 0
    assert capsys.readouterr().out == "18 of 18 clips are stored on this machine\n"
    assert settings.cache_dir is not None
    assert len(files_under(settings.cache_dir)) == len(CLIPS)
    n_requests = server.requests
    library = open_library(settings)
    assert [library.load(sample) for sample in library.samples[: len(CLIPS)]] == list(CLIPS.values())
    assert server.requests == n_requests == len(CLIPS)


def test_fetch_names_the_clips_that_it_did_not_get(
    server: Server, mirror: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    def serve_all_but_one(server: Server, handler: BaseHTTPRequestHandler) -> None:
        behave = serve_404 if handler.path.endswith(FIRST_PATH) else serve_well
        behave(server, handler)

    server.behave, mirror.behave = serve_all_but_one, serve_404
    assert run("fetch") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("crema-d/1004_DFA_ANG_XX: This clip could not be fetched")
    assert lines[1:] == ["17 of 18 clips are stored on this machine"]


def test_check_names_each_source(server: Server, mirror: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.behave = serve_500
    assert run("check") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{server.url}: the server answered with status 500",
        f"{mirror.url}: works",
        "0 of 18 clips are stored on this machine",
    ]


def test_check_fails_where_no_source_works(server: Server, mirror: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.behave = mirror.behave = serve_404
    assert run("check") == 1
    assert capsys.readouterr().out.count("the repository does not have it") == 2


@pytest.mark.parametrize("action", ["fetch", "check"])
def test_without_sources_the_commands_are_an_error(
    settings: SampleSettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], action: str
) -> None:
    nothing = replace(settings, base_urls=())
    monkeypatch.setattr(SampleSettings, "from_environment", lambda: nothing)
    assert run(action) == 2
    assert "Fetching is turned off" in capsys.readouterr().err
