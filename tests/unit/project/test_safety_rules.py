"""Searches of the code for what is not allowed: shared caches of voices, HTML in pages, data formats that run code."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.harness.paths import ROOT

FOLDERS = ("ser_core", "ui", "pages", "benchmarks", "tools")
SOURCES = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]
# Types of parameters that hold a visitor's voice, or a result computed from it.
VOICE_TYPES = {"Audio", "Clip", "bytes", "Features", "Prediction", "np.ndarray", "WebSession"}
# Reading a file in one of these formats can run code from it.
CODE_FORMATS = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "cloudpickle"}
SECRET_WORDS = ("token", "secret", "password", "credential")

Node = TypeVar("Node", bound=ast.AST)


def nodes(kind: type[Node]) -> Iterator[tuple[Path, Node]]:
    """Yield every syntax node of a kind in the sources, with its file."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, kind):
                yield file, node


def calls(name: str) -> list[tuple[Path, dict[str, str]]]:
    """Return the keyword arguments of each call of a function, by the last part of its name."""
    return [
        (file, {keyword.arg or "**": ast.unparse(keyword.value) for keyword in node.keywords})
        for file, node in nodes(ast.Call)
        if ast.unparse(node.func).rpartition(".")[2] == name
    ]


def test_no_result_computed_from_a_voice_is_cached_for_all_visitors() -> None:
    shared: list[str] = []
    per_session: list[str] = []
    for file, function in nodes(ast.FunctionDef):
        decorators = [ast.unparse(decorator) for decorator in function.decorator_list]
        caches = [decorator for decorator in decorators if "st.cache_" in decorator]
        types = {ast.unparse(argument.annotation) for argument in function.args.args if argument.annotation}
        if caches and types & VOICE_TYPES:
            (per_session if "scope='session'" in caches[0] else shared).append(f"{file.name}: {function.name}")
    assert len(per_session) >= 5
    assert shared == []


def test_no_page_writes_html() -> None:
    # The style sheets come with the page's own HTML.
    assert [file.name for file, _ in calls("html")] == []
    assert [file.name for file in SOURCES if "unsafe_allow_html" in file.read_text(encoding="utf-8")] == []


def test_no_file_is_read_in_a_format_that_can_run_code() -> None:
    imported = {alias.name.split(".")[0] for _, node in nodes(ast.Import) for alias in node.names}
    imported |= {(node.module or "").split(".")[0] for _, node in nodes(ast.ImportFrom)}
    assert imported & CODE_FORMATS == set()
    assert [keywords for _, keywords in calls("load") if keywords.get("allow_pickle", "False") != "False"] == []
    assert [keywords for _, keywords in calls("load_model") if keywords.get("safe_mode") != "True"] == []
    assert len(calls("load_model")) >= 2
    assert calls("eval") == calls("exec") == []


def test_no_secret_is_written_in_the_code() -> None:
    assert ".streamlit/secrets.toml" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    long_texts = [
        (file, node)
        for file, node in nodes(ast.Assign)
        if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str) and len(node.value.value) > 12
    ]
    named_like_secrets = [
        f"{file.name}: {ast.unparse(node)}"
        for file, node in long_texts
        if any(word in ast.unparse(target).lower() for target in node.targets for word in SECRET_WORDS)
    ]
    assert named_like_secrets == []


@pytest.mark.parametrize("setting", ["enableXsrfProtection", "enableCORS"])
def test_protections_are_on(setting: str) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"][setting] is True


def test_plotly_is_imported_in_one_module_that_imports_pandas_first() -> None:
    """Plotly uses pandas if it is loaded; in the middle of another thread's import it would find a part of it."""
    imports = {(file, alias.name) for file, node in nodes(ast.Import) for alias in node.names}
    imports |= {(file, node.module or "") for file, node in nodes(ast.ImportFrom)}
    plotly_imports = {
        (file.relative_to(ROOT).as_posix(), module) for file, module in imports if module.startswith("plotly.")
    }
    assert plotly_imports == {
        ("ui/common/plots.py", "plotly.graph_objects"),
        ("ui/common/plots.py", "plotly.subplots"),
    }
    code = "import sys, ui.common.plots; print(list(sys.modules).index('pandas') < list(sys.modules).index('plotly'))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"
