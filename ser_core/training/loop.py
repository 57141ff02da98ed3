"""From prepared clips to a trained network: balanced, seeded, logged, resumable.

A training lives in a run folder: ``run.json`` (what is being trained), ``log.csv`` (one line an epoch) and
``checkpoint.keras`` (network and optimiser after the last epoch). It lasts as many epochs as it was told and
ends with the average of its last weights: nothing is chosen by looking at a test. Started again on the same
folder, it goes on after the last whole epoch and ends with the weights it would have had: each batch's
randomness is a function of seed, epoch and batch number alone.
"""

from __future__ import annotations

import csv
import json
import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import keras
import numpy as np
import pandas as pd
from tqdm import tqdm

from ser_core.emotions import LABELS
from ser_core.errors import TrainingError
from ser_core.inference.calibration import pool_windows
from ser_core.inference.front_end import Windows
from ser_core.labels import allowed_labels, label_indices, likeliest_labels, uar
from ser_core.training.networks import SEED_CNN, SER_CNN
from ser_core.training.prefetch import prefetch
from ser_core.training.soft_labels import heard_by_listeners
from ser_core.training.splits import Split
from ser_core.training.training_data import Clips

log = logging.getLogger(__name__)

# TESS has 2,800 clips of two voices; half the weight keeps these two from crowding out all others.
_CORPUS_WEIGHT = {"TESS": 0.5}


@dataclass(frozen=True)
class TrainingSettings:
    """What a training is told.

    Parameters
    ----------
    network : str
        A key of ``networks.NETWORKS``.
    seed : int
        Of the weights, the order of clips and every variation.
    epochs : int
        How many.
    clips_per_epoch, batch_size : int
        Clips drawn, with replacement, for an epoch; and for one step.
    peak_learning_rate : float
        The learning rate after one epoch's warm-up; it falls to nothing along a cosine.
    weight_decay : float
        AdamW's.
    label_smoothing : float
        Share of the target spread over the labels that a clip's corpus has.
    mixup_alpha : float
        Of the Beta distribution that pairs of clips are mixed by (Zhang et al. 2018); 0 mixes none.
    ema_momentum : float
        Of the running average of the weights, which is what is measured and kept.
    label_mask : bool
        Whether the loss leaves out the labels that a clip's corpus lacks.
    listeners_share : float
        Share of the target that is what CREMA-D's listeners heard instead of what the actor was asked for.
    left_out_corpora : tuple of str
        Corpora that are not learnt from.
    n_augmented_copies : int
        How often each clip is varied before it goes through a frozen lower part.
    clean_share : float
        How often a clip is then learnt from as it is. The frozen part was not made for what the variations do, so
        more of them make the network sturdier and, on clean speech, a little worse.
    pretrained_sha256 : str or None
        Of the published weights that the network starts from; None for a training from scratch.
    """

    network: str
    seed: int = 0
    epochs: int = 8
    clips_per_epoch: int = 6144
    batch_size: int = 64
    peak_learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    label_smoothing: float = 0.02
    mixup_alpha: float = 0.1
    ema_momentum: float = 0.99
    label_mask: bool = True
    listeners_share: float = 0.0
    left_out_corpora: tuple[str, ...] = ()
    n_augmented_copies: int = 3
    clean_share: float = 0.7
    pretrained_sha256: str | None = None

    @property
    def steps_per_epoch(self) -> int:
        """Steps in an epoch."""
        return self.clips_per_epoch // self.batch_size


# The original's network is trained as it was, without mixing and smoothing, but balanced as ours.
DEFAULT_SETTINGS = {
    SEED_CNN: TrainingSettings(
        SEED_CNN,
        peak_learning_rate=1e-3,
        weight_decay=0.0,
        label_smoothing=0.0,
        mixup_alpha=0.0,
    ),
    SER_CNN: TrainingSettings(SER_CNN, epochs=28),
}


