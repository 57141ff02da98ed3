"""Many files under AppTest: good and bad files, labels, speakers, the filters, and classroom mode."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ser_core.audio.loading import load_audio
from ser_core.batch.tables import as_table, csv_of, to_csv
from ser_core.cli import main
from ser_core.inference.recognizer import Recognizer
from tests.app.visiting import OpenApp, card_text, choose_way_in, set_widget, upload, visible_text
from tests.harness.mixed_archive import N_FILES, mixed_archive
from tests.harness.paths import COMPUTER_VOICES
from tests.unit.batch.archives import zipped
from ui.common.intake import UPLOAD

PAGE = "pages/batch.py"
VOICES = {
    f"al_{name.split('_')[0]}.wav": (COMPUTER_VOICES / f"{name}.wav").read_bytes()
    for name in ("angry_male", "sad_male")
}
MIXED = {**VOICES, "bad.wav": b"this is no audio", "notes.txt": b"x"}
Choose = Callable[..., AppTest]


@pytest.fixture
def choose(open_app: OpenApp) -> Choose:
    """Return a function that opens the page and chooses files, by name."""

    def open_and_choose(files: Mapping[str, bytes], **parameters: str) -> AppTest:
        app = open_app(PAGE, parameters)
        assert not app.exception
        app.file_uploader[0].set_value([(name, content, "") for name, content in files.items()]).run()
        assert not app.exception
        return app

    return open_and_choose


def rows_of(app: AppTest) -> list[dict[str, object]]:
    return app.session_state["batch"].rows


def test_a_zip_of_good_and_bad_files(choose: Choose) -> None:
    app = choose({"all.zip": zipped(MIXED)}, speaker="start")
    rows = rows_of(app)
    assert [row["path"] for row in rows] == list(MIXED)
    assert [row.get("compared_with_clips") for row in rows] == [1.0, 1.0, None, None]
    table = app.dataframe[0].value
    assert table["verdict"].tolist()[2:] == ["cannot be read", "left out"]
    assert "does not begin like any audio" in table["problem"][2]
    assert [metric.label for metric in app.metric] == ["Accuracy", "UAR"]
    assert len(app.get("plotly_chart")) == 3
    assert len(app.get("download_button")) == 4


def test_in_a_folder_only_recordings_are_tried(choose: Choose) -> None:
    files = {f"all/{name}": content for name, content in MIXED.items()}
    rows = rows_of(choose({**files, "all/.DS_Store": b"x", "all/._al_sad.wav": b"x"}))
    assert [row["path"] for row in rows] == list(files)
    assert [name for row in rows for name in ("error", "skipped") if name in row] == ["error", "skipped"]


@pytest.mark.parametrize(("rule", "is_said"), [("folder", True), ("start", False), ("nobody", False)])
def test_rule_that_finds_no_speaker_or_one_is_said(rule: str, is_said: bool, choose: Choose) -> None:
    text = visible_text(choose(VOICES, speaker=rule))
    assert ("By this rule, no file has a speaker, for example `al_angry.wav`." in text) == is_said
    assert ("By this rule, all files have one speaker, for example `al_angry.wav`." in text) == (rule == "start")


def rows_of_command(archive: bytes, folder: Path, *options: str) -> list[dict[str, object]]:
    """Return what ``ser predict`` writes about an archive, with the names as the page shows them."""
    path, output = folder / "all.zip", folder / "all.jsonl"
    path.write_bytes(archive)
    assert main(["predict", str(path), "--output", str(output), *options]) == 1
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert all(row["path"].startswith(f"{path}/") for row in rows)
    return [{**row, "path": row["path"].removeprefix(f"{path}/")} for row in rows]


@pytest.mark.parametrize("rule", [None, "start", "folder"])
def test_200_good_and_hostile_files_get_the_answers_of_the_command_line(
    rule: str | None, choose: Choose, tmp_path: Path
) -> None:
    archive = mixed_archive()
    expected = rows_of_command(archive, tmp_path, *(["--speaker-from", rule] if rule else []))
    # The folder and the hidden files in the archive are no rows, and a table of labels is none.
    assert len(expected) == N_FILES - 5
    app = choose({"all.zip": archive}, **({"speaker": rule} if rule else {}))
    assert rows_of(app) == expected
    assert any(row.get("compared_with_clips") for row in expected)
    assert to_csv(expected) == csv_of(as_table(expected))
    assert not app.error
    assert not app.warning


@pytest.mark.voice
def test_200_files_with_recordings_of_people_get_the_answers_of_the_command_line(
    choose: Choose, tmp_path: Path, corpora_dir: Path
) -> None:
    clips = sorted(path for path in corpora_dir.rglob("*") if path.suffix in (".flac", ".opus"))
    if not clips:
        pytest.skip("no real recordings in the folder")
    # Several clips of each speaker, so that clips are compared.
    places = [place + step for place in range(0, len(clips), len(clips) // 40) for step in range(3)]
    voices = {clips[place].name: clips[place].read_bytes() for place in places if place < len(clips)}
    archive = mixed_archive(voices)
    expected = rows_of_command(archive, tmp_path)
    assert rows_of(choose({"all.zip": archive})) == expected
    assert sum(bool(row.get("compared_with_clips")) for row in expected) > 50
    assert sum(row.get("true_emotion") is not None for row in expected) > 50


def test_names_that_contradict_each_other_are_explained(
    choose: Choose, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = zipped({"angry/joy_1.wav": VOICES["al_sad.wav"], "angry/2.wav": VOICES["al_angry.wav"]})
    table = choose({"all.zip": archive}).dataframe[0].value
    note = "No true emotion is used: 'angry' and 'joy', in its path or in the table, are for different emotions."
    assert table["notes"].fillna("").tolist() == ["", note]
    assert table["true_emotion"].fillna("").tolist() == ["angry", ""]
    (tmp_path / "all.zip").write_bytes(archive)
    assert main(["predict", str(tmp_path / "all.zip")]) == 0
    assert f"[{note}]" in capsys.readouterr().out


def test_files_without_labels_get_no_figures(choose: Choose) -> None:
    app = choose({"one.wav": VOICES["al_sad.wav"]})
    assert app.session_state["batch"].is_over
    assert not app.metric
    assert not app.error


def test_filters_choose_rows_and_are_in_the_address(choose: Choose) -> None:
    app = choose(MIXED)
    assert len(app.dataframe[0].value) == 4
    # A file that was chosen itself is tried, with any ending of its name.
    set_widget(app, "batch_verdicts", ["error"])
    assert app.dataframe[0].value["path"].tolist() == ["bad.wav", "notes.txt"]
    assert app.query_params["verdict"] in ("error", ["error"])
    set_widget(app, "batch_verdicts", [])
    set_widget(app, "batch_name_filter", "ANGRY")
    assert app.dataframe[0].value["path"].tolist() == ["al_angry.wav"]


def test_a_recording_opens_on_the_first_page(choose: Choose) -> None:
    app = set_widget(choose({"all.zip": zipped(MIXED)}), "batch_open", 1)
    assert not app.exception
    assert app.session_state["clip"].file_name == "al_sad.wav"
    assert card_text(app)
    app.switch_page(PAGE).run()
    assert "The files are gone" in visible_text(app)
    assert len(app.dataframe[0].value) == 4


@pytest.mark.parametrize(
    ("speaker", "comparison"),
    [
        ("start", "Compared with 1 other recording of the same speaker, as in the table of Many files."),
        ("nobody", "Judged without other recordings of the speaker, as in the table of Many files."),
    ],
)
def test_an_opened_recording_is_judged_as_in_the_table(
    speaker: str, comparison: str, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports: list[dict[str, object]] = []

    def record_report(label: str, data: object, *, mime: str, **_: object) -> None:
        if mime == "application/json" and isinstance(data, str):
            reports.append(json.loads(data))

    monkeypatch.setattr(st, "download_button", record_report)
    app = choose(MIXED, speaker=speaker)
    row = rows_of(app)[0]
    set_widget(app, "batch_open", 0)
    assert comparison in visible_text(app)
    judged = row.keys() - {"path", "speaker", "true_emotion"}
    assert {"verdict", "probabilities", "compared_with_clips"} <= judged
    assert {name: reports[-1][name] for name in judged} == {name: row[name] for name in judged}


def test_an_opened_recording_does_not_enter_the_voice_profile(choose: Choose, computer_voice: bytes) -> None:
    app = choose(MIXED)
    set_widget(app, "batch_open", 0)
    assert "voice_profile" not in app.session_state
    app.switch_page("pages/recognise.py").run()
    upload(choose_way_in(app, UPLOAD), "mine.wav", computer_voice)
    assert "Only one recording so far" in visible_text(app)


def test_of_two_files_with_one_name_the_chosen_one_opens(choose: Choose) -> None:
    app = choose({"one.wav": VOICES["al_sad.wav"], "a.zip": zipped({"one.wav": VOICES["al_angry.wav"]})})
    set_widget(app, "batch_open", 1)
    assert app.session_state["clip"].audio.sha256 == load_audio(VOICES["al_angry.wav"]).sha256


def test_a_stopped_batch_goes_on(choose: Choose) -> None:
    app = choose(VOICES)
    batch = app.session_state["batch"]
    all_rows = list(batch.rows)
    batch.rows, batch.steps_left, batch.is_stopped = all_rows[:1], 1, True
    app.run()
    assert "Stopped after 1 file." in visible_text(app)
    app.button(key="batch_go_on").click().run()
    assert app.session_state["batch"].rows == all_rows


def test_in_classroom_mode_files_get_features_and_no_emotion(choose: Choose, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Recognizer, "predict", None)
    app = choose(MIXED, mode="classroom")
    assert "no emotion is inferred from your files" in visible_text(app)
    table = app.dataframe[0].value
    assert {"mfcc_1", "pitch_hz", "problem"} <= set(table.columns)
    assert list(app.dataframe[0].proto.column_order)[:2] == ["path", "problem"]
    assert not {"verdict", "emotion", "angry"} & set(table.columns)
    assert table["mfcc_1"].notna().tolist() == [True, True, False, False]
    assert len(app.get("download_button")) == 2


def test_rows_with_emotions_are_not_shown_after_the_mode_is_on(choose: Choose) -> None:
    app = choose(VOICES)
    app.query_params["mode"] = "classroom"
    app.run()
    assert "verdict" not in app.dataframe[0].value.columns


def test_earlier_rows_with_emotions_are_not_shown_after_the_mode_is_on(choose: Choose) -> None:
    app = choose(VOICES)
    app.query_params["mode"] = "classroom"
    # The visit keeps the rows, and the field for files is empty again.
    for page in ("pages/about.py", "pages/batch.py"):
        app.switch_page(page).run()
    assert not app.exception
    assert len(app.dataframe) == 0
