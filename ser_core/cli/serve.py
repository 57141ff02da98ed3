"""``ser serve``: the app in a browser."""

from __future__ import annotations

import argparse
import subprocess
import sys

from ser_core.cli.arguments import Subparsers, add_command
from ser_core.errors import StorageError
from ser_core.paths import DATA_DIR

_APP = DATA_DIR / "app.py"
_DEFAULT_PORT = 8501
_MAX_PORT = 65_535


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "serve", run)
    parser.add_argument("--port", type=_port, default=_DEFAULT_PORT, help=f"by default {_DEFAULT_PORT}")


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text} is no port; name one from 1 to {_MAX_PORT}, such as {_DEFAULT_PORT}")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Start the app, which opens in a browser; stop it with Ctrl-C."""
    if not _APP.is_file():
        raise StorageError(
            "The pages of the app are not in an installed package",
            expected="a checkout of the project",
            advice="Clone the project, and run the command in it as python -m ser_core serve",
        )
    command = [sys.executable, "-m", "streamlit", "run", str(_APP), "--server.port", str(arguments.port)]
    # Streamlit reads its settings from the folder that it is started in.
    return subprocess.run(command, cwd=DATA_DIR, check=False).returncode  # noqa: S603
