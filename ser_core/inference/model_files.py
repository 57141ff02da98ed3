"""A model folder's files: names, and the config, which the export writes and which is checked when it is read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ser_core.atomic_write import write_text
from ser_core.emotions import LABELS
from ser_core.errors import ModelError
from ser_core.inference.thresholds import Calibration

CONFIG_NAME = "config.json"
LITERT_NAME = "network.tflite"
METRICS_NAME = "metrics.json"

_ADVICE = "Restore the model folder from the project, or train a new network"


@dataclass(frozen=True)
class ModelConfig:
    """What serving needs besides the network.

    Parameters
    ----------
    network : str
        The network's name: ``"ser_cnn"``.
    labels : tuple of str
        The label of each output, in order.
    front_end : dict
        The front end's kind and parameters, as ``front_end.to_config`` returns them.
    calibration : Calibration
        What turns logits into an answer.
    profile_calibration : Calibration or None
        The same for clips that are compared with a voice profile; None for a network that takes no profile.
    network_sha256 : str
        SHA-256 of the LiteRT file, in hexadecimal.
    versions : dict
        Versions of Python and of the packages that made the network.
    training : dict
        How the network was trained: data fingerprint, counts, seed and settings.
    """

    network: str
    labels: tuple[str, ...]
    front_end: dict[str, Any]
    calibration: Calibration
    profile_calibration: Calibration | None
    network_sha256: str
    versions: dict[str, str]
    training: dict[str, Any]


def _calibrations(raw: dict[str, Any]) -> dict[str, Calibration | None]:
    names = ("calibration", "profile_calibration")
    return {name: None if raw[name] is None else Calibration(**raw[name]) for name in names}


def sha256_of(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_config(path: Path, config: ModelConfig) -> None:
    """Write a config as JSON."""
    write_text(path, json.dumps(asdict(config), indent=1) + "\n")


def read_model(model_dir: Path) -> tuple[ModelConfig, bytes]:
    """Read a model folder and check that its files belong together.

    Parameters
    ----------
    model_dir : Path
        Holds ``config.json`` and ``network.tflite``.

    Returns
    -------
    config : ModelConfig
        The config.
    network : bytes
        Content of the LiteRT file.

    Raises
    ------
    ModelError
        If a file is missing or unreadable, if the network's hash is not the one in the config, or if the labels are
        not ``LABELS``.
    """
    try:
        raw = json.loads((model_dir / CONFIG_NAME).read_text(encoding="utf-8"))
        network = (model_dir / LITERT_NAME).read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The model's files are missing or unreadable ({type(error).__name__})",
            expected=f"a folder with {CONFIG_NAME} and {LITERT_NAME}",
            advice=_ADVICE,
        ) from error
    try:
        config = ModelConfig(**{**raw, "labels": tuple(raw["labels"]), **_calibrations(raw)})
    except (TypeError, KeyError) as error:
        names = sorted(field.name for field in fields(ModelConfig))
        raise ModelError(
            "The model's config is not complete", expected=f"exactly the fields {names}", advice=_ADVICE
        ) from error
    if config.labels != LABELS:
        raise ModelError(
            f"The model's labels are {list(config.labels)}",
            expected=f"the labels {list(LABELS)} in this order",
            advice=_ADVICE,
        )
    if hashlib.sha256(network).hexdigest() != config.network_sha256:
        raise ModelError(
            "The network is not the one that its config was written for",
            expected="a network file with the hash in the config",
            advice=_ADVICE,
        )
    return config, network
