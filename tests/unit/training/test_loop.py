from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd
import pytest

from ser_core.__main__ import NETWORK_NAMES
from ser_core.audio.loading import to_wav_bytes
from ser_core.corpora import LABELS_OF, scan
from ser_core.emotions import LABELS
from ser_core.errors import TrainingError
from ser_core.evaluation import experiment
from ser_core.features.spectrum import db_under_peak, from_db
from ser_core.inference.front_end import LogMelFrontEnd
from ser_core.training import loop
from ser_core.training.augmentation import Augmentation
from ser_core.training.loop import (
    Batches,
    TrainingSettings,
    claim,
    clip_logits,
    masked_cross_entropy,
    sampling_weights,
    train_network,
)
from ser_core.training.networks import SEED_CNN, SER_CNN
from ser_core.training.setup import TrainingSetup, load_training_setup
from ser_core.training.splits import Split, everything
from ser_core.training.training_data import LogMelClips

pytestmark = pytest.mark.tensorflow

FRONT_END = LogMelFrontEnd(n_mels=16, window_frames=32, step_frames=16)
SETTINGS = TrainingSettings(
    "tiny", seed=3, epochs=4, clips_per_epoch=256, batch_size=16, peak_learning_rate=0.02, ema_momentum=0.8
)
N_SPEAKERS, CLIPS_EACH, N_FRAMES = 4, 24, 20


def tiny_network(input_shape: tuple[int, ...]) -> keras.Model:
    """All that keeps a state in our networks, and little else: normalisation, dropout, an optimiser."""
    layers = keras.layers
    network = [layers.Input(input_shape), layers.Conv1D(16, 3, use_bias=False)]
    network += [layers.BatchNormalization(momentum=0.8), layers.Activation("relu")]
    network += [layers.GlobalAveragePooling1D(), layers.Dropout(0.2), layers.Dense(len(LABELS))]
    return keras.Sequential(network, name="tiny")


def fresh() -> keras.Model:
    return tiny_network(FRONT_END.input_shape)


def table_of(corpus: str, emotions: list[str], speakers: list[str]) -> pd.DataFrame:
    paths = [f"{corpus}/{number}.wav" for number in range(len(emotions))]
    return pd.DataFrame({"path": paths, "corpus": corpus, "speaker": speakers, "emotion": emotions})


@pytest.fixture(scope="module")
def clips() -> LogMelClips:
    """Noise in which each emotion has two bands of its own, loud in the middle: what is steady is taken for noise."""
    rng = np.random.default_rng(5)
    frames = rng.normal(-40.0, 4.0, size=(N_SPEAKERS * CLIPS_EACH * N_FRAMES, FRONT_END.n_mels))
    for clip in range(N_SPEAKERS * CLIPS_EACH):
        emotion = clip % len(LABELS)
        levels = frames[clip * N_FRAMES : (clip + 1) * N_FRAMES]
        levels[5:15, 2 * emotion : 2 * emotion + 2] += 25.0
        levels[:] = db_under_peak(FRONT_END.without_noise(from_db(levels)), FRONT_END.floor_db)
    starts = np.arange(N_SPEAKERS * CLIPS_EACH + 1) * N_FRAMES
    return LogMelClips(FRONT_END, frames.astype(np.float16), starts, Augmentation(vocal_tract=0.01))


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    number = range(N_SPEAKERS * CLIPS_EACH)
    emotions = [LABELS[clip % len(LABELS)] for clip in number]
    return table_of("RAVDESS", emotions, [f"RAVDESS-{1 + clip // CLIPS_EACH:02d}" for clip in number])


@pytest.fixture(scope="module")
def split() -> Split:
    rows = np.arange(N_SPEAKERS * CLIPS_EACH)
    return Split(train=rows[:72], test=rows[72:])


@pytest.fixture(scope="module")
def uninterrupted(
    clips: LogMelClips, table: pd.DataFrame, split: Split, tmp_path_factory: pytest.TempPathFactory
) -> tuple[keras.Model, Path]:
    run_dir = tmp_path_factory.mktemp("runs") / "uninterrupted"
    return train_network(fresh, clips, table, split, SETTINGS, run_dir), run_dir


