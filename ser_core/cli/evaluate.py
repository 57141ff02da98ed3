"""``ser evaluate``: the figures of a network on a folder of labelled recordings."""

from __future__ import annotations

import argparse
import json

from ser_core.cli.arguments import Subparsers, add_command, add_data, add_model


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "evaluate", run)
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    add_model(parser)
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure the shipped network on the recordings of a folder."""
    from ser_core.evaluation.folder import as_text, evaluate_folder
    from ser_core.inference.recognizer import Recognizer

    evaluation = evaluate_folder(Recognizer(arguments.model), arguments.data)
    print(json.dumps(evaluation) if arguments.json else as_text(evaluation))
    return 0
