"""The benchmarks in Chromium run to their end. Their values mean nothing on a busy machine and are not tested."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.harness.paths import ROOT

pytestmark = pytest.mark.browser


def measure(subject: str) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks", "--tiny", "--json", "--only", subject]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stdout, result.stderr[-3000:]
    return {measurement["key"]: measurement for measurement in json.loads(result.stdout)["measurements"]}


def test_the_app_is_measured(chromium: Browser) -> None:
    measurements = measure("app")
    targets = {"first_paint", "first_answer", "memory_one", "memory_crowd", "paint_data", "paint_model", "frame_wait"}
    assert {key for key, measurement in measurements.items() if measurement["target"] is not None} == targets
    # A long clip can fit into memory that the server has already.
    assert measurements.pop("memory_long")["median"] >= 0.0
    assert all(measurement["median"] > 0.0 for measurement in measurements.values())
    assert measurements["memory_started"]["median"] < measurements["memory_one"]["median"]


def test_the_delay_from_a_sound_to_the_screen_is_measured(chromium: Browser) -> None:
    measurements = measure("live")
    assert set(measurements) == {"meter", "answer", "core"}
    # Each time that the voice began, the meter rose and an answer came.
    assert all(measurements[key]["n"] >= 3 for key in ("meter", "answer"))
    assert all(measurement["least"] > 0.0 for measurement in measurements.values())