def log_without_times(run_dir: Path) -> list[dict[str, str]]:
    rows = list(csv.DictReader((run_dir / "log.csv").read_text().splitlines()))
    return [{name: value for name, value in row.items() if name != "seconds"} for row in rows]


class PowerCutError(Exception):
    """Stands for whatever ends a training in the middle."""


def test_it_learns(
    uninterrupted: tuple[keras.Model, Path], clips: LogMelClips, table: pd.DataFrame, split: Split
) -> None:
    network, _ = uninterrupted
    guess = clip_logits(network, clips, split.test).argmax(axis=1)
    truth = [LABELS.index(emotion) for emotion in table["emotion"].iloc[split.test]]
    assert np.mean(guess == truth) > 0.8


@pytest.mark.parametrize("cut_in", ["mean_uar", "_append", "_save"])
def test_a_cut_off_training_goes_on_as_if_nothing_had_happened(
    cut_in: str,
    uninterrupted: tuple[keras.Model, Path],
    clips: LogMelClips,
    table: pd.DataFrame,
    split: Split,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, whole_dir = uninterrupted
    original, calls = getattr(loop, cut_in), []

    def cut_in_epoch_two(*arguments: Any) -> Any:
        calls.append(cut_in)
        if len(calls) == 2:
            raise PowerCutError
        return original(*arguments)

    monkeypatch.setattr(loop, cut_in, cut_in_epoch_two)
    with pytest.raises(PowerCutError):
        train_network(fresh, clips, table, split, SETTINGS, tmp_path / "run")
    monkeypatch.undo()
    # A new process has another state of every random generator, and of Keras.
    keras.utils.set_random_seed(99)
    keras.backend.clear_session()

    resumed = train_network(fresh, clips, table, split, SETTINGS, tmp_path / "run")

    assert log_without_times(tmp_path / "run") == log_without_times(whole_dir)
    for expected, found in zip(whole.get_weights(), resumed.get_weights(), strict=True):
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6)


