"""Which folder may import which: every import in the code is compared with the tables in docs/architecture.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.harness.paths import ROOT

ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
# Modules that everything may import.
BASE = {f"ser_core.{name}" for name in ("atomic_write", "emotions", "errors", "paths", "threads")}
# The package itself (its public names, its version) and the command line may import everything below.
ROOTS = {"ser_core", "ser_core.__main__", "ser_core.cli"}
TRAINS = {"ser_core.training", "ser_core.evaluation"}
# What the command line needs to read its arguments; it imports nothing but the standard library.
SETTINGS = "ser_core.training.settings"
SHOWS = {"streamlit", "streamlit_webrtc", "plotly"}
FILES = sorted(path for folder in ("ser_core", "ui", "pages") for path in (ROOT / folder).rglob("*.py"))
FILES.append(ROOT / "app.py")


class Import(NamedTuple):
    """One import: in which file, of which module, and whether it runs when the file is imported."""

    path: Path
    module: str
    runs_at_start: bool


def unit_of(module: str) -> str:
    """Return the first two parts of a module's name: the folder or root module that a rule is about."""
    return ".".join(module.split(".")[:2])


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path) for path in FILES}


def imports_in(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inner = {id(node) for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.module
            assert not node.level, f"{path}: relative import"
            # `from ui.common import engine` imports a module, `from ui.common.engine import predict` a function.
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name if name in MODULES else node.module for name in names]
        else:
            continue
        yield from (Import(path, module, id(node) not in inner) for module in modules)


IMPORTS = [each_import for path in FILES for each_import in imports_in(path)]


def rules(root: str) -> dict[str, set[str]]:
    """Return which units each unit of a root may import, from the table in docs/architecture.md."""
    _, _, rest = ARCHITECTURE.partition(f"| in `{root}` |")
    table, _, _ = rest.partition("\n\n")
    rows = [line.strip("|").split("|") for line in table.splitlines()[2:]]
    return {
        f"{root}.{name}": {f"{root}.{allowed}" for allowed in re.findall(r"`(\w+)`", row[-1])}
        for row in rows
        for name in re.findall(r"`(\w+)`", row[0])
    }


LIBRARY = rules("ser_core")
PAGE_PARTS = rules("ui")


def imported_by(unit: str, root: str) -> set[str]:
    """Return the units of a root that any file of a unit imports."""
    return {
        unit_of(each_import.module)
        for each_import in IMPORTS
        if unit_of(name_of(each_import.path)) == unit and each_import.module.split(".")[0] == root
    } - {unit}


def test_the_tables_name_every_folder_and_root_module() -> None:
    units = {unit_of(name) for name in MODULES}
    assert {unit for unit in units if unit.startswith("ser_core")} == set(LIBRARY) | BASE | ROOTS
    assert {unit for unit in units if unit.startswith("ui.")} == set(PAGE_PARTS)


@pytest.mark.parametrize("unit", [*LIBRARY, *sorted(BASE)])
def test_the_library_imports_what_its_table_allows(unit: str) -> None:
    allowed = LIBRARY[unit] | BASE if unit in LIBRARY else set()
    assert imported_by(unit, "ser_core") - allowed == set()
    assert imported_by(unit, "ui") | imported_by(unit, "pages") == set()


@pytest.mark.parametrize("unit", PAGE_PARTS)
def test_parts_of_pages_import_what_their_table_allows(unit: str) -> None:
    assert imported_by(unit, "ui") - PAGE_PARTS[unit] == set()
    assert imported_by(unit, "pages") == set()


def test_no_unit_reaches_itself() -> None:
    for table in (LIBRARY, PAGE_PARTS):
        reached = {unit: set(allowed) for unit, allowed in table.items()}
        for _ in table:
            reached = {unit: units.union(*(reached[each] for each in units)) for unit, units in reached.items()}
        assert [unit for unit, units in reached.items() if unit in units] == []


def test_the_app_never_imports_training() -> None:
    app = [each for each in IMPORTS if name_of(each.path).split(".")[0] in {"app", "ui", "pages"}]
    assert len(app) > 100
    assert {each.module for each in app if unit_of(each.module) in TRAINS} == set()
    serving = {unit_of(each.module) for each in app if each.module.startswith("ser_core.")} - BASE
    assert {allowed for unit in serving for allowed in LIBRARY[unit]} & TRAINS == set()


def test_commands_import_training_when_they_run() -> None:
    commands = [each for each in IMPORTS if unit_of(name_of(each.path)) in ROOTS and unit_of(each.module) in TRAINS]
    assert len(commands) > 2
    assert {each.module for each in commands if each.runs_at_start} <= {SETTINGS}
    assert {each.module for each in IMPORTS if name_of(each.path) == SETTINGS} <= {"__future__", "dataclasses"}


def test_the_library_knows_neither_streamlit_nor_plotly() -> None:
    library = [each for each in IMPORTS if name_of(each.path).split(".")[0] == "ser_core"]
    assert {each.module for each in library if each.module.split(".")[0] in SHOWS} == set()


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("ser_core/*/__init__.py")) + sorted(ROOT.glob("ui/*/__init__.py")), ids=name_of
)
def test_the_docstring_of_a_package_names_what_it_may_import(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    (sentence,) = re.findall(r"May import (.*?)\.(?:\s|$)", docstring, re.DOTALL)
    root, _, _ = name_of(path).partition(".")
    named = {name.removeprefix(f"{root}.") for name in re.findall(r"``([\w.]+)``", sentence)} - {root}
    allowed = {unit.removeprefix(f"{root}.") for unit in (LIBRARY | PAGE_PARTS)[name_of(path)]}
    assert named == allowed
