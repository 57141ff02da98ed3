"""A model folder: its config is written by the export and checked on reading, its network opened for LiteRT."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ser_core.emotions import LABELS
from ser_core.errors import ModelError

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter

CONFIG_NAME = "config.json"
LITERT_NAME = "network.tflite"
METRICS_NAME = "metrics.json"

_ADVICE = "Restore the model folder from the project, or train a network anew"


@dataclass(frozen=True)
class ModelConfig:
    """What must be known to serve a network.

    Parameters
    ----------
    network : str
        Its name.
    labels : tuple of str
        What each output stands for.
    front_end : dict
        Its front end, as ``front_end.to_config`` writes it.
    temperature : float
        Logits are divided by it before the softmax.
    confidence_threshold : float
        A winning probability under this is "not sure".
    network_sha256 : str
        Of the LiteRT file, in hexadecimal.
    versions : dict
        Of Python and the packages that made it.
    training : dict
        Data fingerprint, counts, seed and settings.
    """

    network: str
    labels: tuple[str, ...]
    front_end: dict[str, Any]
    temperature: float
    confidence_threshold: float
    network_sha256: str
    versions: dict[str, str]
    training: dict[str, Any]


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_config(path: Path, config: ModelConfig) -> None:
    """Write a config as JSON."""
    path.write_text(json.dumps(asdict(config), indent=1) + "\n")


def read_model(model_dir: Path) -> tuple[ModelConfig, bytes]:
    """Read a model folder and check that its parts belong together.

    Parameters
    ----------
    model_dir : Path
        Holds ``config.json`` and ``network.tflite``.

    Returns
    -------
    ModelConfig
        The config.
    bytes
        The LiteRT network.

    Raises
    ------
    ModelError
        If a file is missing or unreadable, the network's hash differs, or the labels are not ours.
    """
    try:
        raw = json.loads((model_dir / CONFIG_NAME).read_text(encoding="utf-8"))
        network = (model_dir / LITERT_NAME).read_bytes()
    except (OSError, ValueError) as cause:
        raise ModelError(
            f"The model's files are missing or unreadable ({type(cause).__name__})",
            expected=f"A folder with {CONFIG_NAME} and {LITERT_NAME}",
            advice=_ADVICE,
        ) from cause
    names = {field.name for field in fields(ModelConfig)}
    if not isinstance(raw, dict) or set(raw) != names or not isinstance(raw["labels"], list):
        raise ModelError("The model's config is not complete", expected=f"Exactly {sorted(names)}", advice=_ADVICE)
    config = ModelConfig(**{**raw, "labels": tuple(raw["labels"])})
    if config.labels != LABELS:
        raise ModelError(
            f"The model answers with the labels {list(config.labels)}",
            expected=f"The labels {list(LABELS)} in this order",
            advice=_ADVICE,
        )
    if hashlib.sha256(network).hexdigest() != config.network_sha256:
        raise ModelError(
            "The network is not the one that its config was written for",
            expected="A network file with the hash in the config",
            advice=_ADVICE,
        )
    return config, network


def open_network(network: bytes, threads: int = 1, **options: Any) -> Interpreter:
    """Make a LiteRT network ready to run.

    Parameters
    ----------
    network : bytes
        The file, as ``read_model`` gives it.
    threads : int
        How many share a window's work.
    options
        Others of LiteRT's ``Interpreter``.

    Raises
    ------
    ModelError
        If LiteRT does not take it.
    """
    from ai_edge_litert.interpreter import Interpreter

    try:
        interpreter = Interpreter(model_content=network, num_threads=threads, **options)
        interpreter.allocate_tensors()
    except (ValueError, RuntimeError) as cause:
        raise ModelError(
            "The network cannot be loaded",
            expected="A LiteRT network that this version of the runtime reads",
            advice=_ADVICE,
        ) from cause
    return interpreter
