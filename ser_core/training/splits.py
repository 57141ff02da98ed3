"""Splits of a corpus table into a training part and a test part.

All splits except ``random_split`` keep each speaker in one part, so the test speakers are new to the network.
``random_split`` shows how much the figures rise when the same speakers are in both parts.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from ser_core.corpora import on_request, own_labels

N_FOLDS = 5

# These corpora have few speakers. They are assigned to the folds in turn, in this order.
_SPEAKERS_IN_TURN = {
    "EMOVO": ("f1", "f2", "f3", "m1", "m2", "m3"),
    "SAVEE": ("DC", "JE", "JK", "KL"),
    "TESS": ("OAF", "YAF"),
    "nEMO": ("EB0", "IC0", "KD0", "KS0", "SM0", "TP0", "WR0"),
}


@dataclass(frozen=True, eq=False)
class Split:
    """Training part and test part, as row numbers of a corpus table.

    Parameters
    ----------
    train, test : np.ndarray [dtype=int]
        Positions of rows; ``test`` is empty for the shipped network.
    """

    train: npt.NDArray[np.integer]
    test: npt.NDArray[np.integer]


@cache
def fold_of_speaker(corpus: str, speaker: str) -> int:
    """Return the test fold of a speaker. It must never change, because published figures name the folds.

    - RAVDESS (speech and song): four actors per fold in order, 1-4, 5-8, ...
    - EMOVO, nEMO, SAVEE and TESS: the few speakers in turn, so that TESS's two women are in different folds.
    - CREMA-D and other corpora with numbered speakers: speaker number modulo 5.
    - All others: a hash of the speaker's name.

    Parameters
    ----------
    corpus, speaker : str
        As in the corpus table.

    Returns
    -------
    int
        0 to 4.
    """
    name = speaker.removeprefix(f"{corpus}-")
    number = re.search(r"\d+$", speaker)
    if speaker.startswith("RAVDESS-") and number:
        return (int(number[0]) - 1) // 4 % N_FOLDS
    if name in _SPEAKERS_IN_TURN.get(corpus, ()):
        return _SPEAKERS_IN_TURN[corpus].index(name) % N_FOLDS
    if number and name.isdigit():
        return int(number[0]) % N_FOLDS
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") % N_FOLDS


def folds(table: pd.DataFrame) -> np.ndarray:
    """Return the test fold of each row.

    The speakers of a user's own recordings, and of corpora that are read on request, are taken in turn, in the order of
    their names, because they may be few.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.

    Returns
    -------
    np.ndarray [shape=(n,), dtype=int]
        0 to 4; -1 for a row without a speaker, which is only trained on.
    """
    is_own = table["corpus"].isin((own_labels.CORPUS, *on_request.CORPORA))
    own_speakers = table.loc[is_own, "speaker"].dropna().unique()
    fold_of_own = {speaker: number % N_FOLDS for number, speaker in enumerate(sorted(own_speakers))}
    return np.array(
        [
            fold_of_own.get(speaker, fold_of_speaker(corpus, speaker)) if isinstance(speaker, str) else -1
            for corpus, speaker in zip(table["corpus"], table["speaker"], strict=True)
        ],
        dtype=np.int64,
    )


def speaker_independent(table: pd.DataFrame, test_fold: int) -> Split:
    """Split by speakers: test on one fold, train on all others.

    There is no validation part: the number of epochs is fixed beforehand and the last weights are kept, so nothing is
    chosen with the help of test speakers.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    test_fold : int
        0 to 4.

    Returns
    -------
    Split
        No speaker is in both parts. The speakers of RAVDESS speech and of RAVDESS song are the same people.
    """
    is_tested = folds(table) == test_fold
    return Split(train=np.flatnonzero(~is_tested), test=np.flatnonzero(is_tested))


def without_corpora(table: pd.DataFrame, left_out: tuple[str, ...]) -> Split:
    """Split by corpus: test on some corpora, train on all others.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    left_out : tuple of str
        Corpora of the test part.

    Returns
    -------
    Split
    """
    is_tested = table["corpus"].isin(left_out).to_numpy()
    return Split(train=np.flatnonzero(~is_tested), test=np.flatnonzero(is_tested))


def without_test_part(table: pd.DataFrame) -> Split:
    """Train on every clip and test on none, for the shipped network.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.

    Returns
    -------
    Split
        The test part is empty.
    """
    return Split(train=np.arange(len(table)), test=np.empty(0, dtype=int))


def random_split(table: pd.DataFrame, seed: int) -> Split:
    """Split clips at random, 80 % training and 20 % test: most speakers of the test part are in the training part too.

    Parameters
    ----------
    table : pd.DataFrame
        The corpus table.
    seed : int
        Seed of the shuffle.

    Returns
    -------
    Split
    """
    order = np.random.default_rng(seed).permutation(len(table))
    test, train = np.split(order, [round(0.2 * len(table))])
    return Split(train=np.sort(train), test=np.sort(test))
