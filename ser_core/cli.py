"""The command line: ``ser COMMAND``, or ``python -m ser_core COMMAND``.

Each command imports what it needs when it runs: only ``train`` and ``experiment`` import TensorFlow.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ser_core.audio.loading import load_audio
from ser_core.audio.sources import READABLE_KINDS
from ser_core.errors import EmptyAudioError, SerError
from ser_core.inference.recognizer import DEFAULT_MODEL_DIR, Recognizer
from ser_core.inference.report import summarise, to_line
from ser_core.inference.verdict import find_defects
from ser_core.paths import MODELS_DIR
from ser_core.samples.commands import add_samples_parser
from ser_core.training.settings import DEFAULT_SETTINGS, TrainingSettings

# The argument of ``predict`` that stands for standard input.
STANDARD_INPUT = "-"

EXIT_STATUS = (
    "Exit status: 0 if all went well; 1 if predict could not read one of its recordings, or samples could not fetch "
    "one; 2 if a command could not run."
)

MODEL_WITH_DETECTOR = (
    "a model folder; without speech_detector.npz in it, as in models/seed_cnn, sound that is not speech (music) is "
    "judged too"
)

Command = Callable[[argparse.Namespace], int]


def main(argv: list[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : list of str, optional
        The command and its arguments; by default those of the process.

    Returns
    -------
    int
        The exit status.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    # TensorFlow leaves oneDNN off on some processors, where training is a third faster with it.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    arguments = _parser().parse_args(argv)
    command: Command = arguments.command
    try:
        return command(arguments)
    except SerError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        # All packages but those of the extra ``train`` are dependencies of the library.
        print(
            f"error: The package {error.name} is not installed. Commands that train, evaluate or build tables need it. "
            'Install it: pip install "how-does-it-sound[train]", or, in a checkout, pip install -r requirements.txt.',
            file=sys.stderr,
        )
        return 2


def predict(arguments: argparse.Namespace) -> int:
    """Recognise the emotion of recordings; exit status 1 if one of them cannot be read."""
    recognizer = Recognizer(arguments.model)
    any_failed = False
    for path, problem in _recordings(arguments.paths):
        if problem is None:
            report, line = _predict_recording(recognizer, path)
        else:
            report, line = {"path": path, **problem}, ": ".join(*problem.items())
        any_failed |= "error" in report
        print(json.dumps(report) if arguments.json else f"{path}: {line}", flush=True)
    return int(any_failed)


def _recordings(paths: list[str]) -> Iterator[tuple[str, dict[str, str] | None]]:
    """Yield each path, and for a folder each file below it, sorted.

    With each comes None, or ``{"skipped": reason}`` or ``{"error": reason}`` if it cannot be a recording.
    """
    for path in paths:
        if path == STANDARD_INPUT or not Path(path).is_dir():
            yield path, None
        else:
            yield from _files_below(path)


def _files_below(folder: str) -> Iterator[tuple[str, dict[str, str] | None]]:
    # Imported here, because it imports pandas.
    from ser_core.corpora.file_walk import sound_files
    from ser_core.corpora.utterance import Skipped

    files: dict[str, dict[str, str] | None] = {}
    for file in sound_files(Path(folder)):
        if isinstance(file, Skipped):
            files[str(Path(folder, file.path))] = {"skipped": file.reason}
        else:
            files[str(Path(folder, file))] = None
    if None not in files.values():
        files[folder] = {"error": str(_empty_folder())}
    yield from sorted(files.items())


def _empty_folder() -> EmptyAudioError:
    return EmptyAudioError(
        "There is no audio file in this folder",
        expected=f"a folder with recordings as {READABLE_KINDS}",
        advice="Check the path of the folder",
    )


def _predict_recording(recognizer: Recognizer, path: str) -> tuple[dict[str, Any], str]:
    """Return the report on a recording, JSON-ready, and the same as a line of text."""
    try:
        audio = load_audio(sys.stdin.buffer if path == STANDARD_INPUT else path)
        prediction = recognizer.predict(audio)
    except SerError as error:
        return {"path": path, "error": str(error)}, f"error: {error}"
    notes = find_defects(audio, prediction)
    return {"path": path, **summarise(audio.duration_s, prediction, notes)}, to_line(prediction, notes)


def evaluate(arguments: argparse.Namespace) -> int:
    """Measure the shipped network on the recordings of a folder."""
    from ser_core.evaluation.folder import as_text, evaluate_folder

    evaluation = evaluate_folder(Recognizer(arguments.model), arguments.data)
    print(json.dumps(evaluation) if arguments.json else as_text(evaluation))
    return 0


def download(_: argparse.Namespace) -> int:
    """Download the Kaggle data set, and print its folder."""
    from ser_core.corpora.download import download as fetch

    print(fetch())
    return 0


def convert_whisper(arguments: argparse.Namespace) -> int:
    """Make the weights that ser_whisper starts from, out of model.safetensors of openai/whisper-tiny.en."""
    from ser_core.training.whisper_weights import convert_checkpoint

    convert_checkpoint(arguments.checkpoint, arguments.weights)
    return 0


def train(arguments: argparse.Namespace) -> int:
    """Train the network that ships, on every speaker, and its speech detector; write the model folder."""
    from ser_core.evaluation.final_training import train_final
    from ser_core.training.speech_detector_training import train_speech_detector

    model_dir = arguments.out or MODELS_DIR / arguments.network
    settings = _settings(arguments)
    train_final(arguments.data, settings, arguments.work, model_dir, arguments.experiments, arguments.pretrained)
    # The embedding of seed_cnn, made of time averages, does not separate speech from music: with a corpus left out,
    # half of the clips of CREMA-D were refused and half of the chords passed.
    if arguments.network != "seed_cnn":
        train_speech_detector(
            model_dir, arguments.data, arguments.experiments / f"{arguments.network}_speech_detector.csv"
        )
    return 0


def fit_speech_detector(arguments: argparse.Namespace) -> int:
    """Fit the speech detector of a trained network, and measure it with corpora and kinds of sound left out."""
    from ser_core.training.speech_detector_training import train_speech_detector

    table = arguments.experiments / f"{arguments.model.name}_speech_detector.csv"
    train_speech_detector(arguments.model, arguments.data, table)
    return 0


def experiment(arguments: argparse.Namespace) -> int:
    """Measure a network: five speaker folds, a random split, each corpus left out, corrupted voices."""
    from ser_core.evaluation.experiment_plan import plan_experiment

    settings = _settings(arguments)
    plan = plan_experiment(arguments.data, settings)
    print(plan.as_text(has_pretrained_trunk=arguments.pretrained is not None), flush=True)

    # Imported after the plan is shown: it imports Keras, which takes seconds.
    from ser_core.evaluation.experiment import run_experiment

    run_experiment(arguments.data, settings, arguments.work, arguments.experiments, arguments.pretrained)
    return 0


def figures(arguments: argparse.Namespace) -> int:
    """Compute every figure that the app shows, and the model card, from the tables of the experiments."""
    from ser_core.evaluation.figures import write_figures

    write_figures(arguments.models)
    return 0


def inventory(arguments: argparse.Namespace) -> int:
    """List and measure the Kaggle set, and write the tables of the Data page."""
    from ser_core.dataset.build_tables import build_tables

    clips = build_tables(arguments.data, arguments.work, arguments.out)
    for (corpus, source), rows in clips.groupby(["corpus", "source"]):
        print(f"{corpus}, {source}: {len(rows):,}")
    return 0


def network_map(arguments: argparse.Namespace) -> int:
    """Place the clips of the Kaggle set by the network's embeddings, for the Data page."""
    from ser_core.dataset.build_network_map import build_network_map
    from ser_core.dataset.tables import NETWORK_MAP

    clip_map = build_network_map(arguments.data, arguments.model, arguments.out / NETWORK_MAP)
    explained = clip_map.axes.explained.sum()
    print(f"{len(clip_map.places):,} clips; the two axes hold {explained:.0%} of the variance")
    return 0


