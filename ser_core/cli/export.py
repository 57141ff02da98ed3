"""``ser export``: a network as files for another program."""

from __future__ import annotations

import argparse
from pathlib import Path

from ser_core.cli.arguments import Subparsers, add_command, add_model, output_folder

# The file of each format, and the file of the model folder that it is made from.
_FILES_OF = {
    "litert": ("network.tflite", "network.tflite"),
    "onnx": ("network.onnx", "network.keras"),
    "keras": ("network.keras", "network.keras"),
}

_EXAMPLES = """\
litert  network.tflite, for LiteRT (TensorFlow Lite)
onnx    network.onnx, for ONNX Runtime and other programs; this needs the extra "export", with TensorFlow
keras   network.keras, to continue a training

config.json is copied too: it has the labels in the order of the outputs, how the input is computed from 16 kHz sound,
and the calibration. So are the licences of the weights.

  ser export --format litert network/
"""


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "export", run, _EXAMPLES)
    parser.add_argument("folder", type=output_folder, help="the folder to write")
    parser.add_argument("--format", choices=tuple(_FILES_OF), default="litert")
    add_model(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write a network and its description to a folder, for another program."""
    from ser_core.atomic_write import replace_when_complete
    from ser_core.errors import ModelError

    network_name, source_name = _FILES_OF[arguments.format]
    if not all((arguments.model / name).is_file() for name in (source_name, "config.json")):
        raise ModelError(
            f"The model folder has no {source_name} or no config.json",
            expected="a model folder of a checkout; an installed package has no files for Keras",
            advice="Choose another format, or --model with a folder that ser train has written",
        )
    source = arguments.model / source_name
    network = _to_onnx(source) if arguments.format == "onnx" else source.read_bytes()
    licences = sorted(path.name for path in arguments.model.glob("LICENSE*"))
    copies = {name: (arguments.model / name).read_bytes() for name in ("config.json", *licences)}
    for name, content in {network_name: network, **copies}.items():
        with replace_when_complete(arguments.folder / name) as temporary:
            temporary.write_bytes(content)
        print(arguments.folder / name)
    return 0


def _to_onnx(source: Path) -> bytes:
    from ser_core.inference.native_messages import without_native_messages

    with without_native_messages():
        from ser_core.training.onnx_export import onnx_bytes

        return onnx_bytes(source)
