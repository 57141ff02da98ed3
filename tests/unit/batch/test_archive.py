"""Hostile ZIP archives: each is refused with a reason, and nothing large is unpacked."""

from __future__ import annotations

import dataclasses
import io
import sys
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from ser_core.batch.archive import DEFAULT_ARCHIVE_LIMITS, ArchiveLimits, open_archive, why_refused
from ser_core.batch.listing import GivenFile, list_entries
from ser_core.corpora.own_labels import Labels
from ser_core.corpora.utterance import Skipped
from ser_core.errors import ArchiveError
from tests.unit.batch.archives import claiming_size, marked_encrypted, with_link, without_name, zipped

MB = 1024**2


def reasons(content: bytes) -> dict[str, str]:
    """Return why files of an archive are left out, by name."""
    entries = list_entries([GivenFile("x.zip", io.BytesIO(content))], Labels())
    return {entry.path: entry.reason for entry in entries if isinstance(entry, Skipped)}


def read_only_member(content: bytes, limits: ArchiveLimits = DEFAULT_ARCHIVE_LIMITS) -> bytes:
    archive = open_archive(content, limits)
    ((path, info),) = archive.members()
    assert why_refused(path, info) is None
    return archive.read(info)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped({"../a.wav": b"x"}), "out of the archive"),
        (zipped({"a/../../b.wav": b"x"}), "out of the archive"),
        (zipped({"/etc/a.wav": b"x"}), "out of the archive"),
        (zipped({"C:\\a.wav": b"x"}), "out of the archive"),
        (zipped({".": b"x"}), "no name"),
        (without_name(zipped({"a": b"x"})), "no name"),
        (with_link("a.wav", "/etc/passwd"), "a link"),
        (marked_encrypted(zipped({"a.wav": b"x"})), "encrypted"),
        (zipped({"inner.zip": zipped({"a.wav": b"x"})}), "archive inside"),
        (zipped({"inner.tar.gz": b"x"}), "archive inside"),
        (zipped({"a.wav": b"x"}, zipfile.ZIP_LZMA), "Deflate"),
        (zipped({"notes.txt": b"x"}), "ending of the file name"),
    ],
    ids=[
        "parent",
        "hidden parent",
        "root",
        "drive",
        "dot",
        "no name",
        "link",
        "encrypted",
        "zip",
        "tar",
        "lzma",
        "text",
    ],
)
def test_a_file_that_is_not_unpacked_has_its_reason(content: bytes, words: str) -> None:
    (reason,) = reasons(content).values()
    assert words in reason


def test_hidden_files_and_folders_are_no_entries() -> None:
    assert reasons(zipped({"__MACOSX/._a.wav": b"x", ".DS_Store": b"x", "folder/": b""})) == {}


def test_a_bomb_is_stopped_while_it_is_unpacked() -> None:
    content = zipped({"a.wav": bytes(40 * MB)})
    tracemalloc.start()
    with pytest.raises(ArchiveError, match="times its packed size"):
        read_only_member(content)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 8 * MB


def test_a_size_in_the_directory_is_not_trusted() -> None:
    honest = zipped({"a.wav": bytes(2 * MB)})
    with pytest.raises(ArchiveError):
        read_only_member(claiming_size(honest, 100))
    with pytest.raises(ArchiveError):
        read_only_member(claiming_size(honest, 2**32 - 2))


def test_sizes_are_limited_for_a_file_and_for_all_files() -> None:
    with pytest.raises(ArchiveError, match="The file unpacks"):
        read_only_member(zipped({"a.wav": bytes(3000)}), ArchiveLimits(max_file_bytes=2000))
    archive = open_archive(zipped({"a.wav": bytes(900), "b.wav": bytes(900)}), ArchiveLimits(max_total_bytes=1000))
    (_, first), (_, second) = archive.members()
    # A second reading of the same file costs no more of the total.
    assert archive.read(first) == archive.read(first) == bytes(900)
    with pytest.raises(ArchiveError, match="All files"):
        archive.read(second)


def test_two_files_with_one_name_count_twice() -> None:
    content = zipped({"a.wav": bytes(900), "b.wav": bytes(900)}).replace(b"b.wav", b"a.wav")
    archive = open_archive(content, ArchiveLimits(max_total_bytes=1000))
    (_, first), (_, second) = archive.members()
    archive.read(first)
    with pytest.raises(ArchiveError, match="All files"):
        archive.read(second)


def test_a_colon_in_a_name_is_no_drive() -> None:
    assert reasons(zipped({"10:30 interview.wav": b"x", "day/10:30.wav": b"x"})) == {}


def test_silence_that_packs_well_is_read() -> None:
    assert read_only_member(zipped({"a.wav": bytes(500_000)})) == bytes(500_000)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut", b"Rar!\x1a\x07"])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(ArchiveError, match="cannot be opened"):
        open_archive(content)


def test_a_damaged_file_is_refused_alone() -> None:
    content = bytearray(zipped({"a.wav": b"one" * 100, "b.wav": b"two" * 100}, zipfile.ZIP_STORED))
    content[content.index(b"oneone") + 5] ^= 0xFF
    archive = open_archive(bytes(content))
    (_, damaged), (_, healthy) = archive.members()
    with pytest.raises(ArchiveError, match="damaged in the archive"):
        archive.read(damaged)
    assert archive.read(healthy) == b"two" * 100


def test_a_directory_with_too_many_entries_is_refused() -> None:
    content = zipped({f"{number}.wav": b"" for number in range(1500)})
    with pytest.raises(ArchiveError, match="cannot be opened"):
        open_archive(content, ArchiveLimits(max_directory_bytes=70_000))


def test_more_files_than_allowed_are_counted() -> None:
    content = zipped({f"{number}.wav": b"x" for number in range(7)} | {f"{number}.txt": b"x" for number in range(9)})
    entries = list_entries([GivenFile("x.zip", io.BytesIO(content))], Labels(), max_files=5)
    assert len(entries) == 5 + 5 + 1
    last = entries[-1]
    assert isinstance(last, Skipped)
    assert last.path == "6 more files"


def test_threads_can_read_one_archive() -> None:
    names = [f"{number}.wav" for number in range(2000)]
    archive = open_archive(zipped(dict.fromkeys(names, b"x" * 100)), DEFAULT_ARCHIVE_LIMITS)
    infos = [info for _, info in archive.members()]
    # Threads take turns so often that they meet in each step.
    interval_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            contents = list(pool.map(archive.read, infos))
    finally:
        sys.setswitchinterval(interval_s)
    assert contents == [b"x" * 100] * len(names)


def test_the_limit_of_the_whole_archive_holds_for_files_that_are_read_twice() -> None:
    limits = dataclasses.replace(DEFAULT_ARCHIVE_LIMITS, max_total_bytes=250)
    archive = open_archive(zipped(dict.fromkeys(("1.wav", "2.wav", "3.wav"), b"x" * 100)), limits)
    first, second, third = (info for _, info in archive.members())
    for info in (first, second, first):
        archive.read(info)
    with pytest.raises(ArchiveError, match="All files"):
        archive.read(third)
