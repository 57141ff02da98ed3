"""Many files under AppTest: good and bad files, labels, speakers, the filters, and classroom mode."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ser_core.cli import main
from ser_core.inference.recognizer import Recognizer
from tests.app.visiting import OpenApp, set_widget, visible_text
from tests.harness.paths import COMPUTER_VOICES
from tests.unit.batch.archives import zipped

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


def test_the_command_line_gives_the_same_rows(
    choose: Choose, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "all.zip"
    archive.write_bytes(zipped(MIXED))
    assert main(["predict", "--json", "--speaker-from", "start", str(archive)]) == 1
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["path"] for row in printed} == {f"{archive}/{name}" for name in MIXED}
    app = choose({"all.zip": archive.read_bytes()}, speaker="start")
    assert [{**row, "path": row["path"].removeprefix(f"{archive}/")} for row in printed] == rows_of(app)


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
    app = set_widget(choose({"all.zip": zipped(MIXED)}), "batch_open", "al_sad.wav")
    assert not app.exception
    assert app.session_state["clip"].file_name == "al_sad.wav"
    assert "Sounds like" in visible_text(app) or app.get("bidi_component")
    app.switch_page(PAGE).run()
    assert "The files are gone" in visible_text(app)
    assert len(app.dataframe[0].value) == 4


def test_a_stopped_batch_goes_on(choose: Choose) -> None:
    app = choose(VOICES)
    batch = app.session_state["batch"]
    all_rows = list(batch.rows)
    batch.rows, batch.steps_left, batch.is_stopped = all_rows[:1], 1, True
    app.run()
    assert "Stopped after 1 files" in visible_text(app)
    app.button(key="batch_go_on").click().run()
    assert app.session_state["batch"].rows == all_rows


def test_in_classroom_mode_files_get_features_and_no_emotion(choose: Choose, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Recognizer, "predict", None)
    app = choose(MIXED, mode="classroom")
    assert "no emotion is inferred from your files" in visible_text(app)
    table = app.dataframe[0].value
    assert {"mfcc_1", "pitch_hz", "problem"} <= set(table.columns)
    assert not {"verdict", "emotion", "angry"} & set(table.columns)
    assert table["mfcc_1"].notna().tolist() == [True, True, False, False]
    assert len(app.get("download_button")) == 2


def test_rows_with_emotions_are_not_shown_after_the_mode_is_on(choose: Choose) -> None:
    app = choose(VOICES)
    app.query_params["mode"] = "classroom"
    app.run()
    assert "verdict" not in app.dataframe[0].value.columns
