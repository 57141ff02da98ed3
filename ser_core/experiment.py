"""The protocol: how good a network is on voices it never heard, and on a leaky random split beside it.

``train_and_calibrate`` is one training from table to calibrated network; ``run`` does it once for each of five
speaker folds and once on a random split, keeping each finished part at once, so that a run cut off anywhere goes on
there; ``ship`` does it on all speakers but those that stop it, and exports.
"""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd

from ser_core.calibration import fit_temperature, probabilities, unsure_below
from ser_core.corpora import KAGGLE_CORPORA, fingerprint, scan
from ser_core.emotions import LABELS
from ser_core.evaluation import allowed_labels, figures, indices_of
from ser_core.export import export_network
from ser_core.front_end import LogMelFrontEnd, SummaryFrontEnd
from ser_core.networks import SEED_CNN, SER_CNN
from ser_core.splits import N_FOLDS, Split, random_split, speaker_independent
from ser_core.training import TrainingSettings, claim, clip_logits, train_network
from ser_core.training_data import Clips, prepare

log = logging.getLogger(__name__)

# EmoDB is the check on an unseen corpus: never trained on, never tuned on.
EVALUATION_ONLY = ("EmoDB",)

FRONT_END_OF = {SEED_CNN: SummaryFrontEnd(), SER_CNN: LogMelFrontEnd()}

# The original's network learns from the original's corpora; ours from all there is.
_CORPORA_OF = {SEED_CNN: KAGGLE_CORPORA}


@dataclass(frozen=True, eq=False)
class Material:
    """What a network learns from: the table, and each row's network input.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    clips : LogMelClips or SummaryClips
        One entry a row.
    fingerprint : str
        Of the recordings.
    """

    table: pd.DataFrame
    clips: Clips
    fingerprint: str


@dataclass(frozen=True, eq=False)
class Trained:
    """A trained, calibrated network.

    Parameters
    ----------
    network : keras.Model
        Gives logits.
    clips : LogMelClips or SummaryClips
        The material with the front end that the network was trained with.
    temperature, unsure_below : float
        The calibration, fitted on the validation speakers.
    """

    network: keras.Model
    clips: Clips
    temperature: float
    unsure_below: float

    def probabilities(self, rows: np.ndarray) -> np.ndarray:
        """Return calibrated probabilities [shape=(len(rows), 8)]."""
        return probabilities(clip_logits(self.network, self.clips, rows), self.temperature)


def load_material(data_dir: Path, network: str, cache_dir: Path) -> Material:
    """Read all recordings that a network may learn from.

    Parameters
    ----------
    data_dir : Path
        A folder with the corpora.
    network : str
        A key of ``networks.NETWORKS``.
    cache_dir : Path
        Where analysed clips are kept.
    """
    inventory = scan(data_dir)
    for skipped in inventory.skipped:
        log.info("left out, %s: %s", skipped.reason, skipped.path)
    table = inventory.table
    table = table[~table["corpus"].isin(EVALUATION_ONLY)]
    if network in _CORPORA_OF:
        table = table[table["corpus"].isin(_CORPORA_OF[network])]
    table = table.reset_index(drop=True)
    clips, table = prepare(table, data_dir, FRONT_END_OF[network], cache_dir)
    return Material(table, clips, fingerprint(table, data_dir))


def train_and_calibrate(material: Material, split: Split, settings: TrainingSettings, run_dir: Path) -> Trained:
    """Train a network and fit its temperature and "not sure" point on the validation speakers."""
    clips = material.clips.fitted_to(split.train)
    network = train_network(clips, material.table, split, settings, run_dir)
    rows = material.table.iloc[split.validation]
    truth, allowed = indices_of(rows["emotion"]), allowed_labels(rows["corpus"])
    logits = clip_logits(network, clips, split.validation)
    temperature = fit_temperature(logits, truth, allowed)
    calibrated = probabilities(logits, temperature)
    point = unsure_below(calibrated.max(axis=1), calibrated.argmax(axis=1) == truth)
    return Trained(network, clips, temperature, point)


