"""The experiment: how well a network recognises speakers and corpora that it was not trained on.

The network is trained and tested once for each of five speaker folds, on a random split, and without each corpus in
turn. Every finished part is kept in its run folder, so an interrupted experiment continues where it stopped.
``final_training`` trains the shipped network with the calibration that is fitted here; ``figures`` computes the
published figures from the tables of both.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pandas as pd

from ser_core.atomic_write import write_text
from ser_core.audio.loading import load_audio
from ser_core.corpora.own_labels import Labels
from ser_core.emotions import LABELS
from ser_core.evaluation.corruptions import CORRUPTIONS
from ser_core.evaluation.experiment_plan import CORRUPTED_CORPUS, ExperimentPlan, make_plan, plan_experiment
from ser_core.evaluation.feature_ablations import ablate_features
from ser_core.evaluation.fit_thresholds import apply_calibration, fit_calibration
from ser_core.inference.thresholds import Calibration
from ser_core.predictions_table import clip_rows, predictions_path
from ser_core.training.clips import SummaryClips
from ser_core.training.profile_scoring import PROFILES, SEVERAL_MOODS, profile_logits
from ser_core.training.referenced_clips import ReferencedClips
from ser_core.training.run_dir import LOG_NAME, claim_run_dir, read_finished_table, write_finished_table
from ser_core.training.scoring import clip_logits, mean_uar, pooled_logits
from ser_core.training.settings import TrainingSettings
from ser_core.training.setup import TrainingSetup, load_training_setup
from ser_core.training.splits import Split

log = logging.getLogger(__name__)


def run_experiment(
    data_dir: Path,
    settings: TrainingSettings,
    work_dir: Path,
    out_dir: Path,
    pretrained: Path | None = None,
    labels: Labels | None = None,
) -> None:
    """Train and test a network by the protocol, and write its predictions for every clip.

    Parameters
    ----------
    data_dir : Path
        A folder with the corpora.
    settings : TrainingSettings
        The network and its hyperparameters.
    work_dir : Path
        Folder for checkpoints, logs and cached clips.
    out_dir : Path
        Folder for the results: the predictions tables (see ``predictions_table``), ``<network>_ablations.csv`` (one row
        per training) or, for ``seed_cnn``, ``<network>_features.csv`` (one row per set of features), ``<network>.json``
        (settings and calibration) and ``<network>_log.csv``. A part that the plan skips has no table.
    pretrained : Path, optional
        Published weights to start from.
    labels : Labels, optional
        How the labels of a user's own recordings are read; see ``corpora.scan``.

    Raises
    ------
    CorpusError
        If the data folder holds no usable recording.
    TrainingError
        If the recordings do not allow an experiment, or a run folder holds another training.
    StorageError
        If a file cannot be written.
    """
    # Refuses a folder that is too small before its clips are decoded.
    plan_experiment(data_dir, settings, labels)
    setup = load_training_setup(data_dir, settings, work_dir / "cache", pretrained, labels)
    # Planned again: recordings that cannot be decoded are no longer in the table.
    plan = make_plan(setup.data.table, setup.settings)
    _Experiment(setup, plan, data_dir, work_dir, out_dir).run()


@dataclass(frozen=True, eq=False)
class _Experiment:
    setup: TrainingSetup
    plan: ExperimentPlan
    data_dir: Path
    work_dir: Path
    out_dir: Path

    def run(self) -> None:
        network = self.setup.settings.network
        fold_logits = {fold: self._test_logits(split, fold) for fold, split in self.plan.folds.items()}
        out_of_fold = pd.concat(fold_logits.values(), keys=fold_logits, names=["fold"]).reset_index("fold")
        left_out = [
            self._test_logits(split, f"without-{group}").assign(left_out=group)
            for group, split in self.plan.without_corpus.items()
        ]
        # A visitor's recording is from no corpus, so the calibration is fitted on corpora that were left out.
        calibration_logits = pd.concat(left_out) if left_out else out_of_fold
        calibration, profile_calibration = fit_calibration(calibration_logits), None
        self._write("out_of_fold", calibrate_by_fold(out_of_fold, calibration_logits))
        if left_out:
            self._write("without_corpus", calibrate_by_corpus(calibration_logits, calibration_logits))
        if left_out and isinstance(self.setup.data.clips, ReferencedClips):
            with_profile = pd.concat(
                self._profile_logits(split, group) for group, split in self.plan.without_corpus.items()
            )
            several_moods = with_profile[with_profile["profile"].isin(SEVERAL_MOODS)]
            profile_calibration = fit_calibration(several_moods)
            self._write("voice_profile", calibrate_by_corpus(with_profile, several_moods))
        self._write("log", self._logs())
        random = None if self.plan.random is None else self._test_logits(self.plan.random, "random")
        self._write("random_split", random, calibration)
        description = {
            "network": network,
            "settings": asdict(self.setup.settings),
            "data_fingerprint": self.setup.data.identity.fingerprint,
            "calibration": asdict(calibration),
            "profile_calibration": None if profile_calibration is None else asdict(profile_calibration),
        }
        write_text(self.out_dir / f"{network}.json", json.dumps(description, indent=1) + "\n")
        if isinstance(self.setup.data.clips, SummaryClips):
            self._write("features", ablate_features(self.plan.table, self.setup.data.clips.summaries))
            return
        corrupted = [self._corrupted_logits(fold) for fold in self.plan.corrupted_folds]
        self._write("corrupted", pd.concat(corrupted) if corrupted else None, calibration)
        self._write("ablations", self._ablations())

    def _run_dir(self, name: str) -> Path:
        return self.work_dir / f"{self.setup.settings.network}-{name}"

    def _write(self, kind: str, table: pd.DataFrame | None, calibration: Calibration | None = None) -> None:
        """Write a table of results; remove an older one where there are no results."""
        path = predictions_path(self.setup.settings.network, kind, self.out_dir)
        if table is None or not len(table):
            path.unlink(missing_ok=True)
            return
        if calibration is not None:
            table = apply_calibration(table, calibration)
        write_text(path, table.to_csv(index=False))
        log.info("wrote %s, %d rows", path.name, len(table))

    def _test_logits(self, split: Split, name: str) -> pd.DataFrame:
        """Train on a split and return the logits of its test clips, or read those of a finished run."""
        run_dir, settings = self._run_dir(name), self.setup.settings
        data, fitted_split = self.setup.fit_data(split, settings)
        claim_run_dir(run_dir, data, fitted_split, settings)
        path = run_dir / "predictions.csv"
        predictions = read_finished_table(path, n_rows=len(split.test))
        if predictions is None:
            network, clips = self.setup.train(split, settings, run_dir)
            predictions = clip_rows(self.plan.table.iloc[split.test])
            predictions[list(LABELS)] = clip_logits(network, clips, split.test)
            write_finished_table(predictions, path)
            predictions = pd.read_csv(path)
        return predictions

    def _profile_logits(self, split: Split, group: str) -> pd.DataFrame:
        """Return the logits of the clips of a corpus that was left out, for each kind of voice profile."""
        run_dir = self._run_dir(f"without-{group}")
        path = run_dir / "voice_profile.csv"
        predictions = read_finished_table(path, n_rows=len(split.test) * len(PROFILES))
        if predictions is None:
            head, clips = self.setup.train(split, self.setup.settings, run_dir)
            assert isinstance(clips, ReferencedClips)
            parts = []
            for profile in PROFILES:
                part = clip_rows(self.plan.table.iloc[split.test])
                part[list(LABELS)] = profile_logits(
                    head, clips, self.plan.table, split.test, profile, self.setup.settings.seed
                )
                parts.append(part.assign(profile=profile))
            write_finished_table(pd.concat(parts), path)
            predictions = pd.read_csv(path)
        return predictions.assign(left_out=group)

    def _corrupted_logits(self, fold: str) -> pd.DataFrame:
        """Return the logits of a fold's RAVDESS test clips under each corruption."""
        split, run_dir = self.plan.folds[fold], self._run_dir(fold)
        rows = self.plan.table.iloc[split.test]
        rows = rows[rows["corpus"] == CORRUPTED_CORPUS]
        path = run_dir / "corrupted.csv"
        predictions = read_finished_table(path, n_rows=len(rows) * len(CORRUPTIONS))
        if predictions is None:
            trained, clips = self.setup.train(split, self.setup.settings, run_dir)
            network = self.setup.attach_trunk(trained, clips)
            parts = []
            for name, corrupt in CORRUPTIONS.items():
                recordings = (load_audio(self.data_dir / clip_path) for clip_path in rows["path"])
                windows = [clips.front_end.windows(corrupt(recording)) for recording in recordings]
                part = clip_rows(rows)
                part[list(LABELS)] = pooled_logits(network, windows)
                parts.append(part.assign(corruption=name))
            write_finished_table(pd.concat(parts), path)
            predictions = pd.read_csv(path)
        return predictions

    def _ablations(self) -> pd.DataFrame:
        """Train each ablation on the first fold, and return the UAR on its test speakers by corpus."""
        split = next(iter(self.plan.folds.values()))
        corpora = self.plan.table["corpus"].iloc[split.test]
        lines = []
        for name, settings in self.plan.ablations.items():
            network, clips = self.setup.train(split, settings, self._run_dir(f"ablation-{name.replace(' ', '-')}"))
            data = replace(self.setup.data, clips=clips)
            uar_by_corpus = {
                corpus: mean_uar(network, data, split.test[corpora == corpus]) for corpus in sorted(corpora.unique())
            }
            lines.append({"ablation": name, **uar_by_corpus})
        return pd.DataFrame(lines).round(4)

    def _logs(self) -> pd.DataFrame:
        logs = {fold: pd.read_csv(self._run_dir(fold) / LOG_NAME) for fold in self.plan.folds}
        return pd.concat(logs, names=["fold"]).reset_index("fold").drop(columns="seconds")


