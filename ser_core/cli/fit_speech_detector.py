"""``ser fit-speech-detector``: speech or not, for a trained network."""

from __future__ import annotations

import argparse

from ser_core.cli.arguments import EXPERIMENTS_DIR, Subparsers, add_command, add_data, model_folder, output_folder
from ser_core.paths import DEFAULT_NETWORK, MODELS_DIR


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "fit-speech-detector", run)
    add_data(parser)
    parser.add_argument("--model", type=model_folder, default=MODELS_DIR / DEFAULT_NETWORK, help="a model folder")
    parser.add_argument(
        "--experiments", type=output_folder, default=EXPERIMENTS_DIR, help="the folder for the table of figures"
    )


def run(arguments: argparse.Namespace) -> int:
    """Fit the speech detector of a trained network, and measure it with corpora and kinds of sound left out."""
    from ser_core.training.speech_detector_training import train_speech_detector

    table = arguments.experiments / f"{arguments.model.name}_speech_detector.csv"
    train_speech_detector(arguments.model, arguments.data, table)
    return 0
