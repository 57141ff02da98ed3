"""The commands ``predict`` and ``evaluate``."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio, to_wav_bytes
from ser_core.cli import main
from ser_core.corpora import LABELS_OF
from ser_core.emotions import LABELS
from tests.harness.paths import COMPUTER_VOICES, ROOT

UNREADABLE = "03-01-05-01-01-01-02.wav"

CALL_WITHOUT_TENSORFLOW = """
import sys
from ser_core.cli import main
folder, clip = sys.argv[1:]
statuses = main(["predict", "--json", clip]), main(["evaluate", "--json", "--data", folder])
heavy = {"tensorflow", "keras", "torch", "streamlit", "plotly"} & set(sys.modules)
sys.exit(f"{statuses} {heavy}" if any(statuses) or heavy else 0)
"""

SILENCE = to_wav_bytes(np.zeros(SAMPLE_RATE_HZ))


VOICES = sorted(COMPUTER_VOICES.glob("*.wav"))


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Three clips of RAVDESS, two of CREMA-D, one in an emotion's folder; a file without audio, a clip of no corpus."""
    folder = tmp_path / "data"
    (folder / "sad").mkdir(parents=True)
    names = [
        "03-01-03-01-01-01-01.wav",
        "03-01-04-01-01-01-01.wav",
        "03-01-04-01-01-01-02.wav",
        "1001_DFA_ANG_XX.wav",
        "1002_DFA_HAP_XX.wav",
        "sad/mine.wav",
    ]
    for voice, name in zip(VOICES, names, strict=False):
        (folder / name).write_bytes(voice.read_bytes())
    (folder / UNREADABLE).write_bytes(b"this is no audio")
    (folder / "of no corpus.wav").write_bytes(VOICES[-1].read_bytes())
    return folder


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    status = main(list(arguments))
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_predict_prints_a_json_line_for_each_file(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = [str(data_dir / "1001_DFA_ANG_XX.wav"), str(data_dir / "sad" / "mine.wav")]
    status, lines = run_json(capsys, "predict", "--json", *paths)
    assert status == 0
    assert [line["path"] for line in lines] == paths
    for line in lines:
        # The emotion in its name.
        assert line.pop("true_emotion", "angry") == "angry"
        assert line.pop("speaker", "CREMA-D-1001") == "CREMA-D-1001"
        assert set(line) == {
            *("path", "verdict", "emotion", "probabilities", "unsure", "valence", "arousal", "compared_with_clips"),
            *("duration_s", "warnings"),
        }
        assert list(line["probabilities"]) == list(LABELS)
        assert sum(line["probabilities"].values()) == pytest.approx(1.0)
        assert line["emotion"] == max(line["probabilities"], key=line["probabilities"].get)
        assert isinstance(line["unsure"], bool)
        assert all(isinstance(warning, str) for warning in line["warnings"])
    assert [line["duration_s"] for line in lines] == [load_audio(path).duration_s for path in paths]


def test_predict_names_no_emotion_for_a_silent_recording(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    silent = tmp_path / "silent.wav"
    silent.write_bytes(SILENCE)
    status, (report,) = run_json(capsys, "predict", "--json", str(silent))
    assert status == 0
    assert report["verdict"] == {"kind": "not_judged", "reason": "silent"}
    assert report["warnings"] == ["The recording is silent."]
    assert main(["predict", str(silent)]) == 0
    line = capsys.readouterr().out
    assert line == f"{silent}: not judged [The recording is silent.]\n"


def test_predict_reads_every_recording_of_a_folder_and_names_the_other_files(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_dir / "sad" / "notes.txt").write_text("no sound")
    status, reports = run_json(capsys, "predict", "--json", str(data_dir))
    assert status == 1
    assert [report["path"] for report in reports] == sorted(str(path) for path in data_dir.rglob("*.*"))
    by_name = {Path(report["path"]).name: report for report in reports}
    assert set(by_name.pop("notes.txt")) == {"path", "skipped"}
    assert set(by_name.pop(UNREADABLE)) == {"path", "speaker", "true_emotion", "error"}
    assert len(by_name) == 7
    # The known names of RAVDESS tell the speaker.
    assert by_name["03-01-04-01-01-01-01.wav"]["compared_with_clips"] == 1.0
    assert all(report["emotion"] in LABELS for report in by_name.values())


def test_a_folder_whose_recordings_can_all_be_read_is_a_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "LOUD.WAV").write_bytes(VOICES[0].read_bytes())
    (tmp_path / "notes.txt").write_text("no sound")
    assert main(["predict", str(tmp_path)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{tmp_path / 'LOUD.WAV'}: ")
    assert (
        second == f"{tmp_path / 'notes.txt'}: skipped: the ending of the file name is not one of a format that is read"
    )


def test_a_folder_without_recordings_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.txt").write_text("no sound")
    status, reports = run_json(capsys, "predict", "--json", str(tmp_path))
    assert status == 1
    assert set(reports[0]) == {"path", "error"}
    assert reports[0]["path"] == str(tmp_path)
    assert reports[0]["error"].startswith("There is no audio file in this folder. Expected: ")
    assert "skipped" in reports[1]


@pytest.mark.parametrize(
    ("content", "status"), [(VOICES[0].read_bytes(), 0), (b"this is no audio", 1)], ids=["audio", "no audio"]
)
def test_predict_reads_standard_input(
    content: bytes, status: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    printed_status, (report,) = run_json(capsys, "predict", "--json", "-")
    assert printed_status == status
    assert report["path"] == "-"
    assert ("error" in report) == bool(status)


@pytest.mark.parametrize("name", [UNREADABLE, "missing.wav", "empty folder"])
def test_a_line_of_text_about_a_failure_begins_with_the_path_and_error(
    name: str, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_dir / "empty folder").mkdir()
    assert main(["predict", str(data_dir / name)]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"{data_dir / name}: error: ")
    assert ". Expected: " in line


@pytest.mark.parametrize("name", [UNREADABLE, "missing.wav"])
def test_predict_continues_after_a_file_that_fails(
    name: str, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = str(data_dir / "1001_DFA_ANG_XX.wav")
    bad = str(data_dir / name)
    status, lines = run_json(capsys, "predict", "--json", bad, good)
    assert status == 1
    assert set(lines[0]) - {"true_emotion", "speaker"} == {"path", "error"}
    assert lines[0]["path"] == bad
    assert lines[0]["error"]
    assert lines[1]["emotion"] in LABELS


def test_predict_prints_a_line_of_text_for_each_file(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = data_dir / "1001_DFA_ANG_XX.wav", data_dir / UNREADABLE
    assert main(["predict", str(good), str(bad)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{good}: ")
    assert "%" in first
    assert second.startswith(f"{bad}: ")


def test_evaluate_counts_every_clip(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, (evaluation,) = run_json(capsys, "evaluate", "--json", "--data", str(data_dir))
    assert status == 0
    assert set(evaluation) == {"corpora", "overall", "failed", "not_judged", "skipped"}
    assert {corpus: figures["n"] for corpus, figures in evaluation["corpora"].items()} == {
        "CREMA-D": 2,
        "RAVDESS": 3,
        "folder": 1,
    }
    for figures in [*evaluation["corpora"].values(), evaluation["overall"]]:
        assert 0.0 <= figures["uar"] <= 1.0
        assert 0.0 <= figures["accuracy"] <= 1.0
        assert np.shape(figures["confusion"]) == (len(figures["labels"]), len(figures["labels"]))
        assert np.sum(figures["confusion"]) == figures["n"]
    assert evaluation["overall"]["n"] == 6
    ravdess = evaluation["corpora"]["RAVDESS"]
    n_clips = {label: figures["n"] for label, figures in ravdess["by_emotion"].items()}
    assert n_clips == {**dict.fromkeys(LABELS, 0), "happy": 1, "sad": 2}
    assert evaluation["corpora"]["CREMA-D"]["labels"] == list(LABELS_OF["CREMA-D"])


def test_evaluate_agrees_with_predict(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, (evaluated,) = run_json(capsys, "evaluate", "--json", "--data", str(data_dir))
    _, (predicted,) = run_json(capsys, "predict", "--json", str(data_dir / "sad" / "mine.wav"))
    confusion = np.array(evaluated["corpora"]["folder"]["confusion"])
    assert confusion[LABELS.index("sad"), LABELS.index(predicted["emotion"])] == 1


def test_evaluate_reports_what_it_could_not_use(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, (evaluation,) = run_json(capsys, "evaluate", "--json", "--data", str(data_dir))
    assert [failed["path"] for failed in evaluation["failed"]] == [UNREADABLE]
    assert evaluation["failed"][0]["error"]
    assert list(evaluation["skipped"].values()) == [1]


def test_evaluate_counts_recordings_that_are_not_judged_separately(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_dir / "sad" / "silent.wav").write_bytes(SILENCE)
    _, (evaluation,) = run_json(capsys, "evaluate", "--json", "--data", str(data_dir))
    assert evaluation["not_judged"] == [{"path": "sad/silent.wav", "reason": "silent"}]
    assert evaluation["overall"]["n"] == 6
    assert main(["evaluate", "--data", str(data_dir)]) == 0
    assert "not judged: 1 x silent\n" in capsys.readouterr().out


def test_evaluate_prints_a_table(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--data", str(data_dir)]) == 0
    text = capsys.readouterr().out
    for word in ("RAVDESS", "CREMA-D", "folder", "all", "UAR", "accuracy", UNREADABLE):
        assert word in text


def test_evaluate_prints_a_plan_with_the_words_that_became_labels(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_dir / "sad" / "mine.wav").rename(data_dir / "anna_wut_1.wav")
    arguments = ["evaluate", "--data", str(data_dir), "--speaker-from", "start", "--label-map", "wut=calm", "--plan"]
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "  folder: 1 of 1 speaker (calm 1)\n" in printed.err
    assert "  wut -> calm: 1\n" in printed.err
    assert "Files left out:\n  1 x " in printed.err


@pytest.mark.parametrize("command", [["train", "--experiments", "mine"], ["experiment"]])
def test_own_labels_never_replace_the_committed_figures(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--data", str(tmp_path), "--speaker-from", "folder"]) == 2
    assert "replace the committed network" in capsys.readouterr().err


def test_evaluating_only_damaged_files_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / UNREADABLE).write_bytes(b"this is no audio")
    assert main(["evaluate", "--data", str(tmp_path)]) == 2
    assert "Not one" in capsys.readouterr().err


def test_evaluating_a_missing_folder_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--data", str(tmp_path / "nowhere")]) == 2
    assert "no such data folder" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["predict", "clip.wav"], ["evaluate", "--data", "."]])
def test_a_folder_without_a_model_fails(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--model", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: ")
    assert "missing" in printed.err


def test_predicting_and_evaluating_load_no_tensorflow(data_dir: Path) -> None:
    clip = str(data_dir / "1001_DFA_ANG_XX.wav")
    command = [sys.executable, "-c", CALL_WITHOUT_TENSORFLOW, str(data_dir), clip]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [len(json.loads(line)) for line in done.stdout.splitlines()] == [12, 5]
    assert "it/s" not in done.stderr
    assert "clip/s" not in done.stderr


def test_a_command_whose_package_is_not_installed_names_the_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def import_missing_package(_arguments: object) -> int:
        raise ModuleNotFoundError("No module named 'keras'", name="keras")

    monkeypatch.setattr("ser_core.cli.train.run", import_missing_package)
    assert main(["train", "--data", "."]) == 2
    message = capsys.readouterr().err
    assert "keras" in message
    assert 'pip install ".[train]"' in message


def test_the_plan_of_an_evaluation_needs_no_package_of_the_extra(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # It imports scikit-learn.
    monkeypatch.setitem(sys.modules, "ser_core.evaluation.folder", None)
    assert main(["evaluate", "--data", str(data_dir), "--plan"]) == 0
    assert "not installed" not in capsys.readouterr().err
