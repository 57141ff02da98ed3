"""The command line as a whole: its help is quick and names every command."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ser_core.cli import main
from tests.harness.paths import ROOT


def test_the_help_imports_nothing_but_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "from ser_core.cli.entry import parser; parser().format_help()\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new - set(sys.stdlib_module_names) - {'ser_core'}))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    text = capsys.readouterr().err
    assert "ser predict recordings/" in text
    listed, _, rest = text.partition("From a folder of recordings")
    # Most people need the commands that are explained; the others have their names at the end.
    assert " predict " in listed
    assert "convert-whisper" not in listed
    assert "convert-whisper" in rest


def test_a_command_without_explanation_has_its_own_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["inventory", "--help"])
    assert "Data page" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["predict"], ["features"], ["experiment"], ["train"]])
def test_the_help_teaches_by_example(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    assert "recordings/ --" in text
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["predict", "x.wav", "--track", "0"], "0 is not a whole number from 1 on, such as 2"),
        (["serve", "--port", "99999"], "99999 is no port; name one from 1 to 65535, such as 8501"),
    ],
)
def test_number_out_of_range_is_refused_with_the_range(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert sentence in capsys.readouterr().err


def test_information_of_other_packages_is_not_printed() -> None:
    code = (
        "import logging; from ser_core.cli import main; main([])\n"
        "logging.getLogger('s3fs').info('found'); logging.getLogger('ser_core.x').info('fold 1')"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "fold 1" in result.stderr
    assert "found" not in result.stderr
