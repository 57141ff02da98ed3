"""The clips of a training: drawn, reduced to the chosen features, and split."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ser_core.dataset.averages import Averages, read_averages, write_averages
from ser_core.dataset.tables import INVENTORY_ONLY, read_clips
from ser_core.errors import CorpusError, TrainingError
from ser_core.own_network.choices import BY_SPEAKER, CORPORA, FEATURES, RANDOM, SPLITS, Choices
from ser_core.own_network.learning_table import KEYS, LearningTable, count_clips, draw_table


@pytest.fixture(scope="module")
def table() -> LearningTable:
    return draw_table(Choices(n_clips=500))


def test_every_measured_clip_has_averages_and_no_other() -> None:
    averages, clips = read_averages(), read_clips()
    measured = clips[clips["source"] != INVENTORY_ONLY]
    assert sorted(averages.clips) == sorted(measured["clip"])
    assert np.isfinite(averages.numbers).all()
    mfcc = clips.set_index("clip").loc[averages.clips.tolist(), "mfcc_2"].to_numpy()
    assert np.allclose(averages.numbers[:, 14].astype(float), mfcc, atol=0.1)


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_missing_or_damaged_averages_are_an_error(tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / "averages.npz").write_bytes(content)
    with pytest.raises(CorpusError, match=r"averages\.npz is missing or damaged"):
        read_averages(tmp_path)


def test_averages_of_another_size_are_an_error(tmp_path: Path) -> None:
    write_averages(tmp_path, Averages(np.array(["a"]), np.zeros((1, 3), np.float16)))
    with pytest.raises(CorpusError):
        read_averages(tmp_path)


def test_the_same_choices_give_the_same_clips(table: LearningTable) -> None:
    again = draw_table(Choices(n_clips=500))
    pd.testing.assert_frame_equal(table.clips, again.clips)
    assert np.array_equal(table.numbers, again.numbers)
    assert table.numbers.shape == (500, 162)
    assert set(table.clips["corpus"]) == {"RAVDESS", "TESS"}


def test_a_random_split_shares_speakers_and_a_split_by_speaker_does_not(table: LearningTable) -> None:
    speakers = table.clips["speaker"]
    is_random, is_by_speaker = table.is_test(RANDOM), table.is_test(BY_SPEAKER)
    assert is_random.sum() == 100
    assert set(speakers[is_random]) & set(speakers[~is_random])
    assert not set(speakers[is_by_speaker]) & set(speakers[~is_by_speaker])
    # TESS's two women are in different parts.
    assert set(table.clips.loc[is_by_speaker, "corpus"]) == {"RAVDESS", "TESS"}
    assert set(table.clips.loc[~is_by_speaker, "corpus"]) == {"RAVDESS", "TESS"}


@pytest.mark.parametrize(
    ("features", "columns"),
    [
        (("rms",), ["rms"]),
        (("zero_crossing_rate", "chroma"), ["zero_crossing_rate", *(f"chroma_{number}" for number in range(1, 13))]),
    ],
)
def test_only_the_chosen_features_are_learned_from(features: tuple[str, ...], columns: list[str]) -> None:
    table = draw_table(Choices(features=features, corpora=("CREMA-D",), n_clips=100))
    assert list(table.columns) == columns
    assert table.numbers.shape == (100, len(columns))
    assert table.labels == ("angry", "disgust", "fear", "happy", "neutral", "sad")
    assert set(table.targets) <= set(range(6))


def test_all_clips_are_taken_where_there_are_fewer() -> None:
    table = draw_table(Choices(corpora=("RAVDESS",), n_clips=4000))
    assert len(table.clips) == len(table.numbers) == count_clips(("RAVDESS",)) == 1199


def test_the_csv_holds_keys_splits_and_numbers(table: LearningTable) -> None:
    read = pd.read_csv(io.StringIO(table.to_csv()))
    assert list(read.columns) == [*KEYS, *SPLITS, *table.columns]
    assert np.allclose(read.iloc[:, 6:].to_numpy(), table.numbers, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize(
    "values",
    [
        {"features": ()},
        {"corpora": ("SAVEE",)},
        {"n_clips": 5},
        {"n_epochs": 0},
        {"splits": ("other",)},
        {"method": ""},
    ],
)
def test_impossible_choices_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(TrainingError):
        Choices(**values)  # type: ignore[arg-type]


def test_choices_survive_json() -> None:
    choices = Choices(features=FEATURES[:2], corpora=CORPORA[:1], n_epochs=3)
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in choices.as_json().items()}
    assert Choices.from_json(values) == choices
