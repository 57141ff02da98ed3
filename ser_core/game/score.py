"""The score of a game: the player, the listeners and the network on the same clips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ser_core.game.clips import GameClip


@dataclass(frozen=True)
class PlayedRound:
    """A clip and the emotion that the player chose."""

    clip: GameClip
    guess: str


@dataclass(frozen=True)
class Score:
    """How many clips were answered as intended.

    Parameters
    ----------
    points : float
        Number of clips that were answered as intended; for listeners the sum of the shares of their votes.
    n_clips : int
        Number of clips with an answer.
    """

    points: float
    n_clips: int


def player_score(played: Sequence[PlayedRound]) -> Score:
    """Return how often the player chose the intended emotion."""
    return Score(sum(turn.guess == turn.clip.emotion for turn in played), len(played))


def listener_score(played: Sequence[PlayedRound]) -> Score:
    """Return how often one listener chose the intended emotion, on average over CREMA-D's listeners.

    The player is compared with one average listener, not with the majority of listeners: the majority of nine people is
    right more often than most of the nine.
    """
    shares = [turn.clip.listener_share for turn in played if turn.clip.listener_share is not None]
    return Score(sum(shares), len(shares))


def network_score(played: Sequence[PlayedRound]) -> Score:
    """Return how often the network's most probable emotion was the intended one."""
    answers = [turn.clip.answer.label == turn.clip.emotion for turn in played if turn.clip.answer is not None]
    return Score(sum(answers), len(answers))


def count_guesses(played: Sequence[PlayedRound], labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return how often the player chose each emotion for each intended one.

    Parameters
    ----------
    played : sequence of PlayedRound
        The rounds with a guess.
    labels : sequence of str
        The emotions of the game.

    Returns
    -------
    np.ndarray [shape=(n_labels, n_labels), dtype=int]
        Intended emotion down, guess across.
    """
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for played_round in played:
        counts[labels.index(played_round.clip.emotion), labels.index(played_round.guess)] += 1
    return counts
