"""The lessons under AppTest: a whole lesson, its address, and a lesson with a mistake."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ser_core.inference.recognizer import Recognizer
from ser_core.lessons.lesson import Predict
from tests.app.visiting import OpenApp, visible_text
from tests.unit.lessons.test_parsing import EXAMPLE
from ui.common import lesson_store

PAGE = "pages/lessons.py"
KEY = "sound-as-numbers"


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    assert not app.error
    return app


def parameter(app: AppTest, name: str) -> str | None:
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def test_a_whole_lesson(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the list to the list. No network is run."""
    monkeypatch.setattr(Recognizer, "predict", None)
    app = open_app(PAGE)
    assert [place.value for place in app.title] == ["Lessons"]
    lesson = lesson_store.lessons()[KEY]
    press(app, f"lesson_start_{KEY}")
    for number, screen in enumerate(lesson.screens):
        assert app.subheader[0].value == screen.title
        assert (parameter(app, "lesson"), parameter(app, "screen")) == (KEY, str(number + 1) if number else None)
        prediction = next((block for block in screen.blocks if isinstance(block, Predict)), None)
        if prediction is not None:
            assert "You predicted" not in visible_text(app)
            n_charts = len(app.get("plotly_chart"))
            wrong = next(place for place, option in enumerate(prediction.options) if not option.is_right)
            press(app, f"predict_{number}_{wrong}")
            assert f"You predicted **{prediction.options[wrong].text}**" in visible_text(app)
            assert len(app.get("plotly_chart")) > n_charts or number == 1
        if screen is not lesson.screens[-1]:
            press(app, "lesson_next")
    options = lesson.question.options
    press(app, "answer_0")
    assert options[0].explanation in app.warning[0].value
    right = next(place for place, option in enumerate(options) if option.is_right)
    press(app, f"answer_{right}")
    assert options[right].explanation in app.success[0].value
    assert all(option.explanation in visible_text(app) for option in options if not option.is_right)
    press(app, "lesson_worksheet")
    assert lesson.tasks[0].text in visible_text(app)
    # The notes have the answers, and pupils come here.
    assert lesson.tasks[0].answer not in visible_text(app)
    assert all("notes" not in button.proto.label.lower() for button in app.get("download_button"))
    press(app, "sheet_back")
    assert app.subheader[0].value == lesson.screens[-1].title
    press(app, "lesson_leave")
    assert parameter(app, "lesson") is None
    assert "done" in visible_text(app)
    assert app.button(key=f"lesson_start_{KEY}").label == "Do it again"


def test_a_link_opens_a_screen_and_back_goes_back(open_app: OpenApp) -> None:
    app = open_app(PAGE, {"lesson": KEY, "screen": "3"})
    screens = lesson_store.lessons()[KEY].screens
    assert app.subheader[0].value == screens[2].title
    press(app, "lesson_back")
    assert app.subheader[0].value == screens[1].title
    press(app, "lesson_leave")
    # Screens 2 and 3 were shown, so the first one comes next.
    press(app, f"lesson_start_{KEY}")
    assert app.subheader[0].value == screens[0].title


@pytest.mark.parametrize(
    ("parameters", "title"),
    [({"lesson": "<script>"}, "Lessons"), ({"lesson": KEY, "screen": "99"}, "1. Sound as numbers")],
)
def test_an_address_that_somebody_edited(open_app: OpenApp, parameters: dict[str, str], title: str) -> None:
    app = open_app(PAGE, parameters)
    assert not app.exception
    assert [place.value for place in app.title] == [title]


@pytest.mark.parametrize("mode", ["", "classroom"])
def test_pupils_get_no_link_to_the_answers(open_app: OpenApp, mode: str) -> None:
    """In classroom mode the notes are reached from the menu alone."""
    app = open_app(PAGE, {"mode": mode} if mode else {})
    is_linked = "teachers" in [link.proto.page for link in app.get("page_link")]
    assert is_linked == (not mode)


def test_the_words_of_a_screen_are_explained(open_app: OpenApp) -> None:
    app = open_app(PAGE, {"lesson": KEY})
    assert f"- **wave**: {lesson_store.glossary()['wave']}" in visible_text(app)


def test_a_mistake_in_a_file_is_shown_with_its_line(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for path in lesson_store.FOLDER.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace(":::predict", ":::pradict", 1), encoding="utf-8")
    monkeypatch.setattr(lesson_store, "FOLDER", tmp_path)
    app = open_app(PAGE)
    assert not app.exception
    assert [place.value for place in app.title] == ["Lessons"]
    assert "line 3" in app.error[0].value
    assert ":::pradict" in app.error[0].value


def test_a_teacher_adds_the_lesson_of_the_guide(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for path in lesson_store.FOLDER.glob("*.md"):
        shutil.copy(path, tmp_path)
    (tmp_path / "7-high-and-low.md").write_text(EXAMPLE, encoding="utf-8")
    monkeypatch.setattr(lesson_store, "FOLDER", tmp_path)
    app = open_app(PAGE)
    press(app, "lesson_start_high-and-low")
    assert [place.value for place in app.title] == ["7. High and low"]
    press(app, "predict_0_1")
    assert len(app.get("plotly_chart")) == 2
    assert "The pitch of the second tone is 60" in visible_text(app)
    press(app, "lesson_next")
    press(app, "answer_1")
    assert "50 times in half a second" in app.success[0].value
