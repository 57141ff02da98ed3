"""README keeps its promises."""

from __future__ import annotations

import importlib.util
import re
from types import ModuleType

import pytest

from tests.harness.paths import ROOT


@pytest.fixture
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("figures_tool", ROOT / "tools" / "write_readme_figures.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_says_what_was_measured(tool: ModuleType) -> None:
    readme = tool.README.read_text(encoding="utf-8")
    assert tool.with_table(readme) == readme


@pytest.mark.parametrize(
    "command",
    ["pip install -r requirements.txt && streamlit run app.py", "pip install -r requirements-dev.txt && pytest"],
)
def test_the_two_commands_are_there(tool: ModuleType, command: str) -> None:
    assert command in tool.README.read_text(encoding="utf-8")


def test_every_setting_is_documented(tool: ModuleType) -> None:
    settings = (ROOT / "ser_core" / "samples" / "settings.py").read_text(encoding="utf-8")
    names = {word.strip('"`,().') for word in settings.split() if "SER_" in word}
    readme = tool.README.read_text(encoding="utf-8")
    assert names
    assert all(f"`{name}`" in readme for name in names if name.startswith("SER_"))


def test_everything_at_the_top_level_is_named(tool: ModuleType) -> None:
    readme = tool.README.read_text(encoding="utf-8")
    folders = ("pages", "ui", "ser_core", "models", "samples", "tools", "tests")
    assert all((ROOT / folder).is_dir() and f"    {folder}/" in readme for folder in folders)


def test_every_setting_of_the_live_page_is_documented() -> None:
    sources = [ROOT / "ui" / "live" / name for name in ("settings.py", "ice.py")]
    found = {
        name for source in sources for name in re.findall(r'setting\("([A-Z_]+)"', source.read_text(encoding="utf-8"))
    }
    hosting = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    assert len(found) > 8
    assert {name for name in found if f"`{name}`" not in hosting} == set()
