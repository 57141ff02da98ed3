"""The protocol: how good a network is on voices it never heard, and on what else it is asked.

``run`` trains and tests once for each of five speaker folds, on a random split, and without each corpus in turn; every
finished part is kept at once, so that a run cut off anywhere goes on there. ``train_final`` trains on every speaker,
calibrates with what ``run`` found out of fold, and exports. ``figures`` makes the numbers that people see of what
both wrote.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from ser_core.audio.loading import load_audio
from ser_core.corpora import clip_names, emodb, scan
from ser_core.emotions import LABELS
from ser_core.errors import TrainingError
from ser_core.evaluation.corruptions import CORRUPTIONS
from ser_core.evaluation.feature_ablations import ablate_features
from ser_core.evaluation.training_ablations import ABLATIONS
from ser_core.inference.calibration import fit_confidence_threshold, fit_temperature, probabilities
from ser_core.inference.recognizer import Recognizer
from ser_core.labels import allowed_labels, label_indices
from ser_core.training.clips import SummaryClips
from ser_core.training.export import export_network
from ser_core.training.recordings import EVALUATION_ONLY
from ser_core.training.run_dir import claim_run_dir, read_finished_table, write_finished_table
from ser_core.training.scoring import clip_logits, mean_uar, pooled_logits
from ser_core.training.settings import TrainingSettings
from ser_core.training.setup import TrainingSetup, load_training_setup
from ser_core.training.splits import N_FOLDS, Split, everything, random_split, speaker_independent, without_corpora

log = logging.getLogger(__name__)

# RAVDESS's songs are by the speakers of its speech, so both are left out together.
_CORPUS_GROUPS = (("CREMA-D",), ("RAVDESS", "RAVDESS song"), ("SAVEE",), ("TESS",), ("nEMO",), ("EMOVO",))

_KEPT = ["corpus", "speaker", "sex", "emotion", "sentence", "intensity", "reconstructed"]
_ANSWERS = list(LABELS)

# What robustness is measured on: eight emotions, recorded alike, never reconstructed.
_CORRUPTED_CORPUS = "RAVDESS"

_ABLATION_EPOCHS = 4


@dataclass(frozen=True)
class Calibration:
    """What turns logits into probabilities and into "not sure".

    Parameters
    ----------
    temperature : float
        Logits are divided by it.
    confidence_threshold : float
        A winning probability under this is "not sure".
    """

    temperature: float
    confidence_threshold: float


def calibrate(predictions: pd.DataFrame) -> Calibration:
    """Fit temperature and "not sure" point on out-of-fold logits."""
    logits = predictions[_ANSWERS].to_numpy()
    truth, allowed = label_indices(predictions["emotion"]), allowed_labels(predictions["corpus"])
    temperature = fit_temperature(logits, truth, allowed)
    calibrated = probabilities(logits, temperature)
    return Calibration(
        temperature, fit_confidence_threshold(calibrated.max(axis=1), calibrated.argmax(axis=1) == truth)
    )


def as_probabilities(predictions: pd.DataFrame, calibration: Calibration) -> pd.DataFrame:
    """Return predictions with calibrated probabilities for logits, and whether each is "not sure"."""
    calibrated = probabilities(predictions[_ANSWERS].to_numpy(), calibration.temperature)
    answered = predictions.copy()
    answered[_ANSWERS] = calibrated.round(4)
    answered["unsure"] = calibrated.max(axis=1) < calibration.confidence_threshold
    return answered


def run(
    data_dir: Path, settings: TrainingSettings, work_dir: Path, out_dir: Path, pretrained: Path | None = None
) -> None:
    """Measure a network, and write what it answered to every clip.

    Parameters
    ----------
    data_dir : Path
        A folder with the corpora.
    settings : TrainingSettings
        The network and its training.
    work_dir : Path
        Where checkpoints, logs and analysed clips are kept.
    out_dir : Path
        Where the tables go, one row a clip: ``<network>_out_of_fold.csv``, ``<network>_random_split.csv`` and, for
        ``ser_cnn``, ``<network>_without_corpus.csv`` and ``<network>_corrupted.csv``; ``<network>_ablations.csv`` (one
        row a training) or, for ``seed_cnn``, ``<network>_features.csv`` (one row a set of features); beside them
        ``<network>.json`` (settings and calibration) and ``<network>_log.csv``.
    pretrained : Path, optional
        Weights to start from.
    """
    setup = load_training_setup(data_dir, settings, work_dir / "cache", pretrained)
    out_dir.mkdir(parents=True, exist_ok=True)

    def run_dir(name: str) -> Path:
        return work_dir / f"{settings.network}-{name}"

    splits = {f"fold-{fold}": speaker_independent(setup.data.table, fold) for fold in range(N_FOLDS)}
    # A small data folder may have no speaker for a fold.
    splits = {name: split for name, split in splits.items() if len(split.test) and len(split.train)}
    if not splits:
        raise TrainingError(
            "There are no two speakers in different folds",
            expected="Clips of several speakers whom the file names tell apart",
            advice="Add RAVDESS or CREMA-D to the data folder",
        )
    folds = {name: _predictions(setup, split, run_dir(name)) for name, split in splits.items()}
    out_of_fold = pd.concat(folds.values(), keys=folds, names=["fold"]).reset_index("fold")
    overall = calibrate(out_of_fold)
    _write(_calibrated_across(out_of_fold), out_dir / f"{settings.network}_out_of_fold.csv")
    _write_logs(run_dir, splits, out_dir / f"{settings.network}_log.csv")
    leaky = _predictions(setup, random_split(setup.data.table, settings.seed), run_dir("random"))
    _write(as_probabilities(leaky, overall), out_dir / f"{settings.network}_random_split.csv")
    described = {
        "network": settings.network,
        "settings": asdict(setup.settings),
        "data_fingerprint": setup.data.identity.fingerprint,
        "calibration": asdict(overall),
    }
    (out_dir / f"{settings.network}.json").write_text(json.dumps(described, indent=1) + "\n")
    if isinstance(setup.data.clips, SummaryClips):
        ablation = ablate_features(setup.data.table, setup.data.clips.summaries)
        ablation.to_csv(out_dir / f"{settings.network}_features.csv", index=False)
        return
    corrupted = [_corrupted(setup, data_dir, split, run_dir(name)) for name, split in splits.items()]
    _write(as_probabilities(pd.concat(corrupted), overall), out_dir / f"{settings.network}_corrupted.csv")
    absent = {
        group[0]: without_corpora(setup.data.table, group)
        for group in _CORPUS_GROUPS
        if setup.data.table["corpus"].isin(group).any()
    }
    unheard = [_predictions(setup, split, run_dir(f"without-{name}")) for name, split in absent.items()]
    _write(as_probabilities(pd.concat(unheard), overall), out_dir / f"{settings.network}_without_corpus.csv")
    ablations = _run_ablations(setup, next(iter(splits.values())), run_dir)
    ablations.to_csv(out_dir / f"{settings.network}_ablations.csv", index=False)


def train_final(
    data_dir: Path,
    settings: TrainingSettings,
    work_dir: Path,
    out_dir: Path,
    experiments_dir: Path,
    pretrained: Path | None = None,
) -> None:
    """Train on every speaker, calibrate with the out-of-fold experiment, and write the model folder.

    Parameters
    ----------
    data_dir, settings, work_dir, pretrained
        As in ``run``.
    out_dir : Path
        The model folder.
    experiments_dir : Path
        Where ``run`` wrote; what the finished network answers to the corpora that nothing is trained on goes there as
        ``<network>_unseen_corpus.csv``.

    Raises
    ------
    TrainingError
        If there is no experiment of this network, or one with other settings.
    """
    setup = load_training_setup(data_dir, settings, work_dir / "cache", pretrained)
    calibration = _calibration_of(experiments_dir / f"{settings.network}.json", setup.settings)
    run_dir = work_dir / f"{settings.network}-final"
    trained, clips = setup.train(everything(setup.data.table), setup.settings, run_dir)
    export_network(
        setup.attach_trunk(trained),
        clips.front_end,
        temperature=calibration.temperature,
        confidence_threshold=calibration.confidence_threshold,
        training={
            "data_fingerprint": setup.data.identity.fingerprint,
            "clips_by_corpus": setup.data.table["corpus"].value_counts().to_dict(),
            "settings": asdict(setup.settings),
        },
        out_dir=out_dir,
    )
    shutil.copy(run_dir / "log.csv", out_dir / "training_log.csv")
    unseen = _answers_to_unseen(Recognizer(out_dir), data_dir)
    if unseen is not None:
        _write(unseen, experiments_dir / f"{settings.network}_unseen_corpus.csv")


def _calibration_of(file: Path, settings: TrainingSettings) -> Calibration:
    described = json.loads(file.read_text()) if file.exists() else {}
    if described.get("settings") != json.loads(json.dumps(asdict(settings))):
        raise TrainingError(
            "There is no out-of-fold experiment with these settings to calibrate with",
            expected="What the experiment command wrote for this network, these weights to start from and this seed",
            advice="Run the experiment command first, with the same words",
        )
    return Calibration(**described["calibration"])


def _predictions(setup: TrainingSetup, split: Split, run_dir: Path) -> pd.DataFrame:
    """Train on a split and return its test clips' logits, or read what a finished run left."""
    data, fitted_split = setup.fit_data(split, setup.settings)
    claim_run_dir(run_dir, data, fitted_split, setup.settings)
    path = run_dir / "predictions.csv"
    predictions = read_finished_table(path, n_rows=len(split.test))
    if predictions is None:
        network, clips = setup.train(split, setup.settings, run_dir)
        predictions = _described(setup.data.table.iloc[split.test])
        predictions[_ANSWERS] = clip_logits(network, clips, split.test)
        write_finished_table(predictions, path)
        predictions = pd.read_csv(path)
    return predictions


