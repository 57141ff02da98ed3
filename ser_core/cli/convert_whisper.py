"""``ser convert-whisper``: the weights that a training of ser_whisper starts from."""

from __future__ import annotations

import argparse

from ser_core.cli.arguments import Subparsers, add_command, input_file, output_file


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "convert-whisper", run)
    parser.add_argument("checkpoint", type=input_file, help="model.safetensors of openai/whisper-tiny.en")
    parser.add_argument("weights", type=output_file, help="the file to write, for --pretrained")


def run(arguments: argparse.Namespace) -> int:
    """Make the weights that ser_whisper starts from, out of model.safetensors of openai/whisper-tiny.en."""
    from ser_core.training.whisper_weights import convert_checkpoint

    convert_checkpoint(arguments.checkpoint, arguments.weights)
    return 0
