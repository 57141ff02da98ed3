"""A link shows the clip and the state of the page that it was copied from."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.visiting import OpenApp, choose_way_in, set_widget, upload, visible_text
from ui.common.intake import SAMPLE as SAMPLES
from ui.common.intake import UPLOAD
from ui.shell.navigation import PAGES

SAMPLE = "computer/sad_male"
TITLE = "Computer voice, man - sad"

HOSTILE = [
    "../../../etc/passwd",
    "computer/../../models/ser_cnn/config.json",
    "<script>alert(1)</script>",
    "**bold** [link](https://example.org)",
    "x" * 100_000,
    "\x00\u202e",
]


def parameter(app: AppTest, name: str) -> str | None:
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


@pytest.mark.parametrize("page", [page.path for page in PAGES])
def test_every_page_keeps_the_sample_of_its_link(open_app: OpenApp, page: str) -> None:
    app = open_app(page, {"sample": SAMPLE})
    assert not app.exception
    assert app.session_state["clip"].title == TITLE
    assert parameter(app, "sample") == SAMPLE


def test_another_page_keeps_the_sample(open_app: OpenApp) -> None:
    app = open_app(query_params={"sample": SAMPLE})
    # A browser clears the parameters when another page is chosen.
    app.query_params.clear()
    app.switch_page("pages/model.py").run()
    assert parameter(app, "sample") == SAMPLE


@pytest.mark.parametrize("value", HOSTILE)
def test_an_unknown_sample_is_ignored_and_explained(open_app: OpenApp, value: str) -> None:
    app = open_app("pages/explore.py", {"sample": value})
    assert not app.exception
    assert not app.error
    assert "clip" not in app.session_state
    # Not a second box that asks for a clip.
    assert len(app.info) == 1
    assert parameter(app, "sample") is None
    assert value not in visible_text(app)


def test_a_visitors_own_clip_is_not_in_the_address(open_app: OpenApp, computer_voice: bytes) -> None:
    app = open_app(query_params={"sample": SAMPLE})
    app = upload(choose_way_in(app, UPLOAD), "voice.wav", computer_voice)
    assert app.session_state["clip"].name == "voice.wav"
    assert parameter(app, "sample") is None


@pytest.mark.parametrize("page", ["pages/recognise.py", "pages/explore.py"])
def test_back_and_forward_show_the_sample_before_and_the_first_screen(open_app: OpenApp, page: str) -> None:
    app = open_app(page)
    steps = ["", SAMPLE, "computer/happy_female"]
    for sample in steps[1:]:
        set_widget(choose_way_in(app, SAMPLES), "sample_None", sample)
    for sample in [*reversed(steps[:-1]), *steps[1:]]:
        # As the browser does it.
        app.query_params.clear()
        if sample:
            app.query_params["sample"] = sample
        app.run()
        assert not app.exception
        shown = app.session_state["clip"].sample_id if "clip" in app.session_state else ""
        assert shown == (parameter(app, "sample") or "") == sample
    app.query_params.clear()
    set_widget(choose_way_in(app.run(), SAMPLES), "sample_None", steps[-1])
    assert app.session_state["clip"].sample_id == steps[-1]


def test_back_does_not_replace_a_visitors_own_clip(open_app: OpenApp, computer_voice: bytes) -> None:
    app = open_app(query_params={"sample": SAMPLE}).run()
    app = upload(choose_way_in(app, UPLOAD), "voice.wav", computer_voice)
    app.query_params["sample"] = SAMPLE
    app.run()
    assert app.session_state["clip"].name == "voice.wav"
    assert parameter(app, "sample") is None


def test_the_menu_keeps_the_sample_of_the_page_that_is_open(open_app: OpenApp) -> None:
    app = open_app(query_params={"sample": SAMPLE})
    app.query_params.clear()
    app.switch_page("pages/explore.py").run()
    app.query_params.clear()
    app.run()
    assert app.session_state["clip"].title == TITLE


@pytest.mark.parametrize("page", ["pages/dataset.py", "pages/model.py"])
def test_a_link_opens_a_section(open_app: OpenApp, page: str) -> None:
    key = "data_section" if "dataset" in page else "model_section"
    first, second, *_ = open_app(page).get_by_key(key).options
    assert first != second
    name = second.split(":")[-1].strip()
    app = open_app(page, {"section": name.casefold().replace(" ", "-")})
    assert not app.exception
    assert app.session_state[key] == name
    assert open_app(page, {"section": "nonsense"}).session_state[key] in first


def test_a_link_keeps_the_filters_of_the_data(open_app: OpenApp) -> None:
    filters = {"corpus": "ravdess,tess", "emotion": "sad", "age_years": "25,30", "sex": "robot", "duration_s": "9,1"}
    app = open_app("pages/dataset.py", filters)
    assert not app.exception
    assert app.session_state["filter_corpus"] == ["RAVDESS", "TESS"]
    assert app.session_state["filter_emotion"] == ["sad"]
    assert app.session_state["filter_age_years"] == (25.0, 30.0)
    assert app.session_state["filter_sex"] == []
    assert parameter(app, "corpus") == "ravdess,tess"
    (clear,) = [button for button in app.button if button.label == "Clear all filters"]
    clear.click().run()
    assert not app.exception
    for name in filters:
        assert parameter(app, name) is None


def test_a_link_keeps_the_pair_of_compare(open_app: OpenApp) -> None:
    app = open_app("pages/compare.py", {"sample": SAMPLE, "second": "computer/happy_female", "cue": "brightness_hz"})
    assert not app.exception
    assert app.session_state["second_clip"].title == "Computer voice, woman - happy"
    assert app.session_state["compare_cue"] == "brightness_hz"
    assert parameter(app, "second") == "computer/happy_female"


def test_compare_names_its_own_pair_in_the_address(open_app: OpenApp) -> None:
    app = open_app("pages/compare.py")
    assert parameter(app, "sample") == "computer/angry_male"
    assert parameter(app, "second") == "computer/sad_male"


def test_a_link_keeps_the_sliders_of_the_voice_lab(open_app: OpenApp) -> None:
    sliders = {"pitch_st": "3", "tempo": "0.8", "hoarseness": "7", "intonation": "flat"}
    app = open_app("pages/voice_lab.py", {"sample": SAMPLE, **sliders})
    assert not app.exception
    assert app.slider(key="lab_pitch_st").value == 3.0
    assert app.slider(key="lab_tempo").value == pytest.approx(0.8)
    assert app.slider(key="lab_hoarseness").value == 0.0
    set_widget(app, "lab_pitch_st", -2.5)
    assert parameter(app, "pitch_st") == "-2.5"
    assert parameter(app, "hoarseness") is None
