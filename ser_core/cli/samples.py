"""``ser samples fetch`` and ``ser samples check``: fetch the CREMA-D clips, or check their sources."""

from __future__ import annotations

import argparse

from ser_core.cli.arguments import Subparsers, add_command


def add_to(commands: Subparsers) -> None:
    """Add the command with its two actions."""
    summary = "Fetch the sample clips of CREMA-D, or check their sources."
    parser = commands.add_parser("samples", help=summary, description=summary)
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add_command(actions, "fetch", fetch)
    add_command(actions, "check", check)


def fetch(_: argparse.Namespace) -> int:
    """Fetch all sample clips of CREMA-D into the cache; exit status 1 if one of them is missing."""
    from ser_core.samples.commands import fetch_all

    return fetch_all()


def check(_: argparse.Namespace) -> int:
    """Download one clip from every source and show which sources work; exit status 1 if none does."""
    from ser_core.samples.commands import check_sources

    return check_sources()
