"""Training of the shipped network: on every speaker, with the calibration of the out-of-fold experiment.

This module is in ``evaluation``, because it needs the experiment's calibration and measures the finished network on the
unseen corpus; ``training`` must not import ``evaluation``.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.atomic_write import write_text
from ser_core.audio.loading import Audio, load_audio
from ser_core.corpora import emodb, scan
from ser_core.corpora.own_labels import Labels
from ser_core.emotions import LABELS
from ser_core.errors import CorpusError, TrainingError
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.inference.thresholds import Calibration
from ser_core.inference.voice_profile import VoiceProfile
from ser_core.predictions_table import clip_rows, predictions_path
from ser_core.training.export import export_network
from ser_core.training.pretrained import weights_sha256
from ser_core.training.profile_scoring import PROFILES, draw_references
from ser_core.training.recordings import EVALUATION_ONLY
from ser_core.training.run_dir import LOG_NAME
from ser_core.training.settings import TrainingSettings
from ser_core.training.setup import load_training_setup
from ser_core.training.splits import without_test_part

log = logging.getLogger(__name__)


def train_final(
    data_dir: Path,
    settings: TrainingSettings,
    work_dir: Path,
    out_dir: Path,
    experiments_dir: Path,
    pretrained: Path | None = None,
    labels: Labels | None = None,
) -> None:
    """Train on every speaker, calibrate with the out-of-fold experiment, and write the model folder.

    Parameters
    ----------
    data_dir, settings, work_dir, pretrained, labels
        As in ``experiment.run_experiment``.
    out_dir : Path
        The model folder.
    experiments_dir : Path
        Folder with the results of the experiment. The predictions for the corpora that no network is trained on are
        written there, as ``<network>_unseen_corpus.csv``.

    Raises
    ------
    CorpusError
        If the data folder holds no usable recording.
    TrainingError
        If there is no experiment of this network, or only one with other settings.
    StorageError
        If a file cannot be written.
    """
    if pretrained is not None:
        settings = replace(settings, pretrained_sha256=weights_sha256(pretrained))
    calibration, profile_calibration = _experiment_calibrations(experiments_dir / f"{settings.network}.json", settings)
    setup = load_training_setup(data_dir, settings, work_dir / "cache", pretrained, labels)
    run_dir = work_dir / f"{settings.network}-final"
    trained, clips = setup.train(without_test_part(setup.data.table), setup.settings, run_dir)
    export_network(
        setup.attach_trunk(trained, clips),
        clips.front_end,
        calibration=calibration,
        profile_calibration=profile_calibration,
        training={
            "data_fingerprint": setup.data.identity.fingerprint,
            "clips_by_corpus": setup.data.table["corpus"].value_counts().to_dict(),
            "settings": asdict(setup.settings),
        },
        out_dir=out_dir,
    )
    write_text(out_dir / "training_log.csv", (run_dir / LOG_NAME).read_text(encoding="utf-8"))
    for kind, predictions in _unseen_corpus_predictions(Recognizer(out_dir), data_dir, settings.seed, labels).items():
        path = predictions_path(settings.network, kind, experiments_dir)
        write_text(path, predictions.to_csv(index=False))
        log.info("wrote %s, %d rows", path.name, len(predictions))


def _experiment_calibrations(file: Path, settings: TrainingSettings) -> tuple[Calibration, Calibration | None]:
    experiment = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if experiment.get("settings") != json.loads(json.dumps(asdict(settings))):
        raise TrainingError(
            "There is no out-of-fold experiment with these settings, so the network cannot be calibrated",
            expected="results of the experiment command for the same network, initial weights, seed and epochs",
            advice="Run the experiment command first, with the same options",
        )
    with_profile = experiment["profile_calibration"]
    return Calibration(**experiment["calibration"]), None if with_profile is None else Calibration(**with_profile)


def _unseen_corpus_predictions(
    recognizer: Recognizer, data_dir: Path, seed: int, labels: Labels | None
) -> dict[str, pd.DataFrame]:
    """Return the tables of predictions for the corpora that no network is trained on; none without such clips."""
    table = scan(data_dir, labels).table
    table = table[table["corpus"].isin(EVALUATION_ONLY)].reset_index(drop=True)
    if not len(table):
        return {}
    recordings = [load_audio(data_dir / path) for path in table["path"]]
    predictions = [recognizer.predict(recording) for recording in recordings]
    try:
        listener_rates = emodb.listener_rates(data_dir / emodb.CORPUS / "erkennung.txt")
    except CorpusError as error:
        log.warning("no comparison with listeners: %s", error)
        listener_rates = {}
    rows = _predictions_table(table, predictions)
    tables = {"unseen_corpus": rows.assign(listeners_right=rows["clip"].map(listener_rates))}
    voices = [prediction.voice for prediction in predictions if prediction.voice is not None]
    if voices:
        parts = []
        for profile in PROFILES:
            references = draw_references(table, profile, seed)
            with_profiles = _predict_with_profiles(recognizer, recordings, voices, references)
            parts.append(_predictions_table(table, with_profiles).assign(profile=profile))
        tables["unseen_corpus_profile"] = pd.concat(parts)
    return tables


def _predict_with_profiles(
    recognizer: Recognizer,
    recordings: Sequence[Audio],
    voices: Sequence[npt.NDArray[np.floating]],
    references: Sequence[npt.NDArray[np.integer]],
) -> list[Prediction]:
    profiles = [
        VoiceProfile.of(*(voices[row] for row in reference)) if len(reference) else None for reference in references
    ]
    return [recognizer.predict(recording, profile) for recording, profile in zip(recordings, profiles, strict=True)]


def _predictions_table(table: pd.DataFrame, predictions: Sequence[Prediction]) -> pd.DataFrame:
    rows = clip_rows(table)
    rows[list(LABELS)] = np.round([prediction.shares for prediction in predictions], 4)
    rows["unsure"] = [prediction.unsure for prediction in predictions]
    rows["set_size"] = [len(prediction.likely) for prediction in predictions]
    return rows