@keras.saving.register_keras_serializable(package="ser_core")
def masked_cross_entropy(y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
    """Return the cross-entropy among the labels that a clip's corpus has.

    A corpus without ``calm`` says nothing about how likely ``calm`` is, and must not teach that it never occurs.

    Parameters
    ----------
    y_true : tensor [shape=(b, 16)]
        The target's eight probabilities, then 1 for each label that the corpus has and 0 for the others.
    y_pred : tensor [shape=(b, 8)]
        Logits.
    """
    target, allowed = y_true[:, : len(LABELS)], y_true[:, len(LABELS) :]
    masked = y_pred + (allowed - 1.0) * 1e4
    return keras.losses.categorical_crossentropy(target, masked, from_logits=True)


def sampling_weights(table: pd.DataFrame) -> np.ndarray:
    """Return how likely each clip is drawn [shape=(n,), sums to 1].

    A cell of corpus and emotion is drawn by the square root of its size: between drawing every clip alike, which
    drowns the small cells, and drawing every cell alike, which wears them out.
    """
    cell_sizes = table.groupby(["corpus", "emotion"])["path"].transform("size").to_numpy()
    weight = table["corpus"].map(_CORPUS_WEIGHT).fillna(1.0).to_numpy() / np.sqrt(cell_sizes)
    return weight / weight.sum()


class Batches:
    """One epoch's batches, drawn at random but always the same for a seed and epoch."""

    def __init__(
        self, clips: Clips, table: pd.DataFrame, rows: np.ndarray, settings: TrainingSettings, epoch: int
    ) -> None:
        self._clips, self._rows, self._settings, self._epoch = clips, rows, settings, epoch
        drawn_from = table.iloc[rows]
        self._weights = sampling_weights(drawn_from)
        allowed = allowed_labels(drawn_from["corpus"]).astype(np.float32)
        if not settings.label_mask:
            allowed = np.ones_like(allowed)
        one_hot = np.eye(len(LABELS), dtype=np.float32)[label_indices(drawn_from["emotion"])]
        if settings.listeners_share > 0.0:
            heard = heard_by_listeners(drawn_from, otherwise=one_hot)
            one_hot = (1.0 - settings.listeners_share) * one_hot + settings.listeners_share * heard
        smooth = settings.label_smoothing
        target = (1.0 - smooth) * one_hot + smooth * allowed / allowed.sum(axis=1, keepdims=True)
        self._targets = np.concatenate([target, allowed], axis=1)

    def __len__(self) -> int:
        return self._settings.steps_per_epoch

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        rng = np.random.default_rng([self._settings.seed, self._epoch, index])
        drawn = rng.choice(len(self._rows), size=self._settings.batch_size, p=self._weights)
        inputs = np.stack([self._clips.training_input(row, rng) for row in self._rows[drawn]])
        targets = self._targets[drawn]
        if self._settings.mixup_alpha > 0.0:
            inputs, targets = self._mix(inputs, targets, rng)
        return inputs, targets

    def _mix(self, inputs: np.ndarray, targets: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        share = rng.beta(self._settings.mixup_alpha, self._settings.mixup_alpha, size=len(inputs))
        share = np.maximum(share, 1.0 - share).astype(np.float32)
        other = rng.permutation(len(inputs))
        along = share.reshape(-1, *[1] * (inputs.ndim - 1))
        n_labels = len(LABELS)
        mixed_target = share[:, None] * targets[:, :n_labels] + (1 - share)[:, None] * targets[other, :n_labels]
        either_allowed = np.maximum(targets[:, n_labels:], targets[other, n_labels:])
        mixed = along * inputs + (1 - along) * inputs[other]
        return mixed, np.concatenate([mixed_target, either_allowed], axis=1)


def clip_logits(network: keras.Model, clips: Clips, rows: np.ndarray) -> np.ndarray:
    """Return the pooled logits of each clip [shape=(len(rows), 8)], as serving computes them."""
    return pooled_logits(network, [clips.windows(row) for row in rows])


def pooled_logits(network: keras.Model, windows: Sequence[Windows]) -> np.ndarray:
    """Return the pooled logits of clips that are cut into windows [shape=(len(windows), 8)]."""
    lengths = [len(each.inputs) for each in windows]
    logits = network.predict(np.concatenate([each.inputs for each in windows]), batch_size=256, verbose=0)
    per_clip = np.split(logits, np.cumsum(lengths)[:-1])
    return np.stack([pool_windows(of, each.weight) for of, each in zip(per_clip, windows, strict=True)])


def train_network(
    fresh: Callable[[], keras.Model],
    clips: Clips,
    table: pd.DataFrame,
    split: Split,
    settings: TrainingSettings,
    run_dir: Path,
) -> keras.Model:
    """Train a network, or go on where a training on the same folder was cut off.

    Parameters
    ----------
    fresh : callable
        Builds the untrained network; called after the seed is set.
    clips : LogMelClips, EmbeddedClips or SummaryClips
        One entry a row of ``table``, fitted to ``split.train``.
    table : pd.DataFrame
        The corpus table.
    split : Split
        Which rows to learn from. How well the test rows are recognised is logged after each epoch, and
        decides nothing.
    settings : TrainingSettings
        What to do.
    run_dir : Path
        Where the checkpoint and the log live.

    Returns
    -------
    keras.Model
        With the averaged weights of the last epoch.

    Raises
    ------
    TrainingError
        If there is nothing to learn from, or the folder holds another training.
    """
    if not len(split.train):
        raise TrainingError(
            "There are no clips to learn from",
            expected="Clips of several speakers whom the file names tell apart",
            advice="Add RAVDESS or CREMA-D to the data folder",
        )
    claim(run_dir, settings, clips, split)
    log_file, checkpoint = run_dir / "log.csv", run_dir / "checkpoint.keras"
    network = _start_or_resume(checkpoint, fresh, settings)
    first = int(network.optimizer.iterations) // settings.steps_per_epoch
    _forget_unfinished(log_file, first)
    for epoch in range(first, settings.epochs):
        started_s = time.monotonic()
        batches = Batches(clips, table, split.train, settings, epoch)
        line = {"epoch": epoch + 1, "loss": round(_train_epoch(network, batches, settings, epoch), 4)}
        if len(split.test):
            with _averaged_weights(network):
                line["test_uar"] = round(mean_uar(network, clips, table, split.test), 4)
        line["seconds"] = round(time.monotonic() - started_s, 1)
        _append(log_file, line)
        log.info("%s %s", run_dir.name, line)
        _save(network, checkpoint)
    network.optimizer.finalize_variable_values(network.trainable_variables)
    return network


def claim(run_dir: Path, settings: TrainingSettings, clips: Clips, split: Split) -> None:
    """Note in the folder what is trained there; refuse a folder where something else is.

    Raises
    ------
    TrainingError
        If the folder holds a training with other settings, another front end or another split.
    """
    wanted = {
        "settings": asdict(settings),
        "rows": {"train": len(split.train), "test": len(split.test)},
        **clips.description(),
    }
    wanted = json.loads(json.dumps(wanted))
    note = run_dir / "run.json"
    if note.exists() and json.loads(note.read_text()) != wanted:
        raise TrainingError(
            "The run folder holds the checkpoint of a training with other settings or data",
            expected="An empty folder, or the same training cut off",
            advice="Name another folder, or delete this one",
        )
    run_dir.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(wanted, indent=1) + "\n")


def _start_or_resume(checkpoint: Path, fresh: Callable[[], keras.Model], settings: TrainingSettings) -> keras.Model:
    if checkpoint.exists():
        return keras.saving.load_model(checkpoint, safe_mode=True)
    keras.utils.set_random_seed(settings.seed)
    network = fresh()
    steps = settings.steps_per_epoch
    rate = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=settings.peak_learning_rate / 100,
        warmup_target=settings.peak_learning_rate,
        warmup_steps=steps,
        decay_steps=steps * max(settings.epochs - 1, 1),
    )
    optimizer = keras.optimizers.AdamW(
        rate,
        weight_decay=settings.weight_decay,
        use_ema=True,
        ema_momentum=settings.ema_momentum,
        ema_overwrite_frequency=None,
    )
    # Not compiled by XLA: on a CPU its dilated convolutions took ten times as long.
    network.compile(optimizer, masked_cross_entropy, jit_compile=False)
    return network


