"""The file of each recording in a folder: below it, and another one for each recording."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ser_core.audio.loading import load_audio
from ser_core.batch.recordings import Recording
from ser_core.cli.file_for_each import paths_in_folder
from tests.harness.paths import SAD_VOICE


def paths_of(*paths: str, channel: int | None = None) -> list[str]:
    recordings = [Recording(path, partial(load_audio, SAD_VOICE), channel) for path in paths]
    return [path.as_posix() for path in paths_in_folder(Path("out"), recordings, "csv").values()]


def test_recordings_of_two_folders_have_two_files() -> None:
    paths = ["a/1.wav", "../a/1.wav", "/a/1.wav", "b/1.wav", "A/1.WAV", "a/1.wav~2"]
    assert paths_of(*paths) == [
        "out/a/1.wav.csv",
        "out/a/1.wav~2.csv",
        "out/a/1.wav~3.csv",
        "out/b/1.wav.csv",
        "out/A/1.WAV~4.csv",
        "out/a/1.wav~2~2.csv",
    ]


def test_channel_is_in_the_name() -> None:
    assert paths_of("a.wav", "../a.wav", channel=2) == ["out/a.wav.2.csv", "out/a.wav.2~2.csv"]


def test_long_name_is_cut_and_stays_different() -> None:
    paths = paths_of(*(f"{'ä' * 120}{number}.wav" for number in range(2)))
    assert len(set(paths)) == 2
    assert all(len(Path(path).name.encode()) < 220 for path in paths)
