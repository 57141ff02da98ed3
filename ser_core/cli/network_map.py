"""``ser network-map``: the Data page's map, on which clips with similar embeddings are near each other."""

from __future__ import annotations

import argparse

from ser_core.cli.arguments import TABLES_DIR, Subparsers, add_command, add_data, model_folder, output_folder
from ser_core.paths import DEFAULT_NETWORK, MODELS_DIR


def add_to(commands: Subparsers) -> None:
    """Add the command."""
    parser = add_command(commands, "network-map", run)
    add_data(parser)
    parser.add_argument("--model", type=model_folder, default=MODELS_DIR / DEFAULT_NETWORK, help="a model folder")
    parser.add_argument("--out", type=output_folder, default=TABLES_DIR, help="the folder for the map")


def run(arguments: argparse.Namespace) -> int:
    """Place the clips of the Kaggle set by the network's embeddings, for the Data page."""
    from ser_core.dataset.build_network_map import build_network_map
    from ser_core.dataset.tables import NETWORK_MAP

    clip_map = build_network_map(arguments.data, arguments.model, arguments.out / NETWORK_MAP)
    explained = clip_map.axes.explained.sum()
    print(f"{len(clip_map.places):,} clips; the two axes hold {explained:.0%} of the variance")
    return 0
