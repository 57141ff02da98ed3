"""Documents agree with the files: code blocks run, named files and symbols exist."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import streamlit as st

from ser_core.batch.tables import COLUMNS
from ser_core.cli.entry import parser
from tests.harness.paths import COMPUTER_VOICES, ROOT

DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
TEXTS = {document.relative_to(ROOT).as_posix(): document.read_text(encoding="utf-8") for document in DOCUMENTS}
# Blocks that show a file or a drawing; there is nothing to run.
SHOWN = {"mermaid", "json", "toml", "text"}

# Commands that run here, in a folder with a recording called clip.wav. Of all others, only the form is checked: they
# take long, need corpora, or change the machine.
RUN = {"python -m ser_core predict --json clip.wav"}
# Programs of which not even the options are checked.
EXTERNAL = {
    "curl",
    "dask",
    "docker",
    "git",
    "kubectl",
    "mypy",
    "pip-audit",
    "pre-commit",
    "ruff",
    "source",
    "sudo",
    "turnserver",
    "uv",
}

# Names of files and folders that are not in the project: made by commands, or belonging to others.
ELSEWHERE = re.compile(
    r"(runs|build|dist|Crema|Ravdess|Savee|Tess|CREMA-D|turn\.example\.org|/|ser_core/_shipped|secrets\.toml|\.env"
    r"|computer/\w+|tone/|vowel/|clip\.wav|packages\.txt|\.streamlit/secrets\.toml|_stcore|dmitrybabko/|haproxy\.org/)"
)


class Block(NamedTuple):
    """A fenced block of code in a document."""

    document: str
    language: str
    code: str


def blocks(*languages: str) -> list[Block]:
    all_blocks = [
        Block(document, *match)
        for document, text in TEXTS.items()
        for match in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    ]
    return [block for block in all_blocks if block.language in languages] if languages else all_blocks


def commands() -> Iterator[tuple[str, str]]:
    """Yield each command of the shell blocks with its document."""
    for block in blocks("bash"):
        for line in block.code.replace("\\\n", " ").splitlines():
            for command in re.split(r"\s*(?:&&|\|\|?|;)\s*", line.partition(" #")[0]):
                if command.strip():
                    yield block.document, command.strip()


COMMANDS = sorted(set(commands()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a recording, as a reader's own folder would be."""
    shutil.copy(COMPUTER_VOICES / "sad_male.wav", tmp_path / "clip.wav")
    return tmp_path


def run(command: list[str], folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_each_block_names_its_language() -> None:
    assert {block.language for block in blocks()} <= SHOWN | {"python", "bash"}


@pytest.mark.parametrize("block", blocks("python"), ids=lambda block: block.document)
def test_python_blocks_run(block: Block, folder: Path) -> None:
    assert run([sys.executable, "-c", block.code], folder)


@pytest.mark.parametrize("block", blocks("bash"), ids=lambda block: block.document)
def test_shell_blocks_parse(block: Block) -> None:
    subprocess.run(["bash", "-n", "-c", block.code], check=True)


@pytest.mark.parametrize("command", sorted(RUN))
def test_quick_commands_run(command: str, folder: Path) -> None:
    assert command in {text for _, text in COMMANDS}
    assert run([sys.executable, *shlex.split(command)[1:]], folder)


# The parser refuses files that are not there.
INPUT_FILES = ("FILE", "FILE_2", "model.safetensors")


@pytest.mark.parametrize(("document", "command"), COMMANDS)
def test_commands_are_accepted(document: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in INPUT_FILES:
        (tmp_path / name).touch()
    words = [word for word in shlex.split(command) if not re.match(r"[A-Z_]+=", word)]
    match words:
        case ["python", "-m", "ser_core", *arguments] | ["ser", *arguments]:
            parser().parse_args(arguments)
        case ["python", "-m", "venv", _]:
            pass
        case ["python", "-m", module, *_]:
            path = ROOT.joinpath(*module.split("."))
            assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()
        case ["python", script, *_]:
            assert (ROOT / script).is_file()
        case ["pip", "install", *arguments]:
            named = [name for name in arguments if not name.startswith("-") and "." in name]
            assert all((ROOT / name).exists() for name in named)
        case ["streamlit", "run", script, *options]:
            assert (ROOT / script).is_file()
            for option in options:
                st.get_option(option.removeprefix("--").partition("=")[0])
        case ["pytest", *arguments]:
            assert all((ROOT / name).exists() for name in arguments if "/" in name)
        case [program, *_]:
            assert program in EXTERNAL or (ROOT / program).is_file(), f"{document}: {command}"


@pytest.mark.parametrize("document", TEXTS)
def test_named_files_exist(document: str) -> None:
    text = re.sub(r"^```.*?^```$", "", TEXTS[document], flags=re.MULTILINE | re.DOTALL)
    named = set(re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.(?:py|md|toml|txt|ya?ml|json|csv|npz|lock))`", text))
    named |= {link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link}
    bases = [ROOT, ROOT / "docs", ROOT / "ser_core", ROOT / "models"]
    tracked = {path.name for base in bases for path in base.glob("*")}
    tracked |= {path.name for folder in ("ser_core", "ui", "tests", "tools") for path in (ROOT / folder).rglob("*.py")}
    missing = {
        name
        for name in named
        if not ELSEWHERE.match(name) and name not in tracked and not any((base / name).exists() for base in bases)
    }
    assert missing == set()


def test_contributing_names_files_and_symbols_that_exist() -> None:
    rows = re.findall(r"^\| `([\w./-]+)` \| `([^`]+)` \|", TEXTS["CONTRIBUTING.md"], re.MULTILINE)
    assert len(rows) > 12
    for file_name, symbol in rows:
        assert symbol in (ROOT / file_name).read_text(encoding="utf-8"), f"{file_name} has no {symbol}"


def test_the_columns_of_the_table_are_explained() -> None:
    section = TEXTS["docs/command_line.md"].partition("## The columns of the table")[2].partition("\n## ")[0]
    named = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]+`) \|", section, re.MULTILINE)))
    assert tuple(named) == COLUMNS
