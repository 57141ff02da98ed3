"""The command line: ``python -m ser_core {predict,evaluate,download,experiment,train,figures,inventory,network-map}``.

Only ``train`` and ``experiment`` import TensorFlow.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from ser_core.audio.loading import load_audio
from ser_core.audio.quality import check_quality
from ser_core.errors import SerError
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR, Recognizer
from ser_core.inference.report import summarise
from ser_core.paths import MODELS_DIR
from ser_core.training.settings import DEFAULT_SETTINGS


def _predict_one(recognizer: Recognizer, path: Path) -> dict[str, Any]:
    try:
        audio = load_audio(path)
        prediction = recognizer.predict(audio)
    except SerError as error:
        return {"path": str(path), "error": str(error)}
    return {"path": str(path), **summarise(audio, prediction, check_quality(audio))}


def _as_line(outcome: dict[str, Any]) -> str:
    if "error" in outcome:
        return f"{outcome['path']}: {outcome['error']}"
    label = outcome["emotion"]
    sure = ", not sure" if outcome["unsure"] else ""
    warnings = "".join(f" [{warning}]" for warning in outcome["warnings"])
    return f"{outcome['path']}: {label} ({outcome['probabilities'][label]:.0%}{sure}){warnings}"


def predict(arguments: argparse.Namespace) -> int:
    """Recognise the emotion of files; 1 if any of them failed."""
    recognizer = Recognizer(arguments.model)
    any_failed = False
    for path in arguments.files:
        outcome = _predict_one(recognizer, path)
        any_failed |= "error" in outcome
        print(json.dumps(outcome) if arguments.json else _as_line(outcome), flush=True)
    return int(any_failed)


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure the shipped network on the recordings of a folder."""
    from ser_core.evaluation.folder import as_text, evaluate_folder

    outcome = evaluate_folder(Recognizer(arguments.model), arguments.data)
    print(json.dumps(outcome) if arguments.json else as_text(outcome))
    return 0


def download(_: argparse.Namespace) -> int:
    """Download the Kaggle set; print the folder it lies in."""
    from ser_core.corpora.download import download as fetch

    print(fetch())
    return 0


def train(arguments: argparse.Namespace) -> int:
    """Train the network that ships on every speaker, and write its model folder."""
    from ser_core.evaluation.experiment import train_final

    train_final(
        arguments.data,
        _settings(arguments),
        arguments.work,
        arguments.out or MODELS_DIR / arguments.network,
        arguments.experiments,
        arguments.pretrained,
    )
    return 0


def experiment(arguments: argparse.Namespace) -> int:
    """Measure a network: five speaker folds, a random split, each corpus left out, corrupted voices."""
    from ser_core.evaluation.experiment import run

    run(arguments.data, _settings(arguments), arguments.work, arguments.experiments, arguments.pretrained)
    return 0


def figures(arguments: argparse.Namespace) -> int:
    """Make every figure that the app shows, and the model card, of what the experiments wrote."""
    from ser_core.evaluation.figures import write_figures

    write_figures(arguments.models)
    return 0


def inventory(arguments: argparse.Namespace) -> int:
    """List and measure the target set, and write the tables of the Data page."""
    from ser_core.dataset.build_tables import build_tables

    clips = build_tables(arguments.data, arguments.work, arguments.out)
    for (corpus, source), rows in clips.groupby(["corpus", "source"]):
        print(f"{corpus}, {source}: {len(rows):,}")
    return 0


def network_map(arguments: argparse.Namespace) -> int:
    """Place the target set's clips by the network's own description of them, for the Data page."""
    from ser_core.dataset.build_network_map import build_network_map
    from ser_core.dataset.tables import NETWORK_MAP

    found = build_network_map(arguments.data, arguments.model, arguments.out / NETWORK_MAP)
    print(f"{len(found.places):,} clips; two directions hold {found.axes.explained.sum():.0%} of the differences")
    return 0


def _settings(arguments: argparse.Namespace) -> Any:
    settings = replace(DEFAULT_SETTINGS[arguments.network], seed=arguments.seed)
    return settings if arguments.epochs is None else replace(settings, epochs=arguments.epochs)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ser_core", description="Emotion in speech.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, function: Any) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=function.__doc__, description=function.__doc__)
        command.set_defaults(function=function)
        return command

    for name, function in (("predict", predict), ("evaluate", evaluate)):
        command = add(name, function)
        command.add_argument("--json", action="store_true", help="machine-readable output")
        command.add_argument("--model", type=Path, default=DEFAULT_MODEL_DIR, help="a model folder")
        if name == "predict":
            command.add_argument("files", nargs="+", type=Path, metavar="FILE")
        else:
            command.add_argument("--data", type=Path, required=True, help="a folder with the corpora")
    add("download", download)
    for name, function in (("train", train), ("experiment", experiment)):
        command = add(name, function)
        command.add_argument("--data", type=Path, required=True, help="a folder with the corpora")
        command.add_argument("--network", choices=tuple(DEFAULT_SETTINGS), default="ser_cnn")
        command.add_argument("--pretrained", type=Path, help="weights that ser_cnn starts from; none: from scratch")
        command.add_argument("--experiments", type=Path, default=MODELS_DIR / "experiments", help="what was measured")
        command.add_argument("--work", type=Path, default=Path("runs"), help="checkpoints, logs, cache")
        command.add_argument("--seed", type=int, default=0)
        command.add_argument("--epochs", type=int, help="other than the network's own number")
        if name == "train":
            command.add_argument("--out", type=Path, help="the model folder (default: under models/)")
    command = add("figures", figures)
    command.add_argument("--models", type=Path, default=MODELS_DIR, help="where experiments/ lies")
    command = add("inventory", inventory)
    command.add_argument("--data", type=Path, required=True, help="a folder with the corpora and CREMA-D's tables")
    command.add_argument("--out", type=Path, default=MODELS_DIR / "data", help="where the tables go")
    command.add_argument("--work", type=Path, default=Path("runs"), help="the measurements are kept here")
    command = add("network-map", network_map)
    command.add_argument("--data", type=Path, required=True, help="a folder with the corpora")
    command.add_argument("--model", type=Path, default=DEFAULT_MODEL_DIR, help="a model folder")
    command.add_argument("--out", type=Path, default=MODELS_DIR / "data", help="where the map goes")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit status."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # TensorFlow leaves oneDNN off on some processors, where it trains a third faster with it.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    arguments = _parser().parse_args(argv)
    try:
        return arguments.function(arguments)
    except SerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
