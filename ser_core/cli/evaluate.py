"""``ser evaluate``: the figures of a network on a folder of labelled recordings."""

from __future__ import annotations

import argparse
import json

from ser_core.cli.arguments import Subparsers, add_command, add_data, add_model
from ser_core.cli.label_arguments import add_label_arguments, add_plan, labels_of, print_plan
from ser_core.cli.label_hints import print_hints_for_inventory

_EXAMPLES = """\
The plan comes first: which recordings are used, which words became which emotions, and what is left out.

  ser evaluate --data recordings/ --plan
  ser evaluate --data recordings/ --speaker-from folder
  ser evaluate --data recordings/ --labels table.tsv --label-map ruhig=neutral,boredom=-
  ser evaluate --data recordings/ --emotion-from '_([a-z])[.]' --label-map a=angry,f=happy
"""


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "evaluate", run, _EXAMPLES)
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    add_model(parser)
    add_data(parser, "a folder with the corpora, or with recordings of your own")
    add_label_arguments(parser, speaker_from="names")
    add_plan(parser)


def run(arguments: argparse.Namespace) -> int:
    """Measure how often the network is right on the labelled recordings of a folder."""
    from ser_core.corpora import scan
    from ser_core.inference.native_messages import without_native_messages
    from ser_core.inference.opening import open_recognizer

    labels = labels_of(arguments)
    with without_native_messages():
        recognizer = open_recognizer(arguments.model)
    inventory = scan(arguments.data, labels)
    print_plan(inventory)
    print_hints_for_inventory(arguments, labels, inventory)
    if arguments.plan:
        return 0
    # The plan needs no scikit-learn, which is not installed with the library.
    from ser_core.evaluation.folder import as_text, evaluate_folder

    evaluation = evaluate_folder(recognizer, arguments.data, inventory)
    print(json.dumps(evaluation) if arguments.json else as_text(evaluation))
    return 0
