"""Which clips a network learns from, which it is stopped by, and which it is tested on.

Every split but ``random_split`` keeps each speaker on one side: nobody in the test was ever heard in training.
``random_split`` is there to show what happens otherwise.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

N_FOLDS = 5

# A tenth of each corpus' speakers, its last ones, decide when a training stops; a corpus with fewer than ten
# speakers can spare none, unless there is no larger one: then the last speaker of the largest does.
_STOPPING_SHARE = 0.1
_FEWEST_TO_SPARE = 10


@dataclass(frozen=True, eq=False)
class Split:
    """Row numbers of a corpus table.

    Parameters
    ----------
    train, validation, test : np.ndarray [dtype=int]
        Positions of rows; ``test`` is empty for the shipped network.
    """

    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray


def fold_of_speaker(corpus: str, speaker: str) -> int:
    """Return the test fold, 0 to 4, of a speaker; the same for everyone, for ever.

    RAVDESS (speech and song) goes four actors a fold in order, 1-4, 5-8, ...; CREMA-D by actor number modulo 5,
    as do other corpora whose speakers are numbered; TESS's two women lie in different folds; all others are
    dealt by a hash of their name.

    Parameters
    ----------
    corpus, speaker : str
        As in the corpus table.
    """
    name = speaker.removeprefix(f"{corpus}-")
    number = re.search(r"\d+$", speaker)
    if speaker.startswith("RAVDESS-") and number:
        return (int(number[0]) - 1) // 4 % N_FOLDS
    if corpus == "TESS":
        return {"OAF": 0, "YAF": 1}.get(name, 2)
    if number and name.isdigit():
        return int(number[0]) % N_FOLDS
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % N_FOLDS


def folds(table: pd.DataFrame) -> np.ndarray:
    """Return each row's test fold [shape=(n,)]; a row without a speaker has -1 and is never tested on."""
    pairs = table[["corpus", "speaker"]].drop_duplicates()
    fold = {
        (corpus, speaker): fold_of_speaker(corpus, speaker) if isinstance(speaker, str) else -1
        for corpus, speaker in pairs.itertuples(index=False)
    }
    return np.array([fold[pair] for pair in table[["corpus", "speaker"]].itertuples(index=False, name=None)])


def speaker_independent(table: pd.DataFrame, test_fold: int | None) -> Split:
    """Split by speakers: test on one fold, stop by a tenth of the other speakers, train on the rest.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    test_fold : int or None
        0 to 4; None tests on nobody, for the network that ships.

    Returns
    -------
    Split
        No speaker is in two of its parts. Speakers that RAVDESS speech and song share count as one.
    """
    tested = folds(table) == test_fold if test_fold is not None else np.zeros(len(table), dtype=bool)
    stopping = table["speaker"].isin(_stopping_speakers(table[~tested])).to_numpy() & ~tested
    return Split(
        train=np.flatnonzero(~tested & ~stopping),
        validation=np.flatnonzero(stopping),
        test=np.flatnonzero(tested),
    )


def _stopping_speakers(table: pd.DataFrame) -> set[str]:
    speakers_of = {
        corpus: sorted(rows["speaker"].unique()) for corpus, rows in table.dropna(subset="speaker").groupby("corpus")
    }
    chosen = {
        speaker
        for speakers in speakers_of.values()
        if len(speakers) >= _FEWEST_TO_SPARE
        for speaker in speakers[-max(2, round(_STOPPING_SHARE * len(speakers))) :]
    }
    everybody = sorted({speaker for speakers in speakers_of.values() for speaker in speakers})
    if not chosen and len(everybody) > 1:
        chosen = {max(speakers_of.values(), key=len)[-1]}
    return chosen


def random_split(table: pd.DataFrame, seed: int) -> Split:
    """Split clips at random, 72 % train, 8 % validation, 20 % test, whoever speaks: this leaks.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    seed : int
        The shuffle's seed.
    """
    order = np.random.default_rng(seed).permutation(len(table))
    n_test, n_validation = round(0.2 * len(table)), round(0.08 * len(table))
    test, validation, train = np.split(order, [n_test, n_test + n_validation])
    return Split(train=np.sort(train), validation=np.sort(validation), test=np.sort(test))
