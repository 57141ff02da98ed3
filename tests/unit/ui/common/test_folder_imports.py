"""The folders of ``ui`` import each other in one direction: pages' folders -> shell -> common."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.paths import ROOT

UI = ROOT / "ui"
FOLDERS = sorted(file.parent.name for file in UI.glob("*/__init__.py"))
SHARED = {"common": {"common"}, "shell": {"common", "shell"}}


def imported_folders(file: Path) -> Iterator[str]:
    """Yield the folders of ``ui`` that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        parts = [name.split(".") for name in names]
        yield from (part[1] for part in parts if part[0] == "ui" and len(part) > 1)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_imports_only_shared_folders_and_itself(folder: str) -> None:
    allowed = SHARED.get(folder, {"common", "shell", folder})
    imported = {name for file in (UI / folder).rglob("*.py") for name in imported_folders(file)}
    assert imported - allowed == set()


def test_a_page_imports_only_shared_folders_and_its_own() -> None:
    for page in (ROOT / "pages").glob("*.py"):
        imported = set(imported_folders(page))
        assert imported - {"common", "shell", page.stem} == set(), page.name
