"""``ser download``: the Kaggle data set."""

from __future__ import annotations

import argparse

from ser_core.cli.arguments import Subparsers, add_command


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    add_command(commands, "download", run)


def run(_: argparse.Namespace) -> int:
    """Download the Kaggle data set, and print its folder."""
    from ser_core.corpora.download import download

    print(download())
    return 0
