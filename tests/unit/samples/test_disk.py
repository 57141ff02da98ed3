"""Clips are kept in memory where the disk does not store them."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from ser_core.errors import SampleError
from ser_core.samples import SampleLibrary, SampleSettings, open_library
from tests.unit.samples.generated_clips import CLIPS, FIRST_CONTENT
from tests.unit.samples.libraries import files_under, open_with
from tests.unit.samples.local_server import Server, serve_other_bytes


@pytest.fixture(params=["closed", "full"])
def library_without_disk(
    request: pytest.FixtureRequest, settings: SampleSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SampleLibrary:
    if request.param == "closed":
        # No folder can be made under a file, not even by the superuser.
        (tmp_path / "a file").write_text("")
        return open_with(settings, cache_dir=tmp_path / "a file" / "cache")

    def no_space(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", no_space)
    return open_library(settings)


def test_without_a_disk_clips_are_kept_in_memory(
    library_without_disk: SampleLibrary, server: Server, settings: SampleSettings
) -> None:
    library = library_without_disk
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert library.load(library.samples[0]) == FIRST_CONTENT
    assert server.requests == 1
    assert files_under(settings.cache_dir) == []


def test_without_a_disk_hashes_are_checked_too(library_without_disk: SampleLibrary, server: Server) -> None:
    server.behave = serve_other_bytes
    with pytest.raises(SampleError, match="not the official recording"):
        library_without_disk.load(library_without_disk.samples[0])


def test_memory_holds_only_the_last_clips(library_without_disk: SampleLibrary, server: Server) -> None:
    library = library_without_disk
    for sample in library.samples[: len(CLIPS)]:
        library.load(sample)
    assert server.requests == len(CLIPS)
    library.load(library.samples[len(CLIPS) - 1])
    assert server.requests == len(CLIPS)
    library.load(library.samples[0])
    assert server.requests == len(CLIPS) + 1
