"""The arguments that ``ser train`` and ``ser experiment`` share, and the settings that follow from them."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from ser_core.cli.arguments import EXPERIMENTS_DIR, WORK_DIR, add_data, input_file, output_folder
from ser_core.cli.label_arguments import add_corpora, add_label_arguments, add_plan, is_changed, labels_of
from ser_core.errors import TrainingError
from ser_core.training.settings import DEFAULT_SETTINGS, TrainingSettings

if TYPE_CHECKING:
    from ser_core.corpora.own_labels import Labels


def add_training_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a training."""
    add_data(parser)
    parser.add_argument("--network", choices=tuple(DEFAULT_SETTINGS), default="ser_whisper")
    parser.add_argument(
        "--pretrained", type=input_file, help="published weights that the network starts from (ser_cnn: optional)"
    )
    parser.add_argument(
        "--experiments", type=output_folder, default=EXPERIMENTS_DIR, help="the tables of the experiments"
    )
    parser.add_argument("--work", type=output_folder, default=WORK_DIR, help="checkpoints, logs, cache")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, help="another number of epochs than the network's default")
    add_label_arguments(parser, emotion_from="folders", speaker_from="names")
    add_corpora(parser)
    add_plan(parser)


def settings_of(arguments: argparse.Namespace) -> TrainingSettings:
    """Return the settings of a training."""
    settings = replace(DEFAULT_SETTINGS[arguments.network], seed=arguments.seed)
    return settings if arguments.epochs is None else replace(settings, epochs=arguments.epochs)


def training_labels_of(arguments: argparse.Namespace) -> Labels:
    """Return how labels are read, if the results go to folders of the user's own.

    Raises
    ------
    TrainingError
        If labels are read in another way than for the committed figures, and would replace these figures.
    LabelError
        As ``labels_of``.
    """
    is_committed = arguments.experiments == EXPERIMENTS_DIR or getattr(arguments, "out", EXPERIMENTS_DIR) is None
    if is_changed(arguments) and is_committed and not arguments.plan:
        raise TrainingError(
            "The results would replace the committed network and its figures",
            expected="--experiments with a folder of your own, and for train also --out",
            advice="Write for example --experiments runs/mine --out runs/mine/network, and add --work runs/mine",
        )
    return labels_of(arguments)
