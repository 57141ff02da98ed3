"""The whole command on recordings at a web server, in an object store and in memory: the rows are those of files."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from ser_core.cli import main

fsspec = pytest.importorskip("fsspec", reason="the optional package fsspec is not installed")

from tests.harness.addresses import ObjectStore, WebFiles, web_server  # noqa: E402

Capture = pytest.CaptureFixture[str]


@pytest.fixture(params=["http", "s3", "memory"])
def address(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the address of a folder with the recordings of ``folder``."""
    (folder / "clips" / "notes.txt").write_text("x")
    implementations = importlib.import_module("fsspec.registry")._registry
    monkeypatch.setitem(implementations, "http", WebFiles)
    monkeypatch.setitem(implementations, "s3", ObjectStore)
    if request.param == "http":
        with web_server(folder) as start:
            yield f"{start}clips"
        return
    system = fsspec.filesystem(request.param)
    for path in (folder / "clips").rglob("*.*"):
        system.pipe(f"bucket/{path.relative_to(folder).as_posix()}", path.read_bytes())
    yield f"{request.param}://bucket/clips"
    system.rm("bucket", recursive=True)


def rows(capsys: Capture, *arguments: str) -> list[dict[str, object]]:
    capsys.readouterr()
    main(["predict", "--json", *arguments])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def without_start(table: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return rows with paths from "clips" on, without the reasons: those of addresses are other sentences."""
    short = [{**row, "path": str(row["path"]).partition("clips/")[2]} for row in table]
    return sorted(short, key=lambda row: str(row["path"]))


def test_folder_at_an_address_has_the_rows_of_the_folder(address: str, capsys: Capture) -> None:
    at_address = rows(capsys, address, "--speaker-from", "folder")
    # Files that are no recordings are rows only where they are on this machine.
    files = [row for row in rows(capsys, "clips", "--speaker-from", "folder") if "skipped" not in row]
    assert without_start(at_address) == without_start(files)
    assert {row["speaker"] for row in files} == {"al", "bo", "clips"}


def test_pattern_and_single_recordings(address: str, capsys: Capture) -> None:
    assert [row["true_emotion"] for row in rows(capsys, f"{address}/al/*.wav")] == ["angry", "sad"]
    first, missing = rows(capsys, f"{address}/al/sad_male.wav", f"{address}/al/missing.wav")
    assert first["true_emotion"] == "sad"
    assert str(missing["error"]).startswith("The address cannot be read")


def test_folder_without_recordings_is_refused(address: str, capsys: Capture) -> None:
    assert main(["predict", f"{address}/nothing/"]) == 2
    assert "at this address" in capsys.readouterr().err


def test_other_commands_read_the_same_recordings(
    address: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree("clips/bo")
    for command in (["features"], ["features", "--what", "frames"], ["predict", "--timeline", "moments"]):
        output = "out" if "frames" in command else f"{command[0]}.csv"
        assert main([*command, f"{address}/al/", "--output", output]) == 0
    assert len(pd.read_csv("features.csv")) == len(pd.read_csv("predict.csv")) == 2
    assert len(list(Path("out").rglob("*.csv"))) == 2
