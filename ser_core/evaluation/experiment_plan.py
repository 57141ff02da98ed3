"""Plan of an experiment: which trainings the recordings of a data folder allow, what is skipped, and how long it takes.

The plan needs only the file names. So a data folder that is too small is refused at once, and not after minutes of
decoding and training. This module imports no Keras, which takes seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from ser_core.corpora import scan
from ser_core.corpora.own_labels import Labels
from ser_core.corpora.scan_summary import mapping_lines
from ser_core.errors import TrainingError
from ser_core.evaluation.training_ablations import ABLATION_EPOCHS, TRAINING_ABLATIONS
from ser_core.training.recordings import training_recordings
from ser_core.training.settings import SEED_CNN, TrainingSettings
from ser_core.training.splits import N_FOLDS, Split, random_split, speaker_independent, without_corpora

# RAVDESS songs are by the speakers of RAVDESS speech, so both are left out together.
CORPUS_GROUPS = (("CREMA-D",), ("RAVDESS", "RAVDESS song"), ("SAVEE",), ("TESS",), ("nEMO",), ("EMOVO",))

# Robustness is measured on RAVDESS: it has eight emotions, recorded in the same way, and none are reconstructed.
CORRUPTED_CORPUS = "RAVDESS"

# Rough values: two are from training logs on two cores, the others are estimates. Only the plan's duration uses them.
_ANALYSIS_S_PER_CLIP = 0.02
_TRUNK_S_PER_WINDOW = 0.015
_STEP_S_SEED_CNN = 0.22
_STEP_S_HEAD = 0.18
_STEP_S_FROM_SCRATCH = 2.5


@dataclass(frozen=True, eq=False)
class ExperimentPlan:
    """The trainings of an experiment.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    settings : TrainingSettings
        Hyperparameters of the trainings, except for the ablations.
    folds : dict of str to Split
        One split per test fold; at least one.
    random : Split or None
        The random split; None if there are too few clips.
    without_corpus : dict of str to Split
        One split per corpus that is left out of the training.
    corrupted_folds : tuple of str
        Folds with test clips for the corruptions.
    ablations : dict of str to TrainingSettings
        Settings of the ablations, which are trained on the first fold.
    skipped : tuple of str
        Parts of the experiment that the recordings do not allow, each with its reason.
    n_left_out : dict of str to int
        Number of files of the data folder that are not used, by reason.
    label_words : tuple of str
        Lines about the words that became labels.
    """

    table: pd.DataFrame
    settings: TrainingSettings
    folds: dict[str, Split]
    random: Split | None
    without_corpus: dict[str, Split]
    corrupted_folds: tuple[str, ...]
    ablations: dict[str, TrainingSettings]
    skipped: tuple[str, ...]
    n_left_out: dict[str, int]
    label_words: tuple[str, ...] = ()

    def as_text(self, *, has_pretrained_trunk: bool) -> str:
        """Return the plan for people to read.

        Parameters
        ----------
        has_pretrained_trunk : bool
            Whether the network starts from published weights, which makes the trainings shorter.

        Returns
        -------
        str
            Several lines.
        """
        lines = [f"Experiment of {self.settings.network} with {len(self.table):,} clips:"]
        for corpus, rows in self.table.groupby("corpus"):
            emotions = ", ".join(f"{label} {n:,}" for label, n in rows["emotion"].value_counts().sort_index().items())
            lines.append(f"  {corpus}: {len(rows):,} clips, {_speakers_in_words(rows)} ({emotions})")
        lines += [*self.label_words, "Trainings:"]
        for fold, split in self.folds.items():
            speakers = _speakers_in_words(self.table.iloc[split.test])
            lines.append(f"  {fold}: {len(split.train):,} clips; {len(split.test):,} of {speakers} tested")
        if self.random is not None:
            lines.append(f"  random split: {len(self.random.train):,} clips; {len(self.random.test):,} tested")
        for corpus, split in self.without_corpus.items():
            lines.append(f"  without {corpus}: {len(split.train):,} clips; {len(split.test):,} tested")
        if self.ablations:
            lines.append(f"  {len(self.ablations)} ablations of {ABLATION_EPOCHS} epochs, on {next(iter(self.folds))}")
        if self.skipped:
            lines += ["Skipped:", *(f"  {reason}" for reason in self.skipped)]
        if self.n_left_out:
            lines += ["Files left out:", *(f"  {n:,} x {reason}" for reason, n in self.n_left_out.items())]
        duration_s = self.duration_s(has_pretrained_trunk=has_pretrained_trunk)
        lines.append(f"About {_in_words(duration_s)} on two cores; finished parts are kept if it is interrupted.")
        return "\n".join(lines)

    def duration_s(self, *, has_pretrained_trunk: bool) -> float:
        """Return an estimate of the duration of the experiment.

        Parameters
        ----------
        has_pretrained_trunk : bool
            As in ``as_text``.

        Returns
        -------
        float
            Seconds on two cores.
        """
        splits = [*self.folds.values(), *self.without_corpus.values()]
        splits += [self.random] if self.random is not None else []
        n_steps = sum(self.settings.epochs * self.settings.steps_per_epoch(len(split.train)) for split in splits)
        n_first = len(next(iter(self.folds.values())).train)
        n_steps += sum(settings.epochs * settings.steps_per_epoch(n_first) for settings in self.ablations.values())
        analysis_s = _ANALYSIS_S_PER_CLIP * len(self.table)
        if self.settings.network == SEED_CNN:
            return analysis_s + _STEP_S_SEED_CNN * n_steps
        if not has_pretrained_trunk:
            return analysis_s + _STEP_S_FROM_SCRATCH * n_steps
        n_windows = len(self.table) * (1 + self.settings.n_augmented_copies)
        return analysis_s + _TRUNK_S_PER_WINDOW * n_windows + _STEP_S_HEAD * n_steps


def plan_experiment(data_dir: Path, settings: TrainingSettings, labels: Labels | None = None) -> ExperimentPlan:
    """Plan the experiment of a network on the recordings of a data folder. Nothing is decoded.

    Parameters
    ----------
    data_dir : Path
        A folder with the corpora.
    settings : TrainingSettings
        The network and its hyperparameters.
    labels : Labels, optional
        How the labels of a user's own recordings are read; see ``corpora.scan``.

    Returns
    -------
    ExperimentPlan

    Raises
    ------
    CorpusError
        If the folder holds no usable recording.
    TrainingError
        If the recordings do not allow an experiment; see ``make_plan``.
    """
    inventory = scan(data_dir, labels, compare_sound=False)
    n_left_out = inventory.n_skipped_by_reason()
    plan = make_plan(training_recordings(inventory.table, settings.network), settings, n_left_out)
    return replace(plan, label_words=tuple(mapping_lines(inventory)))


def make_plan(
    table: pd.DataFrame, settings: TrainingSettings, n_left_out: dict[str, int] | None = None
) -> ExperimentPlan:
    """Plan the experiment of a network on the recordings of a table.

    Parameters
    ----------
    table : pd.DataFrame
        The recordings that the network is trained on; at least one.
    settings : TrainingSettings
        The network and its hyperparameters.
    n_left_out : dict of str to int, optional
        Number of files of the data folder that are not in the table, by reason.

    Returns
    -------
    ExperimentPlan

    Raises
    ------
    TrainingError
        If all clips have the same label, or no fold can be trained and tested.
    """
    n_left_out = n_left_out or {}
    if table["emotion"].nunique() < 2:
        raise TrainingError(
            f"All {len(table):,} clips have the same label, {table['emotion'].iloc[0]}{_in_brackets(n_left_out)}",
            expected="clips of at least two emotions",
            advice="Add clips of other emotions to the data folder",
        )
    skipped: list[str] = []

    def usable(splits: dict[str, Split]) -> dict[str, Split]:
        """Return the splits that can be trained and tested, and note the others as skipped."""
        reasons = {name: _reason_to_skip(table, split) for name, split in splits.items()}
        skipped.extend(f"{name}: {reason}" for name, reason in reasons.items() if reason)
        return {name: split for name, split in splits.items() if not reasons[name]}

    folds = usable({f"fold-{fold}": speaker_independent(table, fold) for fold in range(N_FOLDS)})
    if not folds:
        raise _no_fold(table, n_left_out)
    random = usable({"random split": random_split(table, settings.seed)}).get("random split")
    groups = {f"without {group[0]}": group for group in CORPUS_GROUPS if table["corpus"].isin(group).any()}
    usable_groups = usable({name: without_corpora(table, group) for name, group in groups.items()})
    without_corpus = {groups[name][0]: split for name, split in usable_groups.items()}
    if settings.network == SEED_CNN:
        return ExperimentPlan(table, settings, folds, random, without_corpus, (), {}, tuple(skipped), n_left_out)
    corrupted_folds = tuple(
        fold for fold, split in folds.items() if (table["corpus"].iloc[split.test] == CORRUPTED_CORPUS).any()
    )
    if not corrupted_folds:
        skipped.append(f"corruptions: no test clips of {CORRUPTED_CORPUS}")
    ablations = {}
    first_fold = next(iter(folds.values()))
    for name, changes in TRAINING_ABLATIONS.get(settings.network, {}).items():
        ablation = replace(settings, epochs=ABLATION_EPOCHS, **changes)
        is_left_out = table["corpus"].iloc[first_fold.train].isin(ablation.left_out_corpora).to_numpy()
        reason = _reason_to_skip(table, replace(first_fold, train=first_fold.train[~is_left_out]))
        if ablation.left_out_corpora and not is_left_out.any():
            reason = f"no clips of {' or '.join(ablation.left_out_corpora)} to train on"
        if reason:
            skipped.append(f"ablation {name!r}: {reason}")
        else:
            ablations[name] = ablation
    return ExperimentPlan(
        table, settings, folds, random, without_corpus, corrupted_folds, ablations, tuple(skipped), n_left_out
    )


def _reason_to_skip(table: pd.DataFrame, split: Split) -> str | None:
    """Return why a split cannot be trained or tested, or None."""
    if not len(split.test):
        return "no clips to test on"
    if not len(split.train):
        return "no clips are left to train on"
    training_emotions = table["emotion"].iloc[split.train].unique()
    if len(training_emotions) < 2:
        return f"all clips that are left to train on are labelled {training_emotions[0]}"
    return None


def _in_brackets(n_left_out: dict[str, int]) -> str:
    if not n_left_out:
        return ""
    return " (left out: " + ", ".join(f"{n:,} x {reason}" for reason, n in n_left_out.items()) + ")"


def _no_fold(table: pd.DataFrame, n_left_out: dict[str, int]) -> TrainingError:
    if table["speaker"].notna().any():
        problem = f"The {len(table):,} clips are of {_speakers_in_words(table)}, and these cannot be split into folds"
    else:
        problem = f"The speaker is unknown for all {len(table):,} clips"
    return TrainingError(
        problem + _in_brackets(n_left_out),
        expected="clips of speakers in at least two different folds, with at least two emotions each; RAVDESS has four "
        "actors per fold (1 to 4, 5 to 8, ...), CREMA-D goes by actor number modulo 5",
        advice="Add speakers of RAVDESS, CREMA-D or another corpus whose file names carry the speaker",
    )


def _speakers_in_words(table: pd.DataFrame) -> str:
    n_speakers = int(table["speaker"].nunique())
    return "1 speaker" if n_speakers == 1 else f"{n_speakers} speakers"


def _in_words(duration_s: float) -> str:
    minutes = duration_s / 60.0
    if minutes < 1.5:
        return "a minute"
    return f"{minutes:.0f} minutes" if minutes < 90 else f"{minutes / 60.0:.1f} hours"
