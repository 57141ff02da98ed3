"""``ser inventory``: the tables of the Data page."""

from __future__ import annotations

import argparse

from ser_core.cli.arguments import TABLES_DIR, WORK_DIR, Subparsers, add_command, add_data, output_folder


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "inventory", run)
    add_data(parser, "a folder with the corpora and CREMA-D's tables")
    parser.add_argument("--out", type=output_folder, default=TABLES_DIR, help="the folder for the tables")
    parser.add_argument("--work", type=output_folder, default=WORK_DIR, help="the folder for the measurements")


def run(arguments: argparse.Namespace) -> int:
    """List and measure the Kaggle set, and write the tables of the Data page."""
    from ser_core.dataset.build_tables import build_tables

    clips = build_tables(arguments.data, arguments.work, arguments.out)
    for (corpus, source), rows in clips.groupby(["corpus", "source"]):
        print(f"{corpus}, {source}: {len(rows):,}")
    return 0
