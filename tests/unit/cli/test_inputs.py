"""The outputs of a command are none of its recordings."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from ser_core.cli import main
from ser_core.cli.inputs import entries_of
from ser_core.corpora.own_labels import Labels

pytestmark = pytest.mark.usefixtures("folder")


def paths_of(named: str, **outputs: Path) -> list[str]:
    arguments = argparse.Namespace(paths=[named], channels="mix", track=None, **outputs)
    return [entry.path for entry in entries_of(arguments, Labels())]


def test_outputs_in_the_folder_are_no_entries() -> None:
    # So a run that was stopped finds the same entries when it goes on.
    before = paths_of(".")
    for name in ("table.csv", ".table.csv.rows", "report.html", "moments/clips/a.wav.csv", "shards/part-1.parquet"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(b"output")
    outputs = {"output": Path("table.csv"), "report": Path("report.html"), "timeline": Path("moments")}
    assert paths_of(".", **outputs, shards=Path("../", Path.cwd().name, "shards")) == before
    assert "table.csv" in paths_of(".", output=Path("other.csv"))


@pytest.mark.parametrize("output", [".", "clips"])
def test_outputs_may_lie_next_to_the_recordings(output: str) -> None:
    assert paths_of("clips", output=Path(output)) == paths_of("clips")


@pytest.mark.parametrize("pattern", ["clips/**/*.wav", "clips/**"])
def test_a_pattern_takes_each_file_once(pattern: str) -> None:
    Path("clips/al/loop").symlink_to(Path("clips").absolute())
    assert paths_of(pattern) == sorted(paths_of("clips"))


@pytest.mark.parametrize("table", [["labels.csv"], ["--labels", "labels.csv"], ["--speaker-from", "./labels.csv"]])
def test_a_table_that_is_read_is_not_replaced(table: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    content = "path,speaker\nclips/al/sad_male.wav,al\n"
    Path("labels.csv").write_text(content)
    assert main(["predict", "clips", *table, "--output", "labels.csv"]) == 2
    assert "The output would replace " in capsys.readouterr().err
    assert Path("labels.csv").read_text() == content
