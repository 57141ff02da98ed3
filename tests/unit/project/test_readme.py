"""README is short, has the measured figures, the two commands, and every setting."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.harness.paths import ROOT
from tools import write_readme_figures

README = (ROOT / "README.md").read_text(encoding="utf-8")
MAX_LINES = 120


def test_the_table_has_the_measured_figures() -> None:
    assert write_readme_figures.with_table(README) == README


@pytest.mark.parametrize(
    "command",
    ["pip install -r requirements.txt && streamlit run app.py", "pip install -r requirements-dev.txt && pytest"],
)
def test_the_two_commands_are_there(command: str) -> None:
    assert f"```bash\n{command}\n```" in README


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= MAX_LINES


def test_the_claim_about_librosa_names_the_setting_of_chroma() -> None:
    # With librosa's default, which estimates the tuning of each clip, single values differ by up to 0.79.
    assert "librosa's numbers (chroma with `tuning=0`)" in README


def is_environ(node: ast.AST) -> bool:
    return ast.unparse(node) == "os.environ"


def names_read(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the name in each read of an environment variable: a constant, or a parameter of the function around it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and is_environ(node.value):
            yield node.slice
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"os.environ.get", "os.getenv"}:
            yield node.args[0]


def environment_variables() -> set[str]:
    """Return the environment variables that the app and the library read.

    A function that reads the variable which a parameter names, ``ui.live.settings.setting``, counts by its calls.
    """
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for folder in ("ser_core", "ui", "pages")
        for path in (ROOT / folder).rglob("*.py")
    ]
    readers = {
        function.name
        for tree in trees
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        and {ast.unparse(name) for name in names_read(ast.Module(function.body, []))}
        & {argument.arg for argument in function.args.args}
    }
    names = [name for tree in trees for name in names_read(tree)]
    names += [
        node.args[0]
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in readers
    ]
    return {str(name.value) for name in names if isinstance(name, ast.Constant)}


def test_the_table_of_settings_has_every_environment_variable_that_is_read() -> None:
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `")]
    documented = {name for row in rows for name in re.findall(r"`([A-Z]+_[A-Z_]+)`", row)}
    assert {"SER_DATA_DIR", "SER_TURN_URLS", "TWILIO_AUTH_TOKEN"} <= environment_variables()
    assert documented == environment_variables()
