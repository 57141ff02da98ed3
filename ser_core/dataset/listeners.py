"""The votes of CREMA-D's listeners who heard the clips without seeing the face, and the network's answers.

Votes and answers have the same form: responses by clip and emotion. A clip has about nine votes and one answer. So the
same functions count both.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from ser_core.corpora import KAGGLE_CORPORA, LABELS_OF, crema_d
from ser_core.dataset.clip_list import official_name
from ser_core.errors import CorpusError
from ser_core.predictions_table import predictions_path, read_predictions, with_answers

NETWORK_ANSWERS_PATH = predictions_path("ser_cnn", "out_of_fold")

LABELS = LABELS_OF[crema_d.CORPUS]

_VOTE_COLUMNS = {"A": "angry", "D": "disgust", "F": "fear", "H": "happy", "N": "neutral", "S": "sad"}
# In the official table, the rows from this number on are votes of people who saw the face, with or without the voice.
_FIRST_ROW_WITH_FACE = 200_000


def read_official_votes(crema_d_dir: Path) -> pd.DataFrame:
    """Read the audio-only votes from CREMA-D's own table.

    Parameters
    ----------
    crema_d_dir : Path
        Folder with ``tabulatedVotes.csv``.

    Returns
    -------
    pandas.DataFrame
        Number of votes by emotion, one row per clip, indexed by ``clip``, the official name.

    Raises
    ------
    CorpusError
        If the table is missing or damaged.
    """
    try:
        with (crema_d_dir / "tabulatedVotes.csv").open(newline="", encoding="utf-8") as file:
            votes = {
                official_name(crema_d.CORPUS, row["fileName"]): {
                    label: int(row[column]) for column, label in _VOTE_COLUMNS.items()
                }
                for row in csv.DictReader(file)
                if int(row[""]) < _FIRST_ROW_WITH_FACE
            }
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(
            "CREMA-D's table of votes is missing or damaged",
            expected="CREMA-D/tabulatedVotes.csv in the data folder",
            advice="Take the table from CREMA-D's public repository",
        ) from error
    return pd.DataFrame.from_dict(votes, orient="index", columns=list(LABELS)).rename_axis("clip").sort_index()


def read_network_answers(path: Path = NETWORK_ANSWERS_PATH) -> pd.DataFrame:
    """Read the network's answers to the Kaggle set, each by a network that was trained without the clip's speaker.

    Parameters
    ----------
    path : Path
        An out-of-fold predictions table.

    Returns
    -------
    pandas.DataFrame
        ``corpus``, ``clip`` (the official name), ``emotion`` (intended) and ``answer``, the likeliest label among the
        labels of the clip's corpus.

    Raises
    ------
    ModelError
        If the file is missing or lacks a column.
    """
    predictions = with_answers(read_predictions(path))
    predictions = predictions[predictions["corpus"].isin(KAGGLE_CORPORA)]
    official_names = [official_name(*row) for row in zip(predictions["corpus"], predictions["clip"], strict=True)]
    clip = pd.Series(official_names, index=predictions.index)
    return predictions[["corpus", "emotion", "answer"]].assign(clip=clip).reset_index(drop=True)


def as_votes(answers: pd.DataFrame) -> pd.DataFrame:
    """Return a network's answers to CREMA-D in the form of votes, one for each clip.

    Parameters
    ----------
    answers : pandas.DataFrame
        As ``read_network_answers`` returns them.

    Returns
    -------
    pandas.DataFrame
        In the form of ``read_official_votes``.
    """
    crema_d_answers = answers[answers["corpus"] == crema_d.CORPUS].set_index("clip")
    return pd.get_dummies(crema_d_answers["answer"], dtype=int).reindex(columns=list(LABELS), fill_value=0)


def confusion(votes: pd.DataFrame, intended: pd.Series[str]) -> pd.DataFrame:
    """Return the shares of the responses for each intended emotion.

    Parameters
    ----------
    votes : pandas.DataFrame
        Responses by emotion, indexed by clip.
    intended : pandas.Series
        The intended emotion, indexed by clip. Clips without an entry do not count.

    Returns
    -------
    pandas.DataFrame
        Intended emotion down, response across. Each row sums to 1; it is NaN for an emotion without clips.
    """
    counted = _counted(votes, intended)
    sums = counted.groupby(intended[counted.index].astype(str)).sum().reindex(list(LABELS))
    return sums.div(sums.sum(axis=1), axis=0)


def agreement(votes: pd.DataFrame, intended: pd.Series[str], group: pd.Series[str]) -> pd.DataFrame:
    """Return the share of responses that name the intended emotion.

    Parameters
    ----------
    votes : pandas.DataFrame
        Responses by emotion, indexed by clip.
    intended : pandas.Series
        The intended emotion, indexed by clip. Clips without an entry do not count.
    group : pandas.Series
        The group of each clip, for example its intensity, indexed by clip.

    Returns
    -------
    pandas.DataFrame
        Indexed by group: ``clips`` and ``responses`` (their numbers), and ``share``, the share of the responses that
        name the intended emotion.
    """
    counted = _counted(votes, intended)
    is_intended = _is_intended(counted, intended)
    by_clip = pd.DataFrame({"responses": counted.sum(axis=1), "matching": counted.where(is_intended, 0).sum(axis=1)})
    sums = by_clip.groupby(group[counted.index].astype(str)).agg(
        clips=("responses", "size"), responses=("responses", "sum"), matching=("matching", "sum")
    )
    return sums.assign(share=sums["matching"] / sums["responses"]).drop(columns="matching")


def majority_share(votes: pd.DataFrame, intended: pd.Series[str]) -> float:
    """Return the share of clips whose most frequent response is the intended emotion.

    Parameters
    ----------
    votes : pandas.DataFrame
        Responses by emotion, indexed by clip.
    intended : pandas.Series
        The intended emotion, indexed by clip. Clips without an entry do not count.

    Returns
    -------
    float
        0 to 1; NaN without clips. A tie between n emotions counts 1 / n.
    """
    counted = _counted(votes, intended)
    is_most_frequent = counted.eq(counted.max(axis=1), axis=0)
    is_hit = (is_most_frequent & _is_intended(counted, intended)).any(axis=1)
    return float((is_hit / is_most_frequent.sum(axis=1)).mean())


def _counted(votes: pd.DataFrame, intended: pd.Series[str]) -> pd.DataFrame:
    return votes.loc[votes.index.intersection(intended.index), list(LABELS)]


def _is_intended(counted: pd.DataFrame, intended: pd.Series[str]) -> pd.DataFrame:
    """Return True in the column of each clip's intended emotion, in the shape of ``counted``."""
    labels = intended[counted.index].astype(str).to_numpy()
    return pd.DataFrame(labels[:, None] == np.array(LABELS), index=counted.index, columns=counted.columns)