def _settings(arguments: argparse.Namespace) -> TrainingSettings:
    settings = replace(DEFAULT_SETTINGS[arguments.network], seed=arguments.seed)
    return settings if arguments.epochs is None else replace(settings, epochs=arguments.epochs)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ser", description="Emotion in speech.", epilog=EXIT_STATUS)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command) -> argparse.ArgumentParser:
        subparser = commands.add_parser(name, help=command.__doc__, description=command.__doc__)
        subparser.set_defaults(command=command)
        return subparser

    for name, command in (("predict", predict), ("evaluate", evaluate)):
        subparser = add(name, command)
        subparser.add_argument("--json", action="store_true", help="machine-readable output")
        subparser.add_argument("--model", type=Path, default=DEFAULT_MODEL_DIR, help=MODEL_WITH_DETECTOR)
        if name == "predict":
            subparser.add_argument(
                "paths",
                nargs="+",
                metavar="PATH",
                help="a recording; a folder, for every recording below it; or -, for one from standard input",
            )
        else:
            subparser.add_argument("--data", type=Path, required=True, help="a folder with the corpora")
    add("download", download)
    subparser = add("convert-whisper", convert_whisper)
    subparser.add_argument("checkpoint", type=Path, help="model.safetensors of openai/whisper-tiny.en")
    subparser.add_argument("weights", type=Path, help="the file to write, for --pretrained")
    for name, command in (("train", train), ("experiment", experiment)):
        subparser = add(name, command)
        subparser.add_argument("--data", type=Path, required=True, help="a folder with the corpora")
        subparser.add_argument("--network", choices=tuple(DEFAULT_SETTINGS), default="ser_whisper")
        subparser.add_argument(
            "--pretrained", type=Path, help="published weights that the network starts from (ser_cnn: optional)"
        )
        subparser.add_argument(
            "--experiments", type=Path, default=MODELS_DIR / "experiments", help="the tables of the experiments"
        )
        subparser.add_argument("--work", type=Path, default=Path("runs"), help="checkpoints, logs, cache")
        subparser.add_argument("--seed", type=int, default=0)
        subparser.add_argument("--epochs", type=int, help="another number of epochs than the network's default")
        if name == "train":
            subparser.add_argument("--out", type=Path, help="the model folder (default: under models/)")
    subparser = add("fit-speech-detector", fit_speech_detector)
    subparser.add_argument("--data", type=Path, required=True, help="a folder with the corpora")
    subparser.add_argument("--model", type=Path, default=DEFAULT_MODEL_DIR, help="a model folder")
    subparser.add_argument(
        "--experiments", type=Path, default=MODELS_DIR / "experiments", help="the folder for the table of figures"
    )
    subparser = add("figures", figures)
    subparser.add_argument("--models", type=Path, default=MODELS_DIR, help="the folder that holds experiments/")
    subparser = add("inventory", inventory)
    subparser.add_argument("--data", type=Path, required=True, help="a folder with the corpora and CREMA-D's tables")
    subparser.add_argument("--out", type=Path, default=MODELS_DIR / "data", help="the folder for the tables")
    subparser.add_argument("--work", type=Path, default=Path("runs"), help="the folder for the measurements")
    subparser = add("network-map", network_map)
    subparser.add_argument("--data", type=Path, required=True, help="a folder with the corpora")
    subparser.add_argument("--model", type=Path, default=DEFAULT_MODEL_DIR, help="a model folder")
    subparser.add_argument("--out", type=Path, default=MODELS_DIR / "data", help="the folder for the map")
    add_samples_parser(commands)
    return parser