def test_a_finished_training_is_only_read_back(
    uninterrupted: tuple[keras.Model, Path],
    clips: LogMelClips,
    table: pd.DataFrame,
    split: Split,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, whole_dir = uninterrupted
    run_dir = shutil.copytree(whole_dir, tmp_path / "run")
    monkeypatch.setattr(loop, "_train_epoch", lambda *_: pytest.fail("trained again"))
    again = train_network(fresh, clips, table, split, SETTINGS, run_dir)
    for expected, found in zip(whole.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(found, expected)


def test_training_goes_on_from_the_weights_and_keeps_their_average(
    clips: LogMelClips,
    table: pd.DataFrame,
    split: Split,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    measured = []

    def note_weights(network: keras.Model, *_: Any) -> float:
        measured.append(network.trainable_variables[-1].numpy())
        return 0.5

    monkeypatch.setattr(loop, "mean_uar", note_weights)
    network = train_network(fresh, clips, table, split, replace(SETTINGS, epochs=1), tmp_path / "run")

    checkpoint = keras.saving.load_model(tmp_path / "run" / "checkpoint.keras")
    average = checkpoint.optimizer._model_variables_moving_average[-1].numpy()
    np.testing.assert_array_equal(measured[0], average)
    np.testing.assert_array_equal(network.trainable_variables[-1].numpy(), average)
    assert not np.allclose(checkpoint.trainable_variables[-1].numpy(), average)


def test_no_test_clip_is_looked_at_where_there_is_none(
    clips: LogMelClips, table: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "mean_uar", lambda *_: pytest.fail("measured"))
    settings = replace(SETTINGS, epochs=1, clips_per_epoch=16)
    train_network(fresh, clips, table, everything(table), settings, tmp_path / "run")
    assert [set(row) for row in log_without_times(tmp_path / "run")] == [{"epoch", "loss"}]


@pytest.mark.parametrize(
    "changed",
    [replace(SETTINGS, seed=4), replace(SETTINGS, peak_learning_rate=1e-4)],
    ids=["another seed", "another rate"],
)
def test_another_trainings_folder_is_refused(
    changed: TrainingSettings,
    uninterrupted: tuple[keras.Model, Path],
    clips: LogMelClips,
    table: pd.DataFrame,
    split: Split,
) -> None:
    with pytest.raises(TrainingError, match="other settings or data"):
        train_network(fresh, clips, table, split, changed, uninterrupted[1])


def test_other_variations_are_another_training(
    uninterrupted: tuple[keras.Model, Path], clips: LogMelClips, table: pd.DataFrame, split: Split
) -> None:
    varied = replace(clips, augmentation=Augmentation(tempo=0.5))
    with pytest.raises(TrainingError, match="other settings or data"):
        train_network(fresh, varied, table, split, SETTINGS, uninterrupted[1])


def test_nothing_to_learn_from_is_an_error(
    clips: LogMelClips, table: pd.DataFrame, split: Split, tmp_path: Path
) -> None:
    with pytest.raises(TrainingError, match="no clips"):
        train_network(fresh, clips, table, replace(split, train=np.empty(0, int)), SETTINGS, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_the_loss_ignores_labels_that_the_corpus_lacks() -> None:
    allowed = np.array([label in LABELS_OF["CREMA-D"] for label in LABELS], dtype=np.float32)
    target = np.eye(len(LABELS), dtype=np.float32)[[LABELS.index("sad")]]
    y_true = np.concatenate([target, allowed[None]], axis=1)
    logits = np.zeros((1, len(LABELS)), dtype=np.float32)
    confident = logits + 50.0 * (1.0 - allowed)
    losses = [float(masked_cross_entropy(y_true, keras.ops.array(each))[0]) for each in (logits, confident)]
    assert losses == pytest.approx([np.log(6.0)] * 2, rel=1e-5)


def test_a_cell_is_drawn_by_the_square_root_of_its_size() -> None:
    table = table_of("RAVDESS", ["happy"] * 9 + ["sad"], ["RAVDESS-01"] * 10)
    weights = sampling_weights(table)
    assert weights.sum() == pytest.approx(1.0)
    assert weights[:9].sum() == pytest.approx(3.0 * weights[9])


def test_tess_is_drawn_half_as_often() -> None:
    ravdess = table_of("RAVDESS", ["sad"] * 4, ["RAVDESS-01"] * 4)
    tess = table_of("TESS", ["sad"] * 4, ["TESS-OAF"] * 4)
    weights = sampling_weights(pd.concat([ravdess, tess], ignore_index=True))
    assert weights[:4].sum() == pytest.approx(2.0 * weights[4:].sum())


def test_a_batch_depends_on_seed_epoch_and_number_alone(clips: LogMelClips, table: pd.DataFrame, split: Split) -> None:
    def batch(number: int, epoch: int = 1, seed: int = 3, *, first: int | None = None) -> np.ndarray:
        batches = Batches(clips, table, split.train, replace(SETTINGS, seed=seed), epoch)
        if first is not None:
            batches[first]
        return batches[number][0]

    reference = batch(2)
    np.testing.assert_array_equal(batch(2, first=5), reference)
    for other in (batch(3), batch(2, epoch=2), batch(2, seed=4)):
        assert not np.array_equal(other, reference)


def test_batches_hold_training_clips_alone(table: pd.DataFrame, split: Split) -> None:
    class ClipsThatTellTheirRow:
        def training_input(self, row: int, rng: np.random.Generator) -> np.ndarray:
            return np.full((2, 2), float(row), dtype=np.float32)

    settings = replace(SETTINGS, mixup_alpha=0.0)
    batches = Batches(ClipsThatTellTheirRow(), table, split.train, settings, epoch=0)
    drawn = {int(row) for number in range(len(batches)) for row in batches[number][0][:, 0, 0]}
    assert drawn <= set(split.train.tolist())
    assert len(drawn) > 0.8 * len(split.train)


def test_without_the_mask_a_corpus_is_blamed_for_the_labels_it_lacks() -> None:
    class Silence:
        def training_input(self, row: int, rng: np.random.Generator) -> np.ndarray:
            return np.zeros((2, 2), dtype=np.float32)

    table = table_of("CREMA-D", ["sad"] * 2, ["CREMA-D-1001"] * 2)
    settings = replace(SETTINGS, label_mask=False, mixup_alpha=0.0)
    _, targets = Batches(Silence(), table, np.arange(2), settings, epoch=0)[0]
    np.testing.assert_array_equal(targets[:, len(LABELS) :], 1.0)


def test_targets_are_smoothed_over_the_corpus_own_labels() -> None:
    class Silence:
        def training_input(self, row: int, rng: np.random.Generator) -> np.ndarray:
            return np.zeros((2, 2), dtype=np.float32)

    table = table_of("CREMA-D", ["sad"] * 2, ["CREMA-D-1001"] * 2)
    settings = replace(SETTINGS, label_smoothing=0.3, mixup_alpha=0.0)
    _, targets = Batches(Silence(), table, np.arange(2), settings, epoch=0)[0]
    target = dict(zip(LABELS, targets[0, : len(LABELS)], strict=True))
    assert target["sad"] == pytest.approx(0.75)
    assert target["angry"] == pytest.approx(0.05)
    assert target["calm"] == target["surprise"] == 0.0
    assert targets[0, len(LABELS) :].sum() == len(LABELS_OF["CREMA-D"])


def test_mixed_targets_still_sum_to_one(clips: LogMelClips, table: pd.DataFrame, split: Split) -> None:
    _, targets = Batches(clips, table, split.train, replace(SETTINGS, mixup_alpha=5.0), epoch=0)[0]
    probabilities = targets[:, : len(LABELS)]
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, rtol=1e-5)
    assert (np.sort(probabilities, axis=1)[:, -2] > 0.05).any()


@pytest.mark.parametrize("network", [SEED_CNN, SER_CNN])
def test_the_unseen_corpus_is_never_learnt_from(network: str, tmp_path: Path) -> None:
    time_s = np.arange(8000) / 16000
    for number, name in enumerate(["03-01-03-01-01-01-01.wav", "03a01Fa.wav", "16b10Wb.wav"]):
        (tmp_path / name).write_bytes(to_wav_bytes(0.3 * np.sin(2.0 * np.pi * (200.0 + 50.0 * number) * time_s)))
    assert set(scan(tmp_path).table["corpus"]) == {"RAVDESS", "EmoDB"}
    setup = load_training_setup(tmp_path, loop.DEFAULT_SETTINGS[network], tmp_path / "cache")
    assert setup.table["corpus"].tolist() == ["RAVDESS"]


def test_the_command_line_offers_every_network() -> None:
    assert set(NETWORK_NAMES) == set(loop.DEFAULT_SETTINGS)


def test_predictions_of_another_training_are_not_taken_for_its_own(
    clips: LogMelClips, table: pd.DataFrame, split: Split, tmp_path: Path
) -> None:
    setup = TrainingSetup(table, clips, "fingerprint", SETTINGS, fresh, lambda trained: trained)
    claim(tmp_path, SETTINGS, clips, split)
    finished = pd.DataFrame({"corpus": ["RAVDESS"]})
    finished.to_csv(tmp_path / "predictions.csv", index=False)
    pd.testing.assert_frame_equal(experiment._predictions(setup, split, tmp_path), finished)
    with pytest.raises(TrainingError, match="other settings"):
        experiment._predictions(replace(setup, settings=replace(SETTINGS, epochs=9)), split, tmp_path)


def test_a_corpus_left_out_is_not_learnt_from(
    clips: LogMelClips, table: pd.DataFrame, split: Split, tmp_path: Path
) -> None:
    half = table.assign(corpus=["RAVDESS", "TESS"] * (len(table) // 2))
    setup = TrainingSetup(half, clips, "fingerprint", SETTINGS, fresh, lambda trained: trained)
    settings = replace(SETTINGS, epochs=1, clips_per_epoch=16, left_out_corpora=("TESS",))
    setup.train(split, settings, tmp_path)
    assert json.loads((tmp_path / "run.json").read_text())["rows"]["train"] == len(split.train) // 2
