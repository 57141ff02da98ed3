"""``ser words``: which words in file names stand for which emotion."""

from __future__ import annotations

import argparse

from ser_core.cli.arguments import Subparsers, add_command
from ser_core.emotions import WITHOUT_COUNTERPART, WORDS


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    add_command(commands, "words", run)


def run(_: argparse.Namespace) -> int:
    """Print the words for each emotion that are read in the names of files and folders."""
    for label, synonyms in WORDS.items():
        print(f"{label}: {synonyms}")
    print(f"left out: {' '.join(sorted(WITHOUT_COUNTERPART))}")
    return 0
