"""What must not be in the code, searched for: caches of voices for all, HTML of a visitor's words, code in data."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.paths import ROOT

FOLDERS = ("ser_core", "ui", "pages", "benchmarks", "tools")
SOURCES = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]
# What carries a visitor's voice into a function, by the annotation of its parameter.
VOICES = {"Audio", "Clip", "bytes", "Features", "Prediction", "np.ndarray", "WebSession"}
# Their files are programs: to read one is to run it.
RUNNING_FORMATS = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "cloudpickle"}


def nodes(kind: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, kind):
                yield file, node


def calls(name: str) -> list[tuple[Path, dict[str, str]]]:
    """Return the keyword arguments of each call of a function, by the last part of its name."""
    return [
        (file, {each.arg or "**": ast.unparse(each.value) for each in node.keywords})
        for file, node in nodes(ast.Call)
        if ast.unparse(node.func).rpartition(".")[2] == name
    ]


def test_nothing_made_from_a_voice_is_cached_for_all() -> None:
    shared, own = [], []
    for file, node in nodes(ast.FunctionDef):
        caching = [ast.unparse(each) for each in node.decorator_list if "st.cache_" in ast.unparse(each)]
        given = {ast.unparse(each.annotation) for each in node.args.args if each.annotation}
        if caching and given & VOICES:
            (own if "scope='session'" in caching[0] else shared).append(f"{file.name}: {node.name}")
    assert len(own) >= 5
    assert shared == []


def test_nobody_writes_html_into_a_page() -> None:
    assert calls("html") == []
    assert [file.name for file in SOURCES if "unsafe_allow_html" in file.read_text(encoding="utf-8")] == []


def test_no_file_is_read_that_could_hold_a_program() -> None:
    imported = {alias.name.split(".")[0] for _, node in nodes(ast.Import) for alias in node.names}
    imported |= {(node.module or "").split(".")[0] for _, node in nodes(ast.ImportFrom)}
    assert imported & RUNNING_FORMATS == set()
    assert [given for _, given in calls("load") if given.get("allow_pickle", "False") != "False"] == []
    assert [given for _, given in calls("load_model") if given.get("safe_mode") != "True"] == []
    assert len(calls("load_model")) >= 2
    assert calls("eval") == calls("exec") == []


def test_secrets_come_from_outside() -> None:
    assert ".streamlit/secrets.toml" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    named = [
        f"{file.name}: {ast.unparse(node)}"
        for file, node in nodes(ast.Assign)
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str) and len(node.value.value) > 12
        for target in node.targets
        if any(word in ast.unparse(target).lower() for word in ("token", "secret", "password", "credential"))
    ]
    assert named == []


@pytest.mark.parametrize("setting", ["enableXsrfProtection", "enableCORS"])
def test_protections_are_on(setting: str) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"][setting] is True


def test_plotly_is_drawn_with_where_pandas_is_loaded_before() -> None:
    """Else a thread draws while another is still loading pandas, of which Plotly then finds half."""
    names = {
        (file.relative_to(ROOT).as_posix(), name)
        for kind in (ast.Import, ast.ImportFrom)
        for file, node in nodes(kind)
        for name in ([node.module] if kind is ast.ImportFrom else [each.name for each in node.names])
        if name and name.startswith("plotly.")
    }
    assert names == {("ui/common/plots.py", "plotly.graph_objects"), ("ui/common/plots.py", "plotly.subplots")}
    code = "import sys, ui.common.plots; print(list(sys.modules).index('pandas') < list(sys.modules).index('plotly'))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"
