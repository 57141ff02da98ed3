"""What the modules of the commands share: adding a command, and arguments that several commands have."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from ser_core.atomic_write import require_writable_file, require_writable_folder
from ser_core.errors import ModelError, StorageError
from ser_core.paths import DEFAULT_NETWORK, MODELS_DIR

Command = Callable[[argparse.Namespace], int]

EXPERIMENTS_DIR = MODELS_DIR / "experiments"
TABLES_DIR = MODELS_DIR / "data"
WORK_DIR = Path("runs")

_MODEL = (
    "a model folder; without speech_detector.npz in it, as in models/seed_cnn, the network that ships decides what is "
    "speech"
)


class Subparsers(Protocol):
    """Return type of ``ArgumentParser.add_subparsers``, whose own class is private."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser:
        """Add a command and return its parser."""


def add_command(commands: Subparsers, name: str, command: Command, epilog: str = "") -> argparse.ArgumentParser:
    """Add a command, whose help is the function's docstring, and return its parser.

    Parameters
    ----------
    commands : argparse subparsers
        The commands of the main parser.
    name : str
        The name of the command.
    command : callable
        Runs it with the parsed arguments, and returns the exit status.
    epilog : str
        Examples, shown as they are at the end of the help.
    """
    parser = commands.add_parser(
        name,
        help=command.__doc__,
        description=command.__doc__,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=command)
    return parser


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add the argument for the network."""
    parser.add_argument("--model", type=model_folder, default=MODELS_DIR / DEFAULT_NETWORK, metavar="DIR", help=_MODEL)


def add_sound_choice(parser: argparse.ArgumentParser) -> None:
    """Add the arguments for the channels and the sound track of a recording."""
    parser.add_argument(
        "--channels", choices=("mix", "each"), default="mix", help="use the mix of the channels, or each one alone"
    )
    parser.add_argument(
        "--track", type=positive, metavar="N", help="which sound track of a file (by default the first with sound)"
    )


def positive(text: str) -> int:
    """Return a whole number of at least 1 from an argument.

    Raises
    ------
    argparse.ArgumentTypeError
        For any other text; argparse then names the argument.
    """
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 on, such as 2")
    return int(text)


def output_file(text: str) -> Path:
    """Return the file that an argument names, if it can be written.

    Raises
    ------
    StorageError
        If it cannot: before the work begins, and not at its end.
    """
    require_writable_file(Path(text))
    return Path(text)


def output_folder(text: str) -> Path:
    """Return the folder that an argument names, if files can be written to it; otherwise as ``output_file``."""
    require_writable_folder(Path(text))
    return Path(text)


def input_file(text: str) -> Path:
    """Return the file that an argument names.

    Raises
    ------
    StorageError
        If there is no such file.
    """
    if not os.path.isfile(text):
        raise StorageError(
            f"There is no file {text}",
            expected="the path of a file that is there",
            advice="Check the name, and the folder that you are in",
        )
    return Path(text)


def model_folder(text: str) -> Path:
    """Return the model folder that an argument names.

    Raises
    ------
    ModelError
        If there is no such folder.
    """
    if not os.path.isdir(text):
        raise ModelError(
            f"There is no model folder {text}",
            expected="a folder with config.json and network.tflite, as ser train writes it",
            advice="Check the name after --model; without --model, the network that ships is used",
        )
    return Path(text)


def add_data(parser: argparse.ArgumentParser, help: str = "a folder with the corpora") -> None:
    """Add the argument for the corpora."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help=help)
