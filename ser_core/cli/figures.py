"""``ser figures``: the figures that the app shows, and the model card."""

from __future__ import annotations

import argparse

from ser_core.cli.arguments import Subparsers, add_command, output_folder
from ser_core.paths import MODELS_DIR


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "figures", run)
    parser.add_argument("--models", type=output_folder, default=MODELS_DIR, help="the folder that holds experiments/")


def run(arguments: argparse.Namespace) -> int:
    """Compute every figure that the app shows, and the model card, from the tables of the experiments."""
    from ser_core.evaluation.figures import write_figures

    write_figures(arguments.models)
    return 0