def calibrate_by_fold(out_of_fold: pd.DataFrame, calibration_logits: pd.DataFrame) -> pd.DataFrame:
    """Calibrate each fold with clips of other speakers, so that the calibration is measured on new speakers too.

    Parameters
    ----------
    out_of_fold : pd.DataFrame
        A predictions table that holds logits instead of probabilities, with the column ``fold``.
    calibration_logits : pd.DataFrame
        The logits that calibrations are fitted on: of corpora that were left out, or ``out_of_fold`` itself.

    Returns
    -------
    pd.DataFrame
        A predictions table. A fold with all the speakers is calibrated with itself.
    """
    parts = []
    for _, rows in out_of_fold.groupby("fold"):
        other_speakers = calibration_logits[~calibration_logits["speaker"].isin(rows["speaker"])]
        parts.append(apply_calibration(rows, fit_calibration(other_speakers if len(other_speakers) else rows)))
    return pd.concat(parts)


def calibrate_by_corpus(predictions: pd.DataFrame, calibration_logits: pd.DataFrame) -> pd.DataFrame:
    """Calibrate each corpus that was left out with the other ones, as the recordings of a stranger are calibrated.

    Parameters
    ----------
    predictions : pd.DataFrame
        A predictions table that holds logits instead of probabilities, with the column ``left_out``: the group of
        corpora that was left out together.
    calibration_logits : pd.DataFrame
        The logits that calibrations are fitted on, with the same column.

    Returns
    -------
    pd.DataFrame
        A predictions table without that column. A single group is calibrated with itself.
    """
    parts = []
    for group, rows in predictions.groupby("left_out"):
        of_other_groups = calibration_logits[calibration_logits["left_out"] != group]
        parts.append(
            apply_calibration(rows, fit_calibration(of_other_groups if len(of_other_groups) else calibration_logits))
        )
    return pd.concat(parts).drop(columns="left_out")