def _train_epoch(network: keras.Model, batches: Batches, settings: TrainingSettings, epoch: int) -> float:
    """Train one epoch and return its mean loss.

    Not by ``fit``: at its end it overwrites the weights with their average, so that each epoch would start from
    weights that lag behind; and it shuffles the batches by a generator that no checkpoint holds.
    """
    dropouts = [layer for layer in network.layers if isinstance(layer, keras.layers.Dropout)]
    for number, layer in enumerate(dropouts):
        # A checkpoint does not hold this state either.
        layer.seed_generator.state.assign([settings.seed + number, epoch * settings.steps_per_epoch])
    progress = tqdm(prefetch(batches), total=len(batches), desc=f"epoch {epoch + 1}", unit="step", disable=None)
    return float(np.mean([network.train_on_batch(inputs, targets) for inputs, targets in progress]))


def _save(network: keras.Model, checkpoint: Path) -> None:
    """Replace the checkpoint in one step, so that a cut leaves the old one whole."""
    unfinished = checkpoint.with_name("unfinished.keras")
    network.save(unfinished)
    os.replace(unfinished, checkpoint)


def _forget_unfinished(log_file: Path, n_epochs: int) -> None:
    """Drop a line whose checkpoint was never written."""
    if not log_file.exists():
        return
    finished = log_file.read_text().splitlines()[: n_epochs + 1]
    shortened = log_file.with_suffix(".part.csv")
    shortened.write_text("\n".join(finished) + "\n")
    os.replace(shortened, log_file)


def _append(log_file: Path, line: dict[str, object]) -> None:
    is_new = not log_file.exists()
    with log_file.open("a", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(line))
        if is_new:
            writer.writeheader()
        writer.writerow(line)


@contextmanager
def _averaged_weights(network: keras.Model) -> Iterator[None]:
    """Put the running average of the weights in place for a while."""
    raw = [variable.numpy() for variable in network.trainable_variables]
    network.optimizer.finalize_variable_values(network.trainable_variables)
    try:
        yield
    finally:
        for variable, value in zip(network.trainable_variables, raw, strict=True):
            variable.assign(value)


def mean_uar(network: keras.Model, clips: Clips, table: pd.DataFrame, rows: np.ndarray) -> float:
    """Return the mean over corpora of the UAR among each corpus' own labels."""
    logits = clip_logits(network, clips, rows)
    chosen = table.iloc[rows]
    truth = label_indices(chosen["emotion"])
    guess = likeliest_labels(logits, chosen["corpus"])
    corpora = chosen["corpus"].to_numpy()
    return float(np.mean([uar(truth[corpora == c], guess[corpora == c]) for c in np.unique(corpora)]))
