"""The wheel works in a folder that holds no checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from ser_core import __version__
from ser_core.cli import main
from tests.harness.paths import COMPUTER_VOICES, ROOT

CLIP = COMPUTER_VOICES / "happy_male.wav"
SHIPPED = "ser_core/_shipped/"
FOR_TRAINING_ONLY = {"network.keras", "training_log.csv", "averages.npz"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in a virtual environment; return the folder with its commands.

    The wheel's dependencies are installed too if ``SER_REQUIRE_WHEEL`` is set. Otherwise the environment sees the
    packages that run this test.
    """
    folder = tmp_path_factory.mktemp("installed")
    # Symbolic links as `python -m venv` makes them: a copied interpreter does not find its library everywhere.
    venv.EnvBuilder(symlinks=os.name != "nt").create(folder)
    paths = sysconfig.get_paths("venv", vars={"base": str(folder), "platbase": str(folder)})
    pip = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--quiet", str(wheel)]
    if os.environ.get("SER_REQUIRE_WHEEL"):
        run([*pip, "--constraint", str(ROOT / "requirements-serve.txt")], folder)
    else:
        run([*pip, "--no-deps", "--no-index"], folder)
        (Path(paths["purelib"]) / "packages.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    return Path(paths["scripts"])


def run(command: list[str], folder: Path) -> str:
    """Run a command in a folder, without the variables that lead Python to the checkout; return what it printed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_it_holds_the_library_and_the_files_that_the_library_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "ser_core").rglob("*.py")}
    assert sources | {"ser_core/py.typed"} <= names
    committed = [path for folder in ("models", "samples") for path in (ROOT / folder).rglob("*") if path.is_file()]
    left_out = {path for path in committed if path.parent.name == "experiments" or path.name in FOR_TRAINING_ONLY}
    shipped = {f"{SHIPPED}{path.relative_to(ROOT).as_posix()}" for path in set(committed) - left_out}
    assert {name for name in names if name.startswith(SHIPPED)} == shipped


def test_it_holds_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"ser_core", f"how_does_it_sound-{__version__}.dist-info"}
    assert [name for name in names if name.endswith((".keras", ".pyc")) or "experiments" in name] == []
    # The three networks take 8.2 MB of it.
    assert wheel.stat().st_size < 10.5e6


def test_its_command_recognises_a_clip_like_the_checkout(
    scripts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = run([str(scripts / "ser"), "predict", "--json", str(CLIP)], tmp_path)
    assert main(["predict", "--json", str(CLIP)]) == 0
    assert json.loads(printed) == json.loads(capsys.readouterr().out)


def test_the_library_finds_its_data_without_a_checkout(scripts: Path, tmp_path: Path) -> None:
    code = (
        "import sys, ser_core\n"
        "from ser_core.paths import DATA_DIR, MODELS_DIR, SAMPLES_DIR\n"
        "from ser_core.dataset.tables import read_clips\n"
        "assert DATA_DIR.is_relative_to(sys.prefix), DATA_DIR\n"
        "assert ser_core.Recognizer(MODELS_DIR / 'seed_cnn')\n"
        "assert (SAMPLES_DIR / 'crema_d_manifest.csv').is_file()\n"
        "assert len(read_clips()) > 10_000\n"
        "print(ser_core.__version__)\n"
    )
    assert run([str(scripts / "python"), "-c", code], tmp_path).strip() == __version__
