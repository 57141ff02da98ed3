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


class Arrow(NamedTuple):
    """One import: the importing module, the imported one, and whether the import runs when the first is imported."""

    importer: str
    imported: str
    runs_at_start: bool


def unit_of(module: str) -> str:
    """Return the first two parts of a module's name: the folder or root module that a rule is about."""
    return ".".join(module.split(".")[:2])


def root_of(module: str) -> str:
    return module.partition(".")[0]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path) for path in FILES}


def arrows_from(path: Path) -> Iterator[Arrow]:
    """Yield an arrow for each import in a file, also for those inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside_functions = {id(node) for function in functions for node in ast.walk(function)}
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
        yield from (Arrow(name_of(path), module, id(node) not in inside_functions) for module in modules)


ARROWS = [arrow for path in FILES for arrow in arrows_from(path)]


def rules(root: str) -> dict[str, set[str]]:
    """Return which units each unit of a root may import, from the table in docs/architecture.md."""
    _, _, after_heading = ARCHITECTURE.partition(f"| in `{root}` |")
    table, _, _ = after_heading.partition("\n\n")
    rows = [line.strip("|").split("|") for line in table.splitlines()[2:]]
    return {
        f"{root}.{name}": {f"{root}.{allowed}" for allowed in re.findall(r"`(\w+)`", row[-1])}
        for row in rows
        for name in re.findall(r"`(\w+)`", row[0])
    }


LIBRARY = rules("ser_core")
PAGE_PARTS = rules("ui")


def imported_by(unit: str, root: str) -> set[str]:
    """Return the units of a root that any module of a unit imports."""
    imported = {arrow.imported for arrow in ARROWS if unit_of(arrow.importer) == unit}
    return {unit_of(module) for module in imported if root_of(module) == root} - {unit}


def test_the_tables_name_every_folder_and_root_module() -> None:
    units = {unit_of(name) for name in MODULES}
    assert {unit for unit in units if root_of(unit) == "ser_core"} == set(LIBRARY) | BASE | ROOTS
    assert {unit for unit in units if unit.startswith("ui.")} == set(PAGE_PARTS)


@pytest.mark.parametrize("unit", [*LIBRARY, *sorted(BASE)])
def test_the_library_imports_what_its_table_allows(unit: str) -> None:
    allowed = LIBRARY[unit] | BASE if unit in LIBRARY else {"ser_core.errors"}
    assert imported_by(unit, "ser_core") - allowed == set()
    assert imported_by(unit, "ui") | imported_by(unit, "pages") == set()


@pytest.mark.parametrize("unit", PAGE_PARTS)
def test_parts_of_pages_import_what_their_table_allows(unit: str) -> None:
    assert imported_by(unit, "ui") - PAGE_PARTS[unit] == set()
    assert imported_by(unit, "pages") == set()


@pytest.mark.parametrize("table", [LIBRARY, PAGE_PARTS], ids=["ser_core", "ui"])
def test_the_allowed_arrows_have_no_cycle(table: dict[str, set[str]]) -> None:
    reached = {unit: set(allowed) for unit, allowed in table.items()}
    for _ in table:
        reached = {unit: units.union(*(reached[next_unit] for next_unit in units)) for unit, units in reached.items()}
    assert [unit for unit, units in reached.items() if unit in units] == []


def test_the_app_never_imports_training() -> None:
    imported = {arrow.imported for arrow in ARROWS if root_of(arrow.importer) in {"app", "ui", "pages"}}
    assert len(imported) > 100
    units = {unit_of(module) for module in imported if module.startswith("ser_core.")} - BASE
    assert units & TRAINS == set()
    assert {allowed for unit in units for allowed in LIBRARY[unit]} & TRAINS == set()


def test_commands_import_training_when_they_run() -> None:
    arrows = [arrow for arrow in ARROWS if unit_of(arrow.importer) in ROOTS and unit_of(arrow.imported) in TRAINS]
    assert len(arrows) > 2
    assert {arrow.imported for arrow in arrows if arrow.runs_at_start} <= {SETTINGS}
    assert {arrow.imported for arrow in ARROWS if arrow.importer == SETTINGS} <= {"__future__", "dataclasses"}


def test_the_library_imports_neither_streamlit_nor_plotly() -> None:
    imported = {root_of(arrow.imported) for arrow in ARROWS if root_of(arrow.importer) == "ser_core"}
    assert imported & SHOWS == set()


@pytest.mark.parametrize(
    "path",
    [
        path
        for path in sorted([*ROOT.glob("ser_core/*/__init__.py"), *ROOT.glob("ui/*/__init__.py")])
        if name_of(path) not in ROOTS
    ],
    ids=name_of,
)
def test_the_docstring_of_a_package_names_what_it_may_import(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    (sentence,) = re.findall(r"May import (.*?)\.(?:\s|$)", docstring, re.DOTALL)
    root, _, _ = name_of(path).partition(".")
    named = {name.removeprefix(f"{root}.") for name in re.findall(r"``([\w.]+)``", sentence)} - {root}
    allowed = {unit.removeprefix(f"{root}.") for unit in (LIBRARY | PAGE_PARTS)[name_of(path)]}
    assert named == allowed
