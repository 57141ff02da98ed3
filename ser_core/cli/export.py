"""``ser export``: a network as files for another program."""

from __future__ import annotations

import argparse
from pathlib import Path

from ser_core.cli.arguments import Subparsers, add_command, add_model

_FILE_OF = {"litert": "network.tflite", "keras": "network.keras"}

_EXAMPLES = """\
litert: network.tflite, for LiteRT (TensorFlow Lite). keras: network.keras, the same weights, to continue a training.

config.json is copied too: it has the labels in the order of the outputs, how the input is computed from 16 kHz sound,
and the calibration. So are the licences of the weights.

  ser export --format litert network/
"""


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "export", run, _EXAMPLES)
    parser.add_argument("folder", type=Path, help="the folder to write")
    parser.add_argument("--format", choices=tuple(_FILE_OF), default="litert")
    add_model(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write a network and its description to a folder, for another program."""
    from ser_core.atomic_write import replace_when_complete
    from ser_core.errors import ModelError

    names = [_FILE_OF[arguments.format], "config.json"]
    if not all((arguments.model / name).is_file() for name in names):
        raise ModelError(
            f"The model folder has no {' or no '.join(names)}",
            expected="a model folder of a checkout; an installed package has no files for Keras",
            advice="Choose another format, or --model with a folder that ser train has written",
        )
    licences = sorted(path.name for path in arguments.model.glob("LICENSE*"))
    for name in (*names, *licences):
        with replace_when_complete(arguments.folder / name) as temporary:
            temporary.write_bytes((arguments.model / name).read_bytes())
        print(arguments.folder / name)
    return 0