def run(data_dir: Path, settings: TrainingSettings, work_dir: Path, out_dir: Path) -> dict[str, Any]:
    """Measure a network speaker-independently in five folds, and on a random split.

    Parameters
    ----------
    data_dir : Path
        A folder with the corpora.
    settings : TrainingSettings
        The network and its training.
    work_dir : Path
        Where checkpoints, logs and analysed clips are kept.
    out_dir : Path
        Where ``<network>.json`` (the figures) and ``<network>_out_of_fold.csv`` (one row a clip) are written.

    Returns
    -------
    dict
        What ``<network>.json`` holds.
    """
    material = load_material(data_dir, settings.network, work_dir / "cache")
    splits = {f"fold-{fold}": speaker_independent(material.table, fold) for fold in range(N_FOLDS)}
    splits["random"] = random_split(material.table, settings.seed)
    parts = {
        name: _predictions(material, split, settings, work_dir / f"{settings.network}-{name}")
        for name, split in splits.items()
        # A small data folder may have no speaker for a fold.
        if len(split.test)
    }
    leaky = parts.pop("random")
    out_of_fold = pd.concat(parts.values(), keys=parts, names=["fold"]).reset_index("fold")
    outcome = {
        "network": settings.network,
        "settings": asdict(settings),
        "data_fingerprint": material.fingerprint,
        "speaker_independent": _summary(out_of_fold),
        "by_fold": {name: _summary(part) for name, part in parts.items()},
        "random_split": _summary(leaky),
    }
    out_dir.mkdir(parents=True, exist_ok=True)
    (out_dir / f"{settings.network}.json").write_text(json.dumps(outcome, indent=1) + "\n")
    out_of_fold.round(4).to_csv(out_dir / f"{settings.network}_out_of_fold.csv", index=False)
    return outcome


def ship(data_dir: Path, settings: TrainingSettings, work_dir: Path, out_dir: Path) -> dict[str, Any]:
    """Train on all speakers but those that decide when to stop, and write the model folder.

    Parameters
    ----------
    data_dir, settings, work_dir
        As in ``run``.
    out_dir : Path
        The model folder.

    Returns
    -------
    dict
        Figures on the validation speakers, which ``metrics.json`` in the folder holds too. They chose the epoch and
        the temperature, so they flatter a little; ``run`` measures without that.
    """
    material = load_material(data_dir, settings.network, work_dir / "cache")
    split = speaker_independent(material.table, None)
    run_dir = work_dir / f"{settings.network}-ship"
    trained = train_and_calibrate(material, split, settings, run_dir)
    validation = material.table.iloc[split.validation]
    outcome = {
        "validation_speakers": sorted(validation["speaker"].unique()),
        "validation": figures(validation, trained.probabilities(split.validation)),
    }
    export_network(
        trained.network,
        trained.clips.front_end,
        temperature=trained.temperature,
        unsure_below=trained.unsure_below,
        training={
            "data_fingerprint": material.fingerprint,
            "clips_by_corpus": material.table.iloc[split.train]["corpus"].value_counts().to_dict(),
            "settings": asdict(settings),
        },
        out_dir=out_dir,
    )
    shutil.copy(run_dir / "log.csv", out_dir / "training_log.csv")
    (out_dir / "metrics.json").write_text(json.dumps(outcome, indent=1) + "\n")
    return outcome


def _predictions(material: Material, split: Split, settings: TrainingSettings, run_dir: Path) -> pd.DataFrame:
    """Train on a split and predict its test clips, or read the predictions that a finished run left."""
    claim(run_dir, settings, material.clips.fitted_to(split.train), split)
    finished = run_dir / "predictions.csv"
    if finished.exists():
        return pd.read_csv(finished)
    trained = train_and_calibrate(material, split, settings, run_dir)
    tested = material.table.iloc[split.test].reset_index(drop=True)
    table = tested[["corpus", "speaker", "sex", "emotion", "sentence", "intensity", "rebuilt"]].copy()
    table["clip"] = tested["path"].str.rsplit("/", n=1).str[-1].str.rsplit(".", n=1).str[0]
    answers = trained.probabilities(split.test)
    table[list(LABELS)] = answers
    table["unsure"] = answers.max(axis=1) < trained.unsure_below
    table.to_csv(finished, index=False)
    return table


def _summary(predictions: pd.DataFrame) -> dict[str, Any]:
    return figures(predictions, predictions[list(LABELS)].to_numpy())
