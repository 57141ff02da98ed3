"""The clips of the listening game: samples, with the votes of listeners and the network's predictions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from ser_core.corpora import crema_d
from ser_core.dataset.clip_list import official_name
from ser_core.samples import Sample


@dataclass(frozen=True)
class NetworkAnswer:
    """The answer of a network that was trained without the clip's speaker.

    Parameters
    ----------
    label : str
        The most probable emotion among those that the clip's corpus has.
    probability : float
        Its probability among these emotions, 0 to 1.
    unsure : bool
        True if the prediction is not sure.
    intended_probability : float
        The probability of the intended emotion, 0 to 1.
    """

    label: str
    probability: float
    unsure: bool
    intended_probability: float


@dataclass(frozen=True)
class GameClip:
    """A clip that can be played in the game.

    Parameters
    ----------
    sample_id : str
        As in ``Sample``.
    emotion : str
        The emotion that the speaker was asked for.
    origin : str
        As in ``Sample``.
    votes : mapping of str to int, or None
        Number of votes by emotion, of listeners who only heard the clip. None for a clip without votes.
    answer : NetworkAnswer or None
        None if there is no answer of a network that was trained without the clip's speaker.
    """

    sample_id: str
    emotion: str
    origin: str
    votes: Mapping[str, int] | None = field(default=None, hash=False)
    answer: NetworkAnswer | None = None

    @property
    def listener_share(self) -> float | None:
        """The share of the votes that name the intended emotion, 0 to 1; None without votes."""
        if self.votes is None:
            return None
        return self.votes.get(self.emotion, 0) / sum(self.votes.values())

    @property
    def difficulty(self) -> float | None:
        """The difficulty of the clip, 0 to 1; None for a clip without votes and without an answer.

        For listeners, it is one minus the share of votes for the intended emotion; for the network, one minus the
        probability of that emotion. The difficulty is the mean of both, or the one that is known.
        """
        shares = [self.listener_share, self.answer.intended_probability if self.answer else None]
        measured_shares = [share for share in shares if share is not None]
        return 1.0 - sum(measured_shares) / len(measured_shares) if measured_shares else None


def collect_clips(samples: Iterable[Sample], votes: pd.DataFrame, answers: pd.DataFrame) -> tuple[GameClip, ...]:
    """Return the samples whose emotion is known, with the votes and the network's answers.

    Parameters
    ----------
    samples : iterable of Sample
        The samples of a library.
    votes : pandas.DataFrame
        The votes of CREMA-D's listeners, as ``dataset.tables.read_votes`` returns them.
    answers : pandas.DataFrame
        The out-of-fold table of a network, as ``predictions_table.with_answers`` returns it.

    Returns
    -------
    tuple of GameClip
        In the order of ``samples``.
    """
    labelled = [sample for sample in samples if sample.emotion is not None]
    of_these_speakers = answers[answers["speaker"].isin({sample.speaker for sample in labelled})]
    row_of = {(row["speaker"], row["clip"]): row for row in of_these_speakers.to_dict("records")}
    votes_of = {str(name): counts for name, counts in votes.to_dict("index").items()}
    clips = []
    for sample in labelled:
        emotion, name = str(sample.emotion), _recording_name(sample)
        row = row_of.get((sample.speaker, name))
        counts = votes_of.get(name)
        clips.append(
            GameClip(
                sample.sample_id,
                emotion,
                sample.origin,
                votes={str(label): int(count) for label, count in counts.items()} if counts else None,
                answer=_read_answer(row, emotion) if row else None,
            )
        )
    return tuple(clips)


def _read_answer(row: Mapping[Hashable, Any], emotion: str) -> NetworkAnswer:
    return NetworkAnswer(str(row["answer"]), float(row["probability"]), bool(row["unsure"]), float(row[emotion]))


def _recording_name(sample: Sample) -> str:
    """Return the name of a sample's recording in the tables of votes and answers."""
    name = PurePosixPath(sample.sample_id).stem
    # CREMA-D publishes one name that differs from its own rule. No other corpus' names follow that rule.
    return official_name(crema_d.CORPUS, name) or name
