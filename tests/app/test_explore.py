"""The page "See the sound" under AppTest."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from tests.app.visiting import OpenApp, choose_way_in, set_widget, upload
from tests.harness.recordings import encode
from ui.common.intake import UPLOAD
from ui.common.panels import PANELS

PAGE = "pages/explore.py"


def explore(open_app: OpenApp, clip: bytes, name: str = "voice.wav") -> AppTest:
    return upload(choose_way_in(open_app(PAGE), UPLOAD), name, clip)


def players(app: AppTest) -> list[Any]:
    """Return the components with the player's key; the page has another component, which keeps the clip's title."""
    return [component for component in app.get("bidi_component") if component.key == "explore_player"]


def player_data(app: AppTest) -> dict[str, Any]:
    (player,) = players(app)
    data: dict[str, Any] = json.loads(player.proto.mixed.json or player.proto.json)
    return data


def titles(app: AppTest) -> list[str]:
    notes = player_data(app)["figure"]["layout"]["annotations"]
    return [panel.title for panel in PANELS if any(f"<b>{panel.title}</b>" in note["text"] for note in notes)]


def test_without_a_clip_the_page_asks_for_one(open_app: OpenApp) -> None:
    app = open_app(PAGE)
    assert not app.exception
    assert "No clip yet" in app.info[0].value
    assert not players(app)


def test_a_clip_is_drawn_in_all_panels(open_app: OpenApp, computer_voice: bytes) -> None:
    app = explore(open_app, computer_voice)
    assert not app.exception
    assert titles(app) == [panel.title for panel in PANELS]
    assert player_data(app)["duration_s"] > 1.0


@pytest.mark.parametrize("is_phone", [True, False])
def test_the_hint_below_the_figure_is_for_the_visitors_device(
    open_app: OpenApp, computer_voice: bytes, monkeypatch: pytest.MonkeyPatch, is_phone: bool
) -> None:
    monkeypatch.setattr("ui.common.pairs.is_touch_device", lambda: is_phone)
    captions = [caption.value for caption in explore(open_app, computer_voice).caption]
    assert any(caption.startswith("Tap to go") for caption in captions) == is_phone
    assert any("arrow keys" in caption for caption in captions) != is_phone


def test_shown_features_are_explained_and_can_be_downloaded(open_app: OpenApp, computer_voice: bytes) -> None:
    app = explore(open_app, computer_voice)
    assert [tab.label for tab in app.tabs] == [panel.title for panel in PANELS]
    assert len(app.latex) == len(PANELS)
    assert [button.label for button in app.download_button] == ["Features as CSV", "Features as NPZ"]


def test_the_choice_of_panels_lasts_for_the_visit(open_app: OpenApp, computer_voice: bytes) -> None:
    app = explore(open_app, computer_voice)
    set_widget(app, "panels", ["pitch", "mel"])
    assert titles(app) == ["Mel spectrogram", "Pitch"]
    assert app.query_params["panels"] == "mel,pitch"
    app.switch_page("pages/recognise.py").run()
    app.switch_page(PAGE).run()
    assert titles(app) == ["Mel spectrogram", "Pitch"]
    assert app.query_params["panels"] == "mel,pitch"


def test_a_link_chooses_panels_before_a_clip_is_chosen(open_app: OpenApp, computer_voice: bytes) -> None:
    app = open_app()
    app.query_params["panels"] = "rms,nonsense,zcr"
    app.switch_page(PAGE).run()
    app = upload(choose_way_in(app, UPLOAD), "voice.wav", computer_voice)
    assert titles(app) == ["Zero-crossing rate", "Level (RMS)"]


def test_without_panels_the_page_asks_for_one(open_app: OpenApp, computer_voice: bytes) -> None:
    app = explore(open_app, computer_voice)
    set_widget(app, "panels", [])
    assert not app.exception
    assert any("at least one" in line.value for line in app.info)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(32_000), np.full(9_600, 0.001), np.clip(np.sin(np.arange(32_000) / 10.0) * 4.0, -1.0, 1.0)],
    ids=["silent", "short", "clipped"],
)
def test_unusual_clips_are_drawn(open_app: OpenApp, samples: np.ndarray) -> None:
    app = explore(open_app, encode(samples, 16_000))
    assert not app.exception
    assert not app.error
    assert len(titles(app)) == len(PANELS)
