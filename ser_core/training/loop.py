"""Training of a network: balanced, seeded, logged, and resumable after an interruption.

A run folder (``run_dir``) holds ``run.json`` (what is trained), ``log.csv`` (one line per epoch) and
``checkpoint.keras`` (network and optimiser after the last epoch). A training lasts a fixed number of epochs and ends
with the average of its last weights: no checkpoint is chosen by its result on test clips. Started again with the same
run folder, an interrupted training continues after the last complete epoch and ends with the same weights as without
the interruption: the randomness of each batch depends only on the seed, the epoch and the number of the batch.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import keras
import numpy as np
from tqdm import tqdm

from ser_core.atomic_write import replace_when_complete, write_text
from ser_core.emotions import LABELS
from ser_core.errors import TrainingError
from ser_core.training.batches import Batches
from ser_core.training.prefetch import prefetch
from ser_core.training.run_dir import CHECKPOINT_NAME, LOG_NAME, claim_run_dir
from ser_core.training.scoring import mean_uar
from ser_core.training.settings import TrainingSettings
from ser_core.training.splits import Split
from ser_core.training.training_data import TrainingData

log = logging.getLogger(__name__)

# Added to the logits of labels that a clip's corpus lacks: their probability is zero in float32.
_MASKED_LOGIT = -1e4


@keras.saving.register_keras_serializable(package="ser_core")  # type: ignore[untyped-decorator]  # Keras has no types
def masked_cross_entropy(y_true: keras.KerasTensor, y_pred: keras.KerasTensor) -> keras.KerasTensor:
    """Return the cross-entropy among the labels that each clip's corpus has.

    A corpus without ``calm`` does not show how likely ``calm`` is, so the network must not learn from it that ``calm``
    never occurs.

    Parameters
    ----------
    y_true : tensor [shape=(b, 16)]
        Eight target probabilities, then 1 for each label that the corpus has and 0 for the others.
    y_pred : tensor [shape=(b, 8) or (b, heads, 8)]
        Logits. Each head of a network with several ones is trained by itself, so that the heads stay different.

    Returns
    -------
    tensor [shape=(b,) or (b, heads)]
    """
    if len(y_pred.shape) == 3:
        y_true = keras.ops.repeat(y_true[:, None], y_pred.shape[1], axis=1)
    target, allowed = y_true[..., : len(LABELS)], y_true[..., len(LABELS) :]
    masked = y_pred + (1.0 - allowed) * _MASKED_LOGIT
    return keras.losses.categorical_crossentropy(target, masked, from_logits=True)


def train_network(
    build_trainable: Callable[[], keras.Model],
    data: TrainingData,
    split: Split,
    settings: TrainingSettings,
    run_dir: Path,
) -> keras.Model:
    """Train a network, or continue an interrupted training in the same run folder.

    Parameters
    ----------
    build_trainable : callable
        Builds the untrained network; called after the seed is set.
    data : TrainingData
        The recordings; the clips are fitted to ``split.train``.
    split : Split
        Training and test part. The UAR on the test part is logged after each epoch, and nothing depends on it.
    settings : TrainingSettings
        Hyperparameters of the training.
    run_dir : Path
        Folder of the checkpoint and the log.

    Returns
    -------
    keras.Model
        The network with the averaged weights of the last epoch.

    Raises
    ------
    TrainingError
        If the training part is empty, or the run folder holds another training.
    """
    n_clips = len(split.train)
    if not n_clips:
        raise TrainingError(
            "The training part holds no clips",
            expected="at least one clip that is neither tested on nor left out",
            advice="Add clips of other speakers or corpora to the data folder",
        )
    claim_run_dir(run_dir, data, split, settings)
    log_file, checkpoint = run_dir / LOG_NAME, run_dir / CHECKPOINT_NAME
    network = _start_or_resume(checkpoint, build_trainable, settings, n_clips)
    n_finished = int(network.optimizer.iterations) // settings.steps_per_epoch(n_clips)
    _remove_unfinished_epoch(log_file, n_finished)
    for epoch in range(n_finished, settings.epochs):
        started_s = time.monotonic()
        batches = Batches(data, split.train, settings, epoch)
        line: dict[str, float] = {"epoch": epoch + 1, "loss": round(_train_epoch(network, batches, settings, epoch), 4)}
        if len(split.test):
            with _averaged_weights(network):
                line["test_uar"] = round(mean_uar(network, data, split.test), 4)
        line["seconds"] = round(time.monotonic() - started_s, 1)
        _append(log_file, line)
        log.info("%s %s", run_dir.name, line)
        _save(network, checkpoint)
    network.optimizer.finalize_variable_values(network.trainable_variables)
    return network


def _start_or_resume(
    checkpoint: Path, build_trainable: Callable[[], keras.Model], settings: TrainingSettings, n_clips: int
) -> keras.Model:
    if checkpoint.exists():
        return keras.saving.load_model(checkpoint, safe_mode=True)
    keras.utils.set_random_seed(settings.seed)
    network = build_trainable()
    steps = settings.steps_per_epoch(n_clips)
    learning_rate = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=settings.peak_learning_rate / 100,
        warmup_target=settings.peak_learning_rate,
        warmup_steps=steps,
        decay_steps=steps * max(settings.epochs - 1, 1),
    )
    optimizer = keras.optimizers.AdamW(
        learning_rate,
        weight_decay=settings.weight_decay,
        use_ema=True,
        ema_momentum=settings.ema_momentum,
        ema_overwrite_frequency=None,
    )
    # Not compiled by XLA: on a CPU, dilated convolutions took ten times as long with it.
    network.compile(optimizer, masked_cross_entropy, jit_compile=False)
    return network


def _train_epoch(network: keras.Model, batches: Batches, settings: TrainingSettings, epoch: int) -> float:
    """Train one epoch and return its mean loss.

    Keras' ``fit`` is not used for two reasons. At its end it overwrites the weights with their average, so each epoch
    would start from averaged weights. And it shuffles the batches with a generator whose state is in no checkpoint.
    """
    dropouts = [layer for layer in network.layers if isinstance(layer, keras.layers.Dropout)]
    for number, layer in enumerate(dropouts):
        # The state of the dropout generators is in no checkpoint either, so it is set from seed and epoch.
        layer.seed_generator.state.assign([settings.seed + number, epoch * len(batches)])
    progress = tqdm(prefetch(batches), total=len(batches), desc=f"epoch {epoch + 1}", unit="step", disable=None)
    return float(np.mean([network.train_on_batch(inputs, targets) for inputs, targets in progress]))


def _save(network: keras.Model, checkpoint: Path) -> None:
    with replace_when_complete(checkpoint) as temporary:
        network.save(temporary)


def _remove_unfinished_epoch(log_file: Path, n_epochs: int) -> None:
    """Remove the line of an epoch whose checkpoint was never written."""
    if log_file.exists():
        header_and_epochs = log_file.read_text().splitlines()[: n_epochs + 1]
        write_text(log_file, "\n".join(header_and_epochs) + "\n")


def _append(log_file: Path, line: dict[str, float]) -> None:
    header = ",".join(line) + "\n"
    earlier_lines = log_file.read_text() if log_file.exists() else header
    write_text(log_file, earlier_lines + ",".join(map(str, line.values())) + "\n")


@contextmanager
def _averaged_weights(network: keras.Model) -> Iterator[None]:
    """Use the running average of the weights inside the block, and restore the weights after it."""
    weights = [variable.numpy() for variable in network.trainable_variables]
    network.optimizer.finalize_variable_values(network.trainable_variables)
    try:
        yield
    finally:
        for variable, value in zip(network.trainable_variables, weights, strict=True):
            variable.assign(value)
