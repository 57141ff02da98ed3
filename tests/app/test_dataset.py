"""The Data page under AppTest."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from streamlit.testing.v1 import AppTest

from ser_core.dataset import tables
from tests.app.visiting import OpenApp, set_widget, visible_text
from ui.dataset import store


@pytest.fixture
def open_data(open_app: OpenApp) -> OpenApp:
    def open_page() -> AppTest:
        return open_app("pages/dataset.py")

    return open_page


def open_section(app: AppTest, name: str) -> AppTest:
    return set_widget(app, "data_section", name)


def n_charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_the_page_opens_on_the_counts_of_all_clips(open_data: OpenApp) -> None:
    app = open_data()
    assert not app.exception
    assert "**12,162 of 12,162 clips** · 121 speakers" in visible_text(app)
    assert n_charts(app) == 8
    for source in ("measured here", "reconstructed", "inventory only"):
        assert f"**{source}**" in visible_text(app)


@pytest.mark.parametrize(
    ("name", "text", "chart_count"),
    [
        ("By emotion", "times in 100", 1),
        ("Sound map", "Clips whose points are close together sound alike", 1),
        ("Listeners", "68,4", 4),
        ("Table", "Click a heading to sort", 0),
    ],
)
def test_each_section_opens_without_an_error(open_data: OpenApp, name: str, text: str, chart_count: int) -> None:
    app = open_section(open_data(), name)
    assert not app.exception
    assert text in visible_text(app)
    assert n_charts(app) == chart_count


@pytest.mark.parametrize("name", ["Counts", "By emotion", "Sound map", "Listeners", "Table"])
def test_filters_apply_to_every_section(open_data: OpenApp, name: str) -> None:
    app = open_section(open_data(), name)
    set_widget(app, "filter_corpus", ["SAVEE"])
    assert not app.exception
    assert "**480 of 12,162 clips**" in visible_text(app)
    if name in ("By emotion", "Sound map", "Listeners"):
        assert app.info[0].value
        assert n_charts(app) == 0


def test_one_button_clears_all_filters(open_data: OpenApp) -> None:
    app = open_data()
    set_widget(app, "filter_emotion", ["calm"])
    set_widget(app, "filter_duration_s", (2.0, 3.0))
    assert "12,162 of" not in visible_text(app)
    next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert "**12,162 of 12,162 clips**" in visible_text(app)


def test_filters_that_leave_no_clip_lead_to_a_message(open_data: OpenApp) -> None:
    app = open_data()
    set_widget(app, "filter_corpus", ["TESS"])
    set_widget(app, "filter_emotion", ["calm"])
    assert not app.exception
    assert "No clip passes all of these filters" in visible_text(app)


def test_sentences_are_shown_as_text_instead_of_codes(open_data: OpenApp) -> None:
    app = open_data()
    (by_sentence,) = [chart for chart in app.get("plotly_chart") if "count_sentence" in chart.proto.id]
    assert "CREMA-D: Don't forget a<br>jacket" in json.loads(by_sentence.proto.spec)["data"][0]["y"]
    (sentence_filter,) = [widget for widget in app.multiselect if widget.label == "Sentences"]
    assert "CREMA-D: Don't forget a jacket" in sentence_filter.options
    app = open_section(app, "Table")
    (table,) = app.dataframe
    assert set(table.value["sentence"]) >= {
        "Don't forget a jacket",
        "Dogs are sitting by the door",
        "Say the word back",
    }
    assert table.proto.placeholder == ""
    assert table.proto.HasField("placeholder")


def test_filters_are_kept_while_another_page_is_open(open_data: OpenApp) -> None:
    app = open_data()
    set_widget(app, "filter_sex", ["male"])
    app.switch_page("pages/recognise.py").run()
    app.switch_page("pages/dataset.py").run()
    assert "**5,130 of 12,162 clips**" in visible_text(app)


def test_reconstructed_clips_are_marked_and_left_out_of_measures_that_they_do_not_have(open_data: OpenApp) -> None:
    app = open_section(open_data(), "By emotion")
    set_widget(app, "measure", "brightness_hz")
    (corpus_choice,) = [group for group in app.button_group if group.label == "In which recordings"]
    corpus_choice.set_value("CREMA-D").run()
    assert not app.exception
    assert "are **reconstructed** from mel spectrograms" in visible_text(app)
    set_widget(app, "filter_source", ["reconstructed"])
    set_widget(app, "measure", "level_dbfs")
    assert "None of these clips has a measured loudness" in visible_text(app)


def test_the_difference_of_two_emotions_is_described_in_words(open_data: OpenApp) -> None:
    app = open_section(open_data(), "By emotion")
    set_widget(app, "measure", "level_dbfs")
    set_widget(app, "first_emotion_level_dbfs", "sad")
    set_widget(app, "second_emotion_level_dbfs", "angry")
    assert "dB louder than sad" in visible_text(app)
    before = visible_text(app)
    set_widget(app, "own_average", True)
    assert not app.exception
    assert visible_text(app) != before


@pytest.mark.parametrize("basis", ["162 averages", "the network"])
def test_the_visitors_own_clip_is_on_the_map(open_app: OpenApp, computer_voice: bytes, basis: str) -> None:
    app = open_app()
    app.audio_input[0].set_value(("recording.wav", computer_voice, "audio/wav")).run()
    app.switch_page("pages/dataset.py").run()
    set_widget(open_section(app, "Sound map"), "map_basis", basis)
    assert not app.exception
    assert not app.error
    *points, own_clip = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    # WebGL traces cover all SVG traces, so the star is visible only as the last WebGL trace.
    assert own_clip["name"] == "your clip"
    assert {trace["type"] for trace in (*points, own_clip)} == {"scattergl"}
    assert "appears here as a star" not in visible_text(app)


@pytest.mark.parametrize("basis", ["162 averages", "the network"])
def test_the_map_can_be_coloured_by_each_property(open_data: OpenApp, basis: str) -> None:
    app = open_section(open_data(), "Sound map")
    set_widget(app, "map_basis", basis)
    for colour in ("corpus", "speaker", "answer", "emotion"):
        set_widget(app, "map_colour", colour)
        assert not app.exception
        assert not app.error
        assert n_charts(app) == 1
        assert ("of the positions on this map" in visible_text(app)) == (colour != "answer")


def test_a_map_made_for_another_network_is_not_shown(open_data: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "read_network_map", lambda _: tables.read_network_map("0" * 64))
    app = open_section(open_data(), "Sound map")
    set_widget(app, "map_basis", "the network")
    assert not app.exception
    assert "another network" in app.error[0].value
    assert n_charts(app) == 0


def test_a_missing_table_leads_to_an_error_message_without_an_exception(
    open_data: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "read_clips", lambda: tables.read_clips(tmp_path))
    app = open_data()
    assert not app.exception
    assert "is missing or damaged" in app.error[0].value


def test_original_recordings_in_the_data_folder_can_be_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("03-01-05-01-01-01-01.wav", "1001_DFA_ANG_XX.opus"):
        soundfile.write(tmp_path / name.replace("opus", "wav"), np.zeros(16_000), 16_000)
    (tmp_path / "1001_DFA_ANG_XX.wav").rename(tmp_path / "1001_DFA_ANG_XX.opus")
    monkeypatch.setenv("SER_DATA_DIR", str(tmp_path))
    store.original_paths.clear()
    # Reconstructed clips are never played.
    assert store.original_paths() == {"03-01-05-01-01-01-01": "03-01-05-01-01-01-01.wav"}
    store.original_paths.clear()
    monkeypatch.delenv("SER_DATA_DIR")
    assert store.original_paths() == {}
    store.original_paths.clear()
