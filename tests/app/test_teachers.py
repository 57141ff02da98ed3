"""The page for teachers under AppTest."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from tests.app.visiting import OpenApp, set_widget, visible_text
from ui.common import lesson_store, printed_sheet

PAGE = "pages/teachers.py"


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("plans", "**7 min**"),
        ("law-and-privacy", "article 5(1)(f)"),
        ("at-school", "SER_MODE=classroom"),
        ("words", "**amplitude**"),
    ],
)
def test_each_section(open_app: OpenApp, section: str, text: str) -> None:
    app = open_app(PAGE, {"section": section})
    assert not app.exception
    assert not app.error
    assert text in visible_text(app)


def test_the_links_of_the_plans_switch_classroom_mode_on(open_app: OpenApp) -> None:
    links = [link.proto for link in open_app(PAGE).get("page_link")]
    assert len(links) >= 8
    assert all("mode=classroom" in link.query_string for link in links)
    assert links[0].query_string.startswith("lesson=loudness-and-anger&screen=2")


def test_every_lesson_has_a_worksheet_and_notes(open_app: OpenApp) -> None:
    app = open_app(PAGE, {"section": "worksheets", "lesson": "scores-that-lie"})
    lesson = lesson_store.lessons()["scores-that-lie"]
    assert lesson.tasks[0].text in visible_text(app)
    assert lesson.tasks[0].answer not in visible_text(app)
    assert len(app.get("download_button")) == 2
    set_widget(app, "sheet_kind", "Teacher's notes")
    for lesson in lesson_store.lessons().values():
        set_widget(app, "sheet_lesson", lesson.key)
        assert not app.exception
        assert lesson.tasks[0].answer in visible_text(app)


def test_a_lesson_without_files_can_still_be_printed(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printed_sheet, "_FOLDER", tmp_path)
    app = open_app(PAGE, {"section": "worksheets"})
    assert not app.exception
    assert not app.get("download_button")
    assert "Task 1" in visible_text(app)


def test_the_page_says_whether_classroom_mode_is_on(open_app: OpenApp) -> None:
    app = open_app(PAGE, {"section": "law-and-privacy"})
    assert "It is off now" in visible_text(app)
    app = open_app(PAGE, {"section": "law-and-privacy", "mode": "classroom"})
    assert "It is **on** now." in visible_text(app)


@pytest.mark.parametrize("section", ["plans", "law-and-privacy"])
def test_the_address_for_the_board(open_app: OpenApp, section: str) -> None:
    assert open_app(PAGE, {"section": section}).code[0].value.endswith("/lessons?mode=classroom")


def test_the_address_is_short_where_the_host_has_set_the_mode(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SER_MODE", "classroom")
    assert open_app(PAGE).code[0].value.endswith("/lessons")


@pytest.mark.parametrize(("host", "is_said"), [("localhost", True), ("127.0.0.1", True), ("192.168.1.20", False)])
def test_an_address_that_pupils_cannot_open_is_said(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, host: str, is_said: bool
) -> None:
    monkeypatch.setattr(type(st.context), "url", f"http://{host}:8501/teachers")
    app = open_app(PAGE)
    assert app.code[0].value == f"http://{host}:8501/lessons?mode=classroom"
    assert (
        f"on this computer alone. For pupils, write the computer's address in the school's network in place of *{host}*"
        in visible_text(app)
    ) == is_said


@pytest.mark.parametrize("key", ["sound-as-numbers", "pitch-and-excitement"])
def test_a_step_of_a_plan_opens_its_worksheets(open_app: OpenApp, key: str) -> None:
    app = open_app(PAGE)
    app.button(key=f"plan_40_{key}").click().run()
    lesson = lesson_store.lessons()[key]
    assert lesson.tasks[0].text in visible_text(app)
    assert app.query_params["section"] in ("worksheets", ["worksheets"])


def test_a_link_to_a_section_works_after_another_section_was_seen(open_app: OpenApp) -> None:
    app = open_app(PAGE)
    set_widget(app, "teacher_section", "Law and privacy")
    app.switch_page("pages/lessons.py").run()
    app.query_params["section"] = "words"
    app.switch_page(PAGE).run()
    assert app.get_by_key("teacher_section").value == "Words"
    # Only the first run of the page follows the link: then a choice is newer than the address.
    set_widget(app, "teacher_section", "Plans")
    assert app.get_by_key("teacher_section").value == "Plans"
