"""Files that are complete or absent."""

from __future__ import annotations

import ast
import errno
import os
import stat
from pathlib import Path

import pytest

from ser_core.atomic_write import replace_when_complete, write_text
from ser_core.errors import StorageError
from tests.harness.paths import ROOT


def test_the_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    with replace_when_complete(path) as temporary:
        temporary.write_text("complete")
        assert not path.exists()
        assert temporary.suffix == path.suffix
    assert path.read_text() == "complete"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_text(path, "old")

    def write_until_the_disk_is_full() -> None:
        with replace_when_complete(path) as temporary:
            temporary.write_text("ne")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageError, match="No space left"):
        write_until_the_disk_is_full()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_content_is_on_the_disk_before_the_file_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.csv"
    steps: list[tuple[str, bool]] = []
    flush = os.fsync

    def recording_flush(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        steps.append((kind, path.exists()))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", recording_flush)
    write_text(path, "text")
    assert steps == [("file", False), ("folder", True)]


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    write_text(tmp_path / "new" / "folder" / "table.csv", "text")
    assert (tmp_path / "new" / "folder" / "table.csv").read_text() == "text"


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StorageError, match=r"table\.csv"):
        write_text(tmp_path / "file" / "table.csv", "text")


def test_the_library_writes_results_under_a_temporary_name() -> None:
    # Writes that no later run reads: into the temporary folders of pooch and of a visitor's training.
    sources = set((ROOT / "ser_core").rglob("*.py")) - {ROOT / "ser_core" / "samples" / "crema_d.py"}
    calls = [
        (path, node, node.func)
        for path in sources
        if path.parent.name != "own_network"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
    targets = [(path, method.value) for path, _, method in calls if method.attr in {"write_bytes", "write_text"}]
    targets += [(path, node.args[0]) for path, node, method in calls if method.attr in {"save", "to_csv"} and node.args]
    assert len(targets) >= 8
    assert [
        f"{path.name}: {ast.unparse(target)}" for path, target in targets if ast.unparse(target) != "temporary"
    ] == []
