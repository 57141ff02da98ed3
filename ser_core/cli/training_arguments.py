"""The arguments that ``ser train`` and ``ser experiment`` share, and the settings that follow from them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from ser_core.cli.arguments import EXPERIMENTS_DIR, WORK_DIR, add_data
from ser_core.training.settings import DEFAULT_SETTINGS, TrainingSettings


def add_training_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a training."""
    add_data(parser)
    parser.add_argument("--network", choices=tuple(DEFAULT_SETTINGS), default="ser_whisper")
    parser.add_argument(
        "--pretrained", type=Path, help="published weights that the network starts from (ser_cnn: optional)"
    )
    parser.add_argument("--experiments", type=Path, default=EXPERIMENTS_DIR, help="the tables of the experiments")
    parser.add_argument("--work", type=Path, default=WORK_DIR, help="checkpoints, logs, cache")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, help="another number of epochs than the network's default")


def settings_of(arguments: argparse.Namespace) -> TrainingSettings:
    """Return the settings of a training."""
    settings = replace(DEFAULT_SETTINGS[arguments.network], seed=arguments.seed)
    return settings if arguments.epochs is None else replace(settings, epochs=arguments.epochs)
