"""``--shards``: the parts of a corpus as Parquet files, going on after a stop, and recordings at addresses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from ser_core.cli import main
from ser_core.parallel import mapping
from ser_core.paths import DEFAULT_NETWORK
from tests.harness.paths import ROOT, SAD_VOICE
from tests.harness.recordings import cut_mp3
from tests.unit.batch.archives import zipped

pytestmark = pytest.mark.usefixtures("folder")


class OneProcess:
    """Takes the place of the workers: the tasks are done in this process, and those that were done are counted."""

    def __init__(self) -> None:
        self.n_done = 0
        self.stop_after: int | None = None

    def __call__(
        self, function: Callable[[Any], Any], tasks: Sequence[Any], cluster: str | None
    ) -> Iterator[tuple[int, Any]]:
        for place, task in enumerate(tasks):
            if self.n_done == self.stop_after:
                raise KeyboardInterrupt
            self.n_done += 1
            yield place, function(task)


@pytest.fixture(autouse=True)
def workers(monkeypatch: pytest.MonkeyPatch) -> OneProcess:
    one_process = OneProcess()
    monkeypatch.setattr(mapping, "map_tasks", one_process)
    return one_process


def test_a_stopped_run_goes_on(workers: OneProcess, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["predict", "clips", "--shards", "out", "--shard-size", "2"]
    workers.stop_after = 2
    assert main(command) == 130
    assert "stopped after 2 of 3 shards; the same command goes on" in capsys.readouterr().err
    assert len(list(Path("out").iterdir())) == 2
    workers.stop_after = None
    # One recording of the earlier shards could not be read.
    assert main(command) == 1
    assert workers.n_done == 3
    assert "going on after 2 of 3 shards" in capsys.readouterr().err
    main(["predict", "clips", "--output", "single.parquet"])
    pd.testing.assert_frame_equal(pd.read_parquet("out"), pd.read_parquet("single.parquet"))


def test_workers_write_no_messages_of_libraries() -> None:
    # LiteRT writes its message once in a process.
    code = f"from ser_core.batch.shards import _recognizer; _recognizer({DEFAULT_NETWORK!r})"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stderr == ""


def test_damage_of_a_recording_is_reported_in_its_row_only(capfd: pytest.CaptureFixture[str]) -> None:
    Path("cut.mp3").write_bytes(cut_mp3())
    assert main(["predict", "cut.mp3", "--shards", "out"]) == 0
    assert capfd.readouterr().err == "1 file in 1 shard; 0 could not be read\n"


def test_damaged_shard_of_an_earlier_run_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["features", "clips", "--shards", "out"]
    main(command)
    (shard,) = Path("out").iterdir()
    shard.write_bytes(b"no Parquet")
    assert main(command) == 2
    assert f"The shard {shard.name} of an earlier run cannot be read" in capsys.readouterr().err


def test_the_recordings_of_a_speaker_are_compared(workers: OneProcess) -> None:
    command = ["predict", "clips", "--speaker-from", "folder"]
    main([*command, "--shards", "out", "--shard-size", "1"])
    assert workers.n_done == 3
    main([*command, "--output", "single.parquet"])
    together = pd.read_parquet("out").sort_values("path", ignore_index=True)
    assert together["compared_with_clips"].max() == 1
    pd.testing.assert_frame_equal(together, pd.read_parquet("single.parquet").sort_values("path", ignore_index=True))


def test_the_shards_of_features_have_the_same_columns() -> None:
    # The first has no recording that can be read.
    assert main(["features", "clips", "--shards", "out", "--shard-size", "1"]) == 1
    shards = [pd.read_parquet(file) for file in sorted(Path("out").iterdir())]
    assert len({tuple(shard.dtypes.astype(str).items()) for shard in shards}) == 1
    table = pd.concat(shards, ignore_index=True).sort_values("path", ignore_index=True)
    main(["features", "clips", "--output", "single.parquet"])
    single = pd.read_parquet("single.parquet").sort_values("path", ignore_index=True)
    pd.testing.assert_frame_equal(table[single.columns], single, check_dtype=False)


def test_shards_of_another_command_stay(capsys: pytest.CaptureFixture[str]) -> None:
    main(["features", "clips", "--shards", "out"])
    before = {file: file.read_bytes() for file in Path("out").iterdir()}
    assert main(["predict", "clips", "--shards", "out"]) == 2
    assert "Choose another folder" in capsys.readouterr().err
    assert {file: file.read_bytes() for file in Path("out").iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["predict", "clips", "--cluster", "tcp://127.0.0.1:1"], "Name one with --shards"),
        (["predict", "clips", "--shards", "out", "--report", "a.html"], "Leave out --report"),
        (["features", "clips", "--shards", "out", "--what", "frames"], "Leave out --what frames"),
        (["predict", "clips.zip", "--shards", "out"], "Unpack the archive first"),
        (["predict", "clips/cut.zip", "--shards", "out"], "Unpack the archive first"),
    ],
)
def test_what_does_not_go_together(arguments: list[str], advice: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("clips.zip").write_bytes(zipped({"a.wav": SAD_VOICE.read_bytes()}))
    Path("clips/cut.zip").write_bytes(b"PK\x03\x04")
    assert main(arguments) == 2
    assert advice in capsys.readouterr().err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("https://host/a/sad_1.wav?signature=x.zip&y=1", True),
        ("https://host/a/sad_1.wav#t=1", True),
        ("memory://clips/a.wav?", False),
    ],
)
def test_a_signed_link_is_one_recording(
    address: str, is_one: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("fsspec", reason="the optional package fsspec is not installed")
    read: list[str] = []

    def content(address: str) -> bytes:
        read.append(address)
        return SAD_VOICE.read_bytes()

    monkeypatch.setattr("ser_core.cli.inputs.read_address", content)
    assert main(["predict", "--json", address]) == (0 if is_one else 2)
    assert read == ([address] if is_one else [])
    assert not is_one or json.loads(capsys.readouterr().out)["true_emotion"] == "sad"


def test_recordings_at_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    fsspec = pytest.importorskip("fsspec", reason="the optional package fsspec is not installed")
    for name in ("a.wav", "deep/b.wav"):
        fsspec.filesystem("memory").pipe(f"/clips/{name}", SAD_VOICE.read_bytes())
    assert main(["predict", "memory://clips", "memory://clips/missing.wav", "--shards", "out"]) == 1
    assert main(["predict", "memory://nothing", "--shards", "out"]) == 2
    assert "no audio file at this address" in capsys.readouterr().err
    table = pd.read_parquet("out")
    assert table["path"].tolist() == [
        f"memory://{path}" for path in ("/clips/a.wav", "/clips/deep/b.wav", "clips/missing.wav")
    ]
    assert table["problem"].isna().tolist() == [True, True, False]
    assert table["problem"][2].startswith("The address cannot be read")
