"""``ser predict`` on many recordings: formats, labels, an output that is whole, and going on after a stop."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import shutil
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples, load_audio, to_wav_bytes
from ser_core.batch.tables import COLUMNS
from ser_core.cli import main, printing
from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.voice_profile import VoiceProfile
from tests.harness.paths import COMPUTER_VOICES
from tests.harness.recordings import cut_mp3, encode_tracks
from tests.unit.batch.archives import zipped

Capture = pytest.CaptureFixture[str]


class CountedPredictions:
    """Counts the predictions, and stops the run as Ctrl-C does after some of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.n = 0
        self.stop_after: int | None = None
        predict = Recognizer.predict

        def counted(recognizer: Recognizer, audio: Audio, profile: VoiceProfile | None = None) -> Prediction:
            # Not equal: two threads may count at the same time.
            if self.stop_after is not None and self.n >= self.stop_after:
                raise KeyboardInterrupt
            self.n += 1
            return predict(recognizer, audio, profile)

        monkeypatch.setattr(Recognizer, "predict", counted)


@pytest.fixture
def predictions(monkeypatch: pytest.MonkeyPatch) -> CountedPredictions:
    return CountedPredictions(monkeypatch)


def run(capsys: Capture, *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    status = main(["predict", *arguments])
    return status, capsys.readouterr().out


def rows(capsys: Capture, *arguments: str) -> list[dict[str, object]]:
    _, printed = run(capsys, "--json", *arguments)
    return [json.loads(line) for line in printed.splitlines()]


def test_every_format_has_every_file(folder: Path, capsys: Capture) -> None:
    status, text = run(capsys, "--format", "csv", "clips")
    table = pd.read_csv(io.StringIO(text))
    assert status == 1
    assert list(table.columns) == list(COLUMNS)
    assert table["true_emotion"].dropna().tolist() == ["angry", "sad", "happy", "sad"]
    _, text = run(capsys, "--format", "table", "clips")
    assert len(text.splitlines()) == 1 + len(table)
    assert "cannot be read" in text
    assert main(["predict", "clips", "--output", "table.parquet"]) == 1
    pd.testing.assert_frame_equal(
        pd.read_parquet("table.parquet")[list(COLUMNS)].astype(table.dtypes), table, rtol=1e-5
    )


def test_a_pattern_and_a_list_give_the_same_rows_as_a_folder(folder: Path, capsys: Capture) -> None:
    below = rows(capsys, "clips")
    assert rows(capsys, "clips/**/*.wav") == sorted(below, key=lambda row: str(row["path"]))
    assert rows(capsys, *(str(row["path"]) for row in below)) == below


@pytest.mark.parametrize("rule", ["folder", r"clips/(\w+)/", "labels.csv"])
def test_each_clip_is_compared_with_the_others_of_its_speaker(rule: str, folder: Path, capsys: Capture) -> None:
    with (folder / "labels.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["path", "speaker"])
        writer.writerows([[path.name, path.parent.name] for path in (folder / "clips").glob("*/*.wav")])
    compared = {str(row["path"]): row for row in rows(capsys, "--speaker-from", rule, "clips") if "error" not in row}
    assert {row["compared_with_clips"] for row in compared.values()} == {1.0}
    assert {row["speaker"] for row in compared.values()} == {"al", "bo"}


def test_a_stopped_run_leaves_a_whole_file_and_goes_on(
    folder: Path, capsys: Capture, predictions: CountedPredictions
) -> None:
    command = ["clips", "--output", "all.csv", "--speaker-from", "folder"]
    assert run(capsys, *command)[0] == 1
    whole, n_predictions = Path("all.csv").read_text(), predictions.n
    predictions.n, predictions.stop_after = 0, 5
    capsys.readouterr()
    assert main(["predict", *command]) == 130
    assert "of 5 files; the same command goes on" in capsys.readouterr().err
    part = Path("all.csv").read_text()
    assert whole.startswith(part)
    n_rows = len(part.splitlines()) - 1
    assert 0 < n_rows < 5
    predictions.n, predictions.stop_after = 0, None
    assert run(capsys, *command)[0] == 1
    assert Path("all.csv").read_text() == whole
    assert 0 < predictions.n < n_predictions
    assert sorted(path.name for path in folder.iterdir()) == ["all.csv", "clips"]


def test_a_changed_file_is_judged_again(folder: Path, capsys: Capture, predictions: CountedPredictions) -> None:
    predictions.stop_after = 3
    assert run(capsys, "clips", "--output", "all.jsonl")[0] == 130
    shutil.copy(COMPUTER_VOICES / "fear_male.wav", folder / "clips" / "al" / "angry_male.wav")
    predictions.n, predictions.stop_after = 0, None
    assert run(capsys, "clips", "--output", "all.jsonl")[0] == 1
    assert predictions.n == 4
    assert [json.loads(line) for line in Path("all.jsonl").read_text().splitlines()] == rows(capsys, "clips")


def test_standard_error_has_no_messages_of_libraries(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["predict", "clips/al"]) == 0
    assert capfd.readouterr().err == ""


def test_damage_of_a_recording_is_reported_in_its_row_only(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("cut.mp3").write_bytes(cut_mp3())
    main(["predict", "cut.mp3"])
    main(["predict", "cut.mp3", "--format", "csv", "--output", "cut.csv"])
    assert re.fullmatch(r"1 file: 1 (sure|leaning|open)\nwritten: cut\.csv\n", capfd.readouterr().err)


@pytest.mark.parametrize("name", ["missing", "missing.wav", "missing/*.wav", "missing.csv", "missing.zip"])
def test_a_name_that_is_missing_is_explained(name: str, folder: Path, capsys: Capture) -> None:
    status, printed = run(capsys, name)
    assert status == 1
    assert "There is no file or folder with this name" in printed


def test_a_timeline_for_each_longer_recording(folder: Path, capsys: Capture, predictions: CountedPredictions) -> None:
    voice = load_audio(COMPUTER_VOICES / "sad_male.wav").samples
    pause = np.zeros(5 * SAMPLE_RATE_HZ, np.float32)
    long_clip = np.concatenate([voice, voice, pause, voice])
    (folder / "clips" / "al" / "long.wav").write_bytes(to_wav_bytes(long_clip))
    (folder / "clips" / "al" / "silent.wav").write_bytes(to_wav_bytes(np.zeros(5 * SAMPLE_RATE_HZ, np.float32)))
    command = ["clips", "--timeline", "moments", "--output", "all.csv"]
    # Stopped after the recording, whose file is there then.
    predictions.stop_after = 4
    assert run(capsys, *command)[0] == 130
    predictions.stop_after = None
    assert run(capsys, *command)[0] == 1
    (file,) = [path for path in (folder / "moments").rglob("*") if path.is_file()]
    assert file == folder / "moments" / "clips" / "al" / "long.wav.csv"
    table = pd.read_csv(file)
    assert list(table.columns) == ["start_s", "end_s", *LABELS]
    timeline = Recognizer().predict(from_samples(long_clip, SAMPLE_RATE_HZ)).timeline
    assert timeline is not None
    np.testing.assert_allclose(table[list(LABELS)], timeline.probabilities, atol=1e-3)
    assert table["angry"].isna().any()


def test_a_run_without_timelines_is_not_continued_with_them(
    folder: Path, capsys: Capture, predictions: CountedPredictions
) -> None:
    long_clip = np.tile(load_audio(COMPUTER_VOICES / "sad_male.wav").samples, 3)
    (folder / "clips" / "al" / "a.wav").write_bytes(to_wav_bytes(long_clip))
    predictions.stop_after = 3
    assert run(capsys, "clips", "--output", "all.csv")[0] == 130
    predictions.stop_after = None
    assert run(capsys, "clips", "--output", "all.csv", "--timeline", "moments")[0] == 1
    assert [path.name for path in (folder / "moments").rglob("*.csv")] == ["a.wav.csv"]


def test_a_report_and_figures(folder: Path, capsys: Capture) -> None:
    assert main(["predict", "clips", "--report", "out/report.html"]) == 1
    printed = capsys.readouterr().err
    assert "4 whose names or table tell the true emotion: accuracy" in printed
    assert "written: out/report.html" in printed
    assert "<h1>5 files</h1>" in Path("out/report.html").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_unicode_is_printed(folder: Path, capsys: Capture) -> None:
    shutil.copy(COMPUTER_VOICES / "sad_male.wav", "\udcff.wav")
    assert run(capsys, "\udcff.wav")[1].startswith("?.wav: ")


def test_an_archive_is_read_without_unpacking(folder: Path, capsys: Capture) -> None:
    voice = (COMPUTER_VOICES / "sad_male.wav").read_bytes()
    (folder / "x.zip").write_bytes(
        zipped({"a/1.wav": voice, "labels.csv": b"path,emotion\na/1.wav,joy\n", "b.txt": b""})
    )
    first, second = rows(capsys, "x.zip")
    assert (first["path"], first["true_emotion"]) == ("x.zip/a/1.wav", "happy")
    assert set(second) == {"path", "skipped"}


def test_each_channel_is_a_line(folder: Path, capsys: Capture) -> None:
    import soundfile

    mono, rate_hz = soundfile.read(COMPUTER_VOICES / "sad_male.wav")
    soundfile.write("two.wav", pd.DataFrame({"left": mono, "right": mono[::-1]}).to_numpy(), rate_hz)
    status, text = run(capsys, "--channels", "each", "two.wav")
    assert status == 0
    assert [line.split(":")[0] for line in text.splitlines()] == ["two.wav, channel 1", "two.wav, channel 2"]


def test_a_track_can_be_chosen(folder: Path, capsys: Capture) -> None:
    first, second = (load_audio(COMPUTER_VOICES / f"{name}_male.wav").samples[:, None] for name in ("angry", "sad"))
    (folder / "two.mka").write_bytes(encode_tracks([(first, "flac"), (second, "flac")], SAMPLE_RATE_HZ, "matroska"))
    for track, samples in (("1", first), ("2", second)):
        (row,) = rows(capsys, "--track", track, "two.mka")
        assert row["duration_s"] == pytest.approx(len(samples) / SAMPLE_RATE_HZ, abs=0.01)
    assert run(capsys, "--track", "3", "two.mka")[0] == 1
    with pytest.raises(SystemExit):
        main(["predict", "--track", "0", "two.mka"])


@pytest.mark.parametrize(
    "arguments",
    [["--speaker-from", "("], ["--speaker-from", "missing.csv"], ["--output", "x.doc"], ["--output", "bad.wav/x.csv"]],
    ids=["pattern", "table", "ending", "folder"],
)
def test_what_cannot_run_says_so_at_once(arguments: list[str], folder: Path, capsys: Capture) -> None:
    shutil.copy(folder / "clips" / "bad.wav", "bad.wav")
    assert main(["predict", *arguments, "clips"]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_progress_is_shown_on_a_terminal(folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ser_core.cli.progress._DRAW_EVERY_S", 0.0)
    main(["predict", "clips"])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    main(["predict", "clips"])
    assert "4 of 5, about 0:" in capsys.readouterr().err


def test_link_to_nothing_and_empty_path_are_rows_with_the_reason(folder: Path, capsys: Capture) -> None:
    Path("link.wav").symlink_to("nothing.wav")
    for path in ("link.wav", ""):
        status, printed = run(capsys, path)
        assert status == 1
        assert "There is no file or folder with this name" in printed


def test_closed_standard_input_is_a_row_with_the_reason(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    status, printed = run(capsys, "-")
    assert status == 1
    assert "The file is empty" in printed


@pytest.mark.parametrize("output_format", ["lines", "table"])
def test_name_cannot_break_a_line_or_command_a_terminal(output_format: str, folder: Path, capsys: Capture) -> None:
    shutil.copy("clips/al/sad_male.wav", "a\n\x1b[31mb.wav")
    _, printed = run(capsys, "--format", output_format, "a\n\x1b[31mb.wav")
    assert "\x1b" not in printed
    assert "a??[31mb.wav" in printed


def test_report_that_is_not_html_is_refused_before_the_work(folder: Path, capsys: Capture) -> None:
    assert main(["predict", "clips", "--report", "report.pdf"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "--report report.html" in captured.err


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_full_disk_behind_standard_output_is_one_sentence(
    code: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:

    def fail(*_: object) -> str:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(printing, "line_of", fail)
    assert main(["predict", "clips/al"]) == 2
    assert f"The output cannot be written ({os.strerror(code)})" in capfd.readouterr().err


def test_table_without_recordings_is_refused(folder: Path, capsys: Capture) -> None:
    Path("table.csv").write_text("path,speaker\nclips/al/sad_male.wav,al\n")
    assert main(["predict", "table.csv"]) == 2
    assert "ser predict recordings/ table.csv" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--labels", "--speaker-from"])
def test_missing_table_is_named_as_a_table(option: str, folder: Path, capsys: Capture) -> None:
    assert main(["predict", "clips", option, "missing.csv"]) == 2
    assert "The table of labels is missing or empty" in capsys.readouterr().err


def test_timeline_without_files_is_not_said_to_be_written(folder: Path, capsys: Capture) -> None:
    main(["predict", "clips/al/sad_male.wav", "--timeline", "moments"])
    assert "written" not in capsys.readouterr().err
