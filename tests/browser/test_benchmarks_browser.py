"""The benchmark of the app: it goes through all of it, whatever the figures are on a busy machine."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser


def test_the_app_is_measured(chromium: Browser) -> None:
    command = [sys.executable, "-m", "benchmarks", "--tiny", "--json", "--only", "app"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found = {each["key"]: each for each in json.loads(result.stdout)["figures"]}
    targets = {"first_paint", "first_answer", "memory_one", "memory_crowd", "paint_data", "paint_model"}
    assert {key for key, each in found.items() if each["target"] is not None} == targets
    assert all(each["median"] > 0.0 for each in found.values())
    assert found["memory_started"]["median"] < found["memory_one"]["median"]
