"""What people hear: the votes of CREMA-D's listeners who only heard a clip, beside a network's answers.

Listeners and network are tables of one form, answers by clip and emotion: a clip has about nine votes, or the
network's one answer. So both go through the same counting.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from ser_core.corpora import KAGGLE_CORPORA, LABELS_OF, crema_d
from ser_core.dataset.target import official_name
from ser_core.errors import CorpusError
from ser_core.predictions_table import predictions_path, read_predictions, with_answers

NETWORK_ANSWERS_PATH = predictions_path("ser_cnn", "out_of_fold")

LABELS = LABELS_OF[crema_d.CORPUS]

_VOTE_COLUMNS = {"A": "angry", "D": "disgust", "F": "fear", "H": "happy", "N": "neutral", "S": "sad"}
# In the official table, rows from here on are of people who saw the face, alone or with the voice.
_FIRST_ROW_WITH_FACE = 200_000


def read_official_votes(crema_d_dir: Path) -> pd.DataFrame:
    """Read the audio-only votes from CREMA-D's own table.

    Parameters
    ----------
    crema_d_dir : Path
        Holds ``tabulatedVotes.csv``.

    Returns
    -------
    pandas.DataFrame
        Votes by emotion, one row a clip, indexed by ``clip``, its official name.

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
    """Read the network's answers to the clips of the target set, each by a network not trained on the clip's speaker.

    Parameters
    ----------
    path : Path
        An out-of-fold predictions table.

    Returns
    -------
    pandas.DataFrame
        ``corpus``, ``clip`` (the official name), ``emotion`` (intended) and ``answer``, the likeliest emotion among
        those that the clip's corpus has.

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
    """Return a network's answers to CREMA-D in the form of votes, one a clip.

    Parameters
    ----------
    answers : pandas.DataFrame
        As ``read_network_answers`` gives them.

    Returns
    -------
    pandas.DataFrame
        Of the same form as ``read_official_votes`` gives.
    """
    rows = answers[answers["corpus"] == crema_d.CORPUS].set_index("clip")
    return pd.get_dummies(rows["answer"], dtype=int).reindex(columns=list(LABELS), fill_value=0)


def confusion(votes: pd.DataFrame, intended: pd.Series) -> pd.DataFrame:
    """Return what was heard in the clips of each intended emotion.

    Parameters
    ----------
    votes : pandas.DataFrame
        Answers by emotion, indexed by clip.
    intended : pandas.Series
        The intended emotion, indexed by clip; other clips do not count.

    Returns
    -------
    pandas.DataFrame
        Intended emotion down, heard across, shares that add up to 1 in each row; NaN for an emotion without clips.
    """
    counted = _counted(votes, intended)
    sums = counted.groupby(intended[counted.index].astype(str)).sum().reindex(list(LABELS))
    return sums.div(sums.sum(axis=1), axis=0)


def agreement(votes: pd.DataFrame, intended: pd.Series, group: pd.Series) -> pd.DataFrame:
    """Return how often the intended emotion was heard.

    Parameters
    ----------
    votes, intended
        As in ``confusion``.
    group : pandas.Series
        What to tell apart, an intensity for example, indexed by clip.

    Returns
    -------
    pandas.DataFrame
        Indexed by group: ``clips``, ``answers`` and ``share``, of all answers those for the intended emotion.
    """
    counted = _counted(votes, intended)
    matching = sum((counted[label].where(intended[counted.index] == label, 0) for label in LABELS), start=0)
    by_clip = pd.DataFrame({"answers": counted.sum(axis=1), "matching": matching})
    sums = by_clip.groupby(group[counted.index].astype(str)).agg(
        clips=("answers", "size"), answers=("answers", "sum"), matching=("matching", "sum")
    )
    return sums.assign(share=sums["matching"] / sums["answers"]).drop(columns="matching")


def majority_share(votes: pd.DataFrame, intended: pd.Series) -> float:
    """Return the share of clips whose most voted emotion is the intended one; a tie counts by its part.

    Parameters
    ----------
    votes, intended
        As in ``confusion``.

    Returns
    -------
    float
        0 to 1; NaN without clips.
    """
    counted = _counted(votes, intended)
    is_most = counted.eq(counted.max(axis=1), axis=0)
    own = sum((is_most[label] & (intended[counted.index] == label) for label in LABELS), start=False)
    return float((own / is_most.sum(axis=1)).mean())


def _counted(votes: pd.DataFrame, intended: pd.Series) -> pd.DataFrame:
    return votes.loc[votes.index.intersection(intended.index), list(LABELS)]
