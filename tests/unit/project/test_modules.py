"""Modules are short and have a docstring."""

from __future__ import annotations

import ast

from tests.harness.paths import ROOT

FOLDERS = ("ser_core", "ui", "pages", "benchmarks", "tools", "tests")
MAX_LINES = 350
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "app.py", *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")))
}


def test_no_module_is_long() -> None:
    too_long = {name for name, source in SOURCES.items() if len(source.splitlines()) > MAX_LINES}
    assert too_long == set()


def test_every_module_starts_with_a_docstring() -> None:
    assert [name for name, source in SOURCES.items() if source and not ast.get_docstring(ast.parse(source))] == []
