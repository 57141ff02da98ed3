"""The plans for teachers: their times and their links."""

from __future__ import annotations

import re

import pytest

from tests.harness.paths import ROOT
from ui.common import lesson_store
from ui.shell.navigation import PAGES
from ui.teachers import text
from ui.teachers.plans import PLANS, Step

STEPS = [step for plan in PLANS for step in plan.steps if step.page]


def test_the_plans_take_10_40_and_90_minutes() -> None:
    assert [plan.minutes for plan in PLANS] == [10, 40, 90]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.label)
def test_each_link_leads_to_a_page_and_a_lesson_that_fits_the_time(step: Step) -> None:
    assert step.page in {page.path for page in PAGES}
    assert step.label
    if "lesson" in step.parameters:
        lesson = lesson_store.lessons()[step.parameters["lesson"]]
        screen = int(step.parameters.get("screen", "1"))
        assert screen <= len(lesson.screens)
        assert step.minutes >= lesson.minutes or screen > 1
        assert f"esson {lesson.number}" in step.label


@pytest.mark.parametrize(
    "step", [step for plan in PLANS for step in plan.steps if step.sheets], ids=lambda step: step.text
)
def test_a_step_with_a_worksheet_names_each_of_them(step: Step) -> None:
    for key in step.sheets:
        assert f"lesson {lesson_store.lessons()[key].number}" in step.text


def test_the_memory_is_below_the_stated_limit() -> None:
    performance = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    (measured_mb,) = re.findall(r"Memory after 20 visitors who each analysed a clip \| ([\d.]+) MB", performance)
    assert float(measured_mb) < text.MEMORY_MB
    assert "Measured on 2 cores" in performance
