"""The benchmarks in Chromium: each goes through all of it, whatever the figures are on a busy machine."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.harness.paths import ROOT

pytestmark = pytest.mark.browser


def measured(subject: str) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks", "--tiny", "--json", "--only", subject]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return {each["key"]: each for each in json.loads(result.stdout)["figures"]}


def test_the_app_is_measured(chromium: Browser) -> None:
    found = measured("app")
    targets = {"first_paint", "first_answer", "memory_one", "memory_crowd", "paint_data", "paint_model", "frame_wait"}
    assert {key for key, each in found.items() if each["target"] is not None} == targets
    assert all(each["median"] > 0.0 for each in found.values())
    assert found["memory_started"]["median"] < found["memory_one"]["median"]


def test_the_way_from_a_sound_to_the_screen_is_measured(chromium: Browser) -> None:
    found = measured("live")
    assert set(found) == {"meter", "answer", "core"}
    # Each time that the voice began, the meter rose and an answer came.
    assert all(found[key]["n"] >= 3 for key in ("meter", "answer"))
    assert all(each["least"] > 0.0 for each in found.values())
