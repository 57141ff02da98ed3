"""``ser experiment``: how good a network is."""

from __future__ import annotations

import argparse

from ser_core.cli.arguments import Subparsers, add_command
from ser_core.cli.training_arguments import add_training_arguments, settings_of, training_labels_of

_EXAMPLES = """\
The plan comes first, and --plan stops there. The folds are made over speakers, so recordings of your own need them, and
folders of your own for the results. ser train takes the same options.

  ser experiment --data DIR --pretrained FILE --plan
  ser experiment --data recordings/ --network ser_cnn --speaker-from folder --work runs/mine --experiments runs/mine
"""


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    add_training_arguments(add_command(commands, "experiment", run, _EXAMPLES))


def run(arguments: argparse.Namespace) -> int:
    """Measure a network: five speaker folds, a random split, each corpus left out, corrupted voices."""
    from ser_core.evaluation.experiment_plan import plan_experiment

    settings = settings_of(arguments)
    labels = training_labels_of(arguments)
    plan = plan_experiment(arguments.data, settings, labels)
    print(plan.as_text(has_pretrained_trunk=arguments.pretrained is not None), flush=True)
    if arguments.plan:
        return 0

    # Imported after the plan is shown: it imports Keras, which takes seconds.
    from ser_core.evaluation.experiment import run_experiment

    run_experiment(arguments.data, settings, arguments.work, arguments.experiments, arguments.pretrained, labels)
    return 0
