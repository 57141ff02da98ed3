"""Which clips a network learns from, and which it is tested on.

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

# The few speakers of these corpora, one after the other over the folds.
_DEALT = {
    "EMOVO": ("f1", "f2", "f3", "m1", "m2", "m3"),
    "SAVEE": ("DC", "JE", "JK", "KL"),
    "TESS": ("OAF", "YAF"),
    "nEMO": ("EB0", "IC0", "KD0", "KS0", "SM0", "TP0", "WR0"),
}


@dataclass(frozen=True, eq=False)
class Split:
    """Row numbers of a corpus table.

    Parameters
    ----------
    train, test : np.ndarray [dtype=int]
        Positions of rows; ``test`` is empty for the shipped network.
    """

    train: np.ndarray
    test: np.ndarray


def fold_of_speaker(corpus: str, speaker: str) -> int:
    """Return the test fold, 0 to 4, of a speaker; the same for everyone, for ever.

    RAVDESS (speech and song) goes four actors a fold in order, 1-4, 5-8, ...; CREMA-D by actor number modulo 5,
    as do other corpora whose speakers are numbered; the few speakers of EMOVO, nEMO, SAVEE and TESS one after the
    other, so that TESS's two women lie in different folds; all others are dealt by a hash of their name.

    Parameters
    ----------
    corpus, speaker : str
        As in the corpus table.
    """
    name = speaker.removeprefix(f"{corpus}-")
    number = re.search(r"\d+$", speaker)
    if speaker.startswith("RAVDESS-") and number:
        return (int(number[0]) - 1) // 4 % N_FOLDS
    if name in _DEALT.get(corpus, ()):
        return _DEALT[corpus].index(name) % N_FOLDS
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


def speaker_independent(table: pd.DataFrame, test_fold: int) -> Split:
    """Split by speakers: test on one fold, train on all others.

    No validation part: the number of epochs is fixed beforehand and the last weights are kept, so nothing is
    chosen on any speaker.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    test_fold : int
        0 to 4.

    Returns
    -------
    Split
        No speaker is in both parts. Speakers that RAVDESS speech and song share count as one.
    """
    tested = folds(table) == test_fold
    return Split(train=np.flatnonzero(~tested), test=np.flatnonzero(tested))


def without_corpora(table: pd.DataFrame, left_out: tuple[str, ...]) -> Split:
    """Split by corpus: test on the corpora named, train on all others."""
    tested = table["corpus"].isin(left_out).to_numpy()
    return Split(train=np.flatnonzero(~tested), test=np.flatnonzero(tested))


def everything(table: pd.DataFrame) -> Split:
    """Train on every clip and test on none: for the network that ships."""
    return Split(train=np.arange(len(table)), test=np.empty(0, dtype=int))


def random_split(table: pd.DataFrame, seed: int) -> Split:
    """Split clips at random, 80 % train, 20 % test, whoever speaks: this leaks.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    seed : int
        The shuffle's seed.
    """
    order = np.random.default_rng(seed).permutation(len(table))
    test, train = np.split(order, [round(0.2 * len(table))])
    return Split(train=np.sort(train), test=np.sort(test))
