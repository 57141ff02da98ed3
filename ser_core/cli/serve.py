"""``ser serve``: the app in a browser."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from ser_core.cli.arguments import Subparsers, add_command
from ser_core.errors import StorageError
from ser_core.paths import DATA_DIR

_APP = DATA_DIR / "app.py"
_DEFAULT_PORT = 8501
_MAX_PORT = 65_535
# After a signal, a command ends with this status plus the signal's number: 130 after Ctrl-C, 143 after SIGTERM.
_SIGNAL_STATUS = 128
_COULD_NOT_RUN = 2


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
    with subprocess.Popen(command, cwd=DATA_DIR) as app, _passing_signals_on(app) as received:  # noqa: S603
        status = app.wait()
    if received:
        return _SIGNAL_STATUS + received[0]
    # The app has said why, for example that another program uses the port.
    return _COULD_NOT_RUN if status else 0


@contextmanager
def _passing_signals_on(app: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """Send the signals that ask this process to end to the app instead, and collect their numbers.

    A service manager sends SIGTERM to this process alone. The app would go on without it.
    """
    received: list[int] = []

    def pass_on(number: int, frame: FrameType | None) -> None:
        received.append(number)
        # On Windows, Ctrl-C reaches every process of the console, and cannot be sent to a single one.
        if os.name != "nt" or number != signal.SIGINT:
            app.send_signal(number)

    earlier = {number: signal.signal(number, pass_on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield received
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
