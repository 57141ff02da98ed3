"""The clips, inputs and targets of each batch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from ser_core.corpora import LABELS_OF
from ser_core.emotions import LABELS
from ser_core.inference.log_mel import LogMelFrontEnd
from ser_core.training.batches import Batches, sampling_weights
from ser_core.training.clips import LogMelClips
from ser_core.training.settings import DEFAULT_SETTINGS, TrainingSettings
from ser_core.training.training_data import TrainingData
from tests.unit.training.tiny_training import SETTINGS, SPLIT, table_of

pytestmark = pytest.mark.tensorflow

WITHOUT_MIXUP = replace(SETTINGS, mixup_alpha=0.0)


class ClipsFilledWithTheirRow(LogMelClips):
    """Each training input is filled with the number of its row."""

    def __init__(self) -> None:
        object.__setattr__(self, "front_end", LogMelFrontEnd())

    def training_input(self, row: int, rng: np.random.Generator) -> np.ndarray:
        return np.full((2, 2), float(row), dtype=np.float32)


def with_row_numbers(data: TrainingData, table: pd.DataFrame | None = None) -> TrainingData:
    """Return data whose training inputs are filled with the number of their row."""
    return replace(data, clips=ClipsFilledWithTheirRow(), table=data.table if table is None else table)


def test_corpus_and_emotion_together_are_drawn_by_the_square_root_of_their_size() -> None:
    table = table_of("RAVDESS", ["happy"] * 9 + ["sad"], ["RAVDESS-01"] * 10)
    weights = sampling_weights(table)
    assert weights.sum() == pytest.approx(1.0)
    assert weights[:9].sum() == pytest.approx(3.0 * weights[9])


def test_tess_is_drawn_half_as_often() -> None:
    ravdess = table_of("RAVDESS", ["sad"] * 4, ["RAVDESS-01"] * 4)
    tess = table_of("TESS", ["sad"] * 4, ["TESS-OAF"] * 4)
    weights = sampling_weights(pd.concat([ravdess, tess], ignore_index=True))
    assert weights[:4].sum() == pytest.approx(2.0 * weights[4:].sum())


@pytest.mark.parametrize("settings", DEFAULT_SETTINGS.values(), ids=list(DEFAULT_SETTINGS))
def test_an_epoch_of_the_shipped_settings_is_shorter_only_for_small_sets(settings: TrainingSettings) -> None:
    # Each clip is drawn four times at most.
    n_small = settings.clips_per_epoch // 4
    n_steps = settings.clips_per_epoch // settings.batch_size
    assert settings.steps_per_epoch(n_clips=15_000) == settings.steps_per_epoch(n_clips=n_small) == n_steps
    assert settings.steps_per_epoch(n_clips=160) == 10
    assert settings.steps_per_epoch(n_clips=18) == settings.steps_per_epoch(n_clips=1) == 1


def test_a_batch_depends_only_on_seed_epoch_and_number(data: TrainingData) -> None:
    def inputs_of(number: int, epoch: int = 1, seed: int = 3, *, drawn_before: int | None = None) -> np.ndarray:
        batches = Batches(data, SPLIT.train, replace(SETTINGS, seed=seed), epoch)
        if drawn_before is not None:
            batches[drawn_before]
        return batches[number][0]

    reference = inputs_of(2)
    np.testing.assert_array_equal(inputs_of(2, drawn_before=5), reference)
    for other_inputs in (inputs_of(3), inputs_of(2, epoch=2), inputs_of(2, seed=4)):
        assert not np.array_equal(other_inputs, reference)


def test_batches_hold_training_clips_alone(data: TrainingData) -> None:
    batches = Batches(with_row_numbers(data), SPLIT.train, WITHOUT_MIXUP, epoch=0)
    drawn = {int(row) for number in range(len(batches)) for row in batches[number][0][:, 0, 0]}
    assert drawn <= set(SPLIT.train.tolist())
    assert len(drawn) > 0.8 * len(SPLIT.train)


def test_without_the_label_mask_all_labels_are_allowed(data: TrainingData) -> None:
    crema_d = with_row_numbers(data, table_of("CREMA-D", ["sad"] * 2, ["CREMA-D-1001"] * 2))
    _, targets = Batches(crema_d, np.arange(2), replace(WITHOUT_MIXUP, label_mask=False), epoch=0)[0]
    np.testing.assert_array_equal(targets[:, len(LABELS) :], 1.0)


def test_targets_are_smoothed_over_the_labels_of_the_corpus(data: TrainingData) -> None:
    crema_d = with_row_numbers(data, table_of("CREMA-D", ["sad"] * 2, ["CREMA-D-1001"] * 2))
    _, targets = Batches(crema_d, np.arange(2), replace(WITHOUT_MIXUP, label_smoothing=0.3), epoch=0)[0]
    target = dict(zip(LABELS, targets[0, : len(LABELS)], strict=True))
    assert target["sad"] == pytest.approx(0.75)
    assert target["angry"] == pytest.approx(0.05)
    assert target["calm"] == target["surprise"] == 0.0
    assert targets[0, len(LABELS) :].sum() == len(LABELS_OF["CREMA-D"])


def test_targets_sum_to_one_after_mixup(data: TrainingData) -> None:
    _, targets = Batches(data, SPLIT.train, replace(SETTINGS, mixup_alpha=5.0), epoch=0)[0]
    probabilities = targets[:, : len(LABELS)]
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, rtol=1e-5)
    assert (np.sort(probabilities, axis=1)[:, -2] > 0.05).any()