def _described(rows: pd.DataFrame) -> pd.DataFrame:
    table = rows[_KEPT].reset_index(drop=True)
    table["clip"] = clip_names(rows["path"]).to_numpy()
    return table


def _calibrated_across(out_of_fold: pd.DataFrame) -> pd.DataFrame:
    """Calibrate each fold with what was measured on all others, so that calibration, too, is on unheard voices."""
    parts = []
    for fold, part in out_of_fold.groupby("fold"):
        others = out_of_fold[out_of_fold["fold"] != fold]
        parts.append(as_probabilities(part, calibrate(others if len(others) else part)))
    return pd.concat(parts)


def _corrupted(setup: TrainingSetup, data_dir: Path, split: Split, run_dir: Path) -> pd.DataFrame:
    """Return a fold's answers to its RAVDESS clips under each corruption."""
    finished = run_dir / "corrupted.csv"
    rows = setup.data.table.iloc[split.test]
    rows = rows[rows["corpus"] == _CORRUPTED_CORPUS]
    corrupted = read_finished_table(finished, n_rows=len(rows) * len(CORRUPTIONS))
    if corrupted is None:
        trained, clips = setup.train(split, setup.settings, run_dir)
        network = setup.attach_trunk(trained)
        parts = []
        for name, disturb in CORRUPTIONS.items():
            windows = [clips.front_end.windows(disturb(load_audio(data_dir / path))) for path in rows["path"]]
            table = _described(rows)
            table[_ANSWERS] = pooled_logits(network, windows)
            parts.append(table.assign(corruption=name))
        write_finished_table(pd.concat(parts), finished)
        corrupted = pd.read_csv(finished)
    return corrupted


