"""The clips of a training: drawn from the committed averages, with the chosen features, and split in two ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.dataset.averages import read_averages
from ser_core.dataset.tables import read_clips
from ser_core.emotions import LABELS
from ser_core.features.extraction import N_SUMMARY, SUMMARY_LAYOUT
from ser_core.own_network.choices import BY_SPEAKER, FEATURES, RANDOM, Choices

TEST_SHARE = 0.2
_SEED = 0

# Columns of the table that are not numbers to learn from.
KEYS = ("clip", "corpus", "speaker", "emotion")
TEST, TRAIN = "test", "train"


@dataclass(frozen=True, eq=False)
class LearningTable:
    """The clips of a training.

    Parameters
    ----------
    clips : pd.DataFrame
        The columns ``KEYS``, and one column for each of ``SPLITS`` that holds ``TRAIN`` or ``TEST``.
    numbers : np.ndarray [shape=(n, k), dtype=float32]
        The averages of the chosen features.
    columns : tuple of str [length=k]
        Their names: ``"mfcc_1"``, ``"mel_power_128"`` ...
    """

    clips: pd.DataFrame
    numbers: npt.NDArray[np.float32]
    columns: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The emotions that occur, in the order of ``LABELS``: the outputs of the network."""
        present = set(self.clips["emotion"])
        return tuple(label for label in LABELS if label in present)

    @property
    def targets(self) -> npt.NDArray[np.int64]:
        """The position of each clip's emotion in ``labels`` [shape=(n,)]."""
        return pd.Categorical(self.clips["emotion"], categories=self.labels).codes.astype(np.int64)

    def is_test(self, split: str) -> npt.NDArray[np.bool_]:
        """Return which clips a split keeps for the test [shape=(n,)]."""
        return (self.clips[split] == TEST).to_numpy()

    def to_csv(self) -> str:
        """Return the table as CSV: the columns of ``clips``, then the numbers."""
        numbers = pd.DataFrame(self.numbers, columns=list(self.columns), index=self.clips.index)
        return self.clips.join(numbers).to_csv(index=False, float_format="%.5g", lineterminator="\n")


def draw_table(choices: Choices) -> LearningTable:
    """Draw the clips of a training; the same choices always give the same clips.

    Parameters
    ----------
    choices : Choices
        Features, corpora and number of clips. Where the corpora have fewer clips, all of them are taken.

    Returns
    -------
    LearningTable

    Raises
    ------
    CorpusError
        If a committed table is missing or damaged.
    """
    averages = read_averages()
    table = read_clips().set_index("clip").loc[averages.clips.tolist()].reset_index()
    rng = np.random.default_rng(_SEED)
    possible = np.flatnonzero(table["corpus"].isin(choices.corpora))
    drawn = np.sort(rng.permutation(possible)[: choices.n_clips])
    clips = table.loc[drawn, list(KEYS)].astype("str").reset_index(drop=True)
    clips[RANDOM] = _as_words(_random_test(len(clips), rng))
    clips[BY_SPEAKER] = _as_words(_speakers_test(clips, rng))
    is_chosen = chosen_numbers(choices.features)
    columns = tuple(name for name, chosen in zip(_number_names(), is_chosen, strict=True) if chosen)
    return LearningTable(clips, averages.numbers[drawn][:, is_chosen].astype(np.float32), columns)


def count_clips(corpora: tuple[str, ...]) -> int:
    """Return how many clips of some corpora have averages."""
    table = read_clips()
    return int((table["corpus"].isin(corpora) & table["clip"].isin(read_averages().clips)).sum())


def chosen_numbers(features: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return which of the 162 averages belong to some features [shape=(162,)]."""
    is_chosen = np.zeros(N_SUMMARY, dtype=bool)
    for feature in features:
        is_chosen[SUMMARY_LAYOUT[feature]] = True
    return is_chosen


def _random_test(n_clips: int, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    is_test = np.zeros(n_clips, dtype=bool)
    is_test[rng.permutation(n_clips)[: round(TEST_SHARE * n_clips)]] = True
    return is_test


def _speakers_test(clips: pd.DataFrame, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Return the clips of a fifth of each corpus' speakers, and of at least one: TESS has only two."""
    is_test = np.zeros(len(clips), dtype=bool)
    for _, speakers in clips.groupby("corpus")["speaker"]:
        distinct = np.sort(speakers.unique())
        tested = rng.permutation(distinct)[: max(1, round(TEST_SHARE * len(distinct)))]
        is_test |= clips["speaker"].isin(tested).to_numpy()
    return is_test


def _as_words(is_test: npt.NDArray[np.bool_]) -> npt.NDArray[np.str_]:
    return np.where(is_test, TEST, TRAIN)


def _number_names() -> list[str]:
    names = []
    for feature in FEATURES:
        size = len(range(*SUMMARY_LAYOUT[feature].indices(N_SUMMARY)))
        names += [feature] if size == 1 else [f"{feature}_{number}" for number in range(1, size + 1)]
    return names
