"""The Data page, as a visitor meets it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from streamlit.testing.v1 import AppTest

from ser_core.dataset import tables
from tests.app.visiting import OpenApp
from ui.dataset import store


@pytest.fixture
def open_data(open_app: OpenApp) -> OpenApp:
    def open_it() -> AppTest:
        return open_app("pages/dataset.py")

    return open_it


def section(app: AppTest, name: str) -> AppTest:
    return app.get_by_key("data_section").set_value(name).run()


def said(app: AppTest) -> str:
    return "\n".join(each.value for each in [*app.markdown, *app.caption, *app.info])


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_it_opens_on_the_counts_of_all_clips(open_data: OpenApp) -> None:
    app = open_data()
    assert not app.exception
    assert "**12,162 of 12,162 clips** · 121 speakers" in said(app)
    assert charts(app) == 8
    for word in ("measured here", "reconstructed", "inventory only"):
        assert f"**{word}**" in said(app)


@pytest.mark.parametrize(
    ("name", "words", "n_charts"),
    [
        ("By emotion", "times in 100", 1),
        ("Sound map", "points that lie close sound alike", 1),
        ("Listeners", "68,4", 4),
        ("Table", "Click a heading to sort", 0),
    ],
)
def test_each_section_shows_itself(open_data: OpenApp, name: str, words: str, n_charts: int) -> None:
    app = section(open_data(), name)
    assert not app.exception
    assert words in said(app)
    assert charts(app) == n_charts


@pytest.mark.parametrize("name", ["Counts", "By emotion", "Sound map", "Listeners", "Table"])
def test_filters_hold_in_every_section(open_data: OpenApp, name: str) -> None:
    app = section(open_data(), name)
    app.get_by_key("filter_corpus").set_value(["SAVEE"]).run()
    assert not app.exception
    assert "**480 of 12,162 clips**" in said(app)
    if name in ("By emotion", "Sound map", "Listeners"):
        assert app.info[0].value
        assert charts(app) == 0


def test_filters_are_cleared_at_once(open_data: OpenApp) -> None:
    app = open_data()
    app.get_by_key("filter_emotion").set_value(["calm"]).run()
    app.get_by_key("filter_duration_s").set_value((2.0, 3.0)).run()
    assert "12,162 of" not in said(app)
    next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert "**12,162 of 12,162 clips**" in said(app)


def test_filters_that_leave_nothing_are_told(open_data: OpenApp) -> None:
    app = open_data()
    app.get_by_key("filter_corpus").set_value(["TESS"]).run()
    app.get_by_key("filter_emotion").set_value(["calm"]).run()
    assert not app.exception
    assert "No clip fits all of these filters" in said(app)


def test_filters_stay_when_the_visitor_comes_back(open_data: OpenApp) -> None:
    app = open_data()
    app.get_by_key("filter_sex").set_value(["male"]).run()
    app.switch_page("pages/recognise.py").run()
    app.switch_page("pages/dataset.py").run()
    assert "**5,130 of 12,162 clips**" in said(app)


def test_reconstructed_clips_are_marked_where_they_count_and_absent_where_they_do_not(open_data: OpenApp) -> None:
    app = section(open_data(), "By emotion")
    app.get_by_key("measure").set_value("brightness_hz").run()
    next(each for each in app.get("button_group") if each.label == "In which recordings").set_value("CREMA-D").run()
    assert not app.exception
    assert "are **reconstructed** from mel spectrograms" in said(app)
    app.get_by_key("filter_source").set_value(["reconstructed"]).run()
    app.get_by_key("measure").set_value("level_dbfs").run()
    assert "None of these clips has a measured loudness" in said(app)


def test_the_difference_of_two_emotions_is_said_in_words(open_data: OpenApp) -> None:
    app = section(open_data(), "By emotion")
    app.get_by_key("measure").set_value("level_dbfs").run()
    app.get_by_key("one_level_dbfs").set_value("sad").run()
    app.get_by_key("other_level_dbfs").set_value("angry").run()
    assert "dB louder than sad" in said(app)
    before = said(app)
    app.get_by_key("own_average").set_value(True).run()
    assert not app.exception
    assert said(app) != before


@pytest.mark.parametrize("made_of", ["162 averages", "the network"])
def test_the_visitors_own_clip_is_on_the_map(open_app: OpenApp, computer_voice: bytes, made_of: str) -> None:
    app = open_app()
    app.audio_input[0].set_value(("recording.wav", computer_voice, "audio/wav")).run()
    app.switch_page("pages/dataset.py").run()
    section(app, "Sound map").get_by_key("map_of").set_value(made_of).run()
    assert not app.exception
    assert not app.error
    assert '"your clip"' in app.get("plotly_chart")[0].proto.spec
    assert "appears here as a star" not in said(app)


@pytest.mark.parametrize("made_of", ["162 averages", "the network"])
def test_the_map_can_be_coloured(open_data: OpenApp, made_of: str) -> None:
    app = section(open_data(), "Sound map")
    app.get_by_key("map_of").set_value(made_of).run()
    for colour in ("corpus", "speaker", "answer", "emotion"):
        app.get_by_key("map_colour").set_value(colour).run()
        assert not app.exception
        assert not app.error
        assert charts(app) == 1
        assert ("of where clips lie" in said(app)) == (colour != "answer")


def test_another_networks_map_is_not_shown(open_data: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "read_network_map", lambda _: tables.read_network_map("0" * 64))
    app = section(open_data(), "Sound map")
    app.get_by_key("map_of").set_value("the network").run()
    assert not app.exception
    assert "another network" in app.error[0].value
    assert charts(app) == 0


def test_a_missing_table_is_handled_for_the_user(
    open_data: OpenApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "read_clips", lambda: tables.read_clips(tmp_path))
    app = open_data()
    assert not app.exception
    assert "is missing or damaged" in app.error[0].value


def test_a_recording_in_the_data_folder_can_be_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("03-01-05-01-01-01-01.wav", "1001_DFA_ANG_XX.opus"):
        soundfile.write(tmp_path / name.replace("opus", "wav"), np.zeros(16_000), 16_000)
    (tmp_path / "1001_DFA_ANG_XX.wav").rename(tmp_path / "1001_DFA_ANG_XX.opus")
    monkeypatch.setenv("SER_DATA_DIR", str(tmp_path))
    store.playable.clear()
    # Reconstructed clips are never played.
    assert store.playable() == {"03-01-05-01-01-01-01": "03-01-05-01-01-01-01.wav"}
    store.playable.clear()
    monkeypatch.delenv("SER_DATA_DIR")
    assert store.playable() == {}
    store.playable.clear()