def _run_ablations(setup: TrainingSetup, split: Split, run_dir_of: Callable[[str], Path]) -> pd.DataFrame:
    """Train a short while on one fold with each ablation pulled, and say how its unheard speakers are recognised."""
    lines = []
    short = replace(setup.settings, epochs=_ABLATION_EPOCHS)
    for name, changes in ABLATIONS.items():
        settings = replace(short, **changes)
        trained, clips = setup.train(split, settings, run_dir_of(f"ablation-{name.replace(' ', '-')}"))
        corpora = setup.data.table["corpus"].iloc[split.test]
        of_corpus = {
            corpus: mean_uar(trained, replace(setup.data, clips=clips), split.test[corpora == corpus])
            for corpus in sorted(corpora.unique())
        }
        lines.append({"ablation": name, **of_corpus})
    return pd.DataFrame(lines).round(4)


def _answers_to_unseen(recognizer: Recognizer, data_dir: Path) -> pd.DataFrame | None:
    table = scan(data_dir).table
    table = table[table["corpus"].isin(EVALUATION_ONLY)]
    if not len(table):
        return None
    answers = _described(table)
    predictions = [recognizer.predict(load_audio(data_dir / path)) for path in table["path"]]
    answers[_ANSWERS] = np.round([prediction.shares for prediction in predictions], 4)
    answers["unsure"] = [prediction.unsure for prediction in predictions]
    rates = emodb.listener_rates(data_dir / emodb.CORPUS / "erkennung.txt")
    answers["listeners_right"] = answers["clip"].map(rates)
    return answers


def _write(table: pd.DataFrame, file: Path) -> None:
    table.to_csv(file, index=False)
    log.info("wrote %s, %d rows", file.name, len(table))


def _write_logs(run_dir_of: Callable[[str], Path], names: dict[str, Split], file: Path) -> None:
    logs = {name: pd.read_csv(run_dir_of(name) / "log.csv") for name in names}
    pd.concat(logs, names=["fold"]).reset_index("fold").drop(columns="seconds").to_csv(file, index=False)
