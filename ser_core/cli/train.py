"""``ser train``: the network that ships."""

from __future__ import annotations

import argparse
from dataclasses import replace

from ser_core.cli.arguments import Subparsers, add_command, output_folder
from ser_core.cli.label_arguments import print_plan
from ser_core.cli.label_hints import print_hints_for_inventory
from ser_core.cli.training_arguments import add_training_arguments, settings_of, training_labels_of
from ser_core.paths import MODELS_DIR

_EXAMPLES = """\
Run ser experiment first, with the same options: its results calibrate the network. For recordings of your own, name
folders of your own, so that the network and the figures that ship stay as they are.

  ser train --data DIR --pretrained FILE
  ser train --data recordings/ --network ser_cnn --speaker-from folder \\
      --work runs/mine --experiments runs/mine --out runs/mine/network
  ser predict clip.wav --model runs/mine/network
"""


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "train", run, _EXAMPLES)
    add_training_arguments(parser)
    parser.add_argument("--out", type=output_folder, help="the model folder (default: under models/)")


def run(arguments: argparse.Namespace) -> int:
    """Train the network that ships, on every speaker, and its speech detector; write the model folder."""
    from ser_core.corpora import scan
    from ser_core.training.recordings import training_recordings

    labels = training_labels_of(arguments)
    inventory = scan(arguments.data, labels, compare_sound=False)
    print_plan(replace(inventory, table=training_recordings(inventory.table, arguments.network)))
    print_hints_for_inventory(arguments, labels, inventory)
    if arguments.plan:
        return 0

    # Imported after the plan is shown: it imports Keras, which takes seconds.
    from ser_core.evaluation.final_training import train_final
    from ser_core.training.speech_detector_training import train_speech_detector

    model_dir, experiments = arguments.out or MODELS_DIR / arguments.network, arguments.experiments
    settings = settings_of(arguments)
    train_final(arguments.data, settings, arguments.work, model_dir, experiments, arguments.pretrained, labels)
    # The embedding of seed_cnn, made of time averages, does not separate speech from music: with a corpus left out,
    # half of the clips of CREMA-D were refused and half of the chords passed.
    if arguments.network != "seed_cnn":
        train_speech_detector(
            model_dir, arguments.data, experiments / f"{arguments.network}_speech_detector.csv", labels
        )
    return 0
