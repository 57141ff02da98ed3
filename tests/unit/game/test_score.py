"""The score of the player, the listeners and the network."""

from __future__ import annotations

import pytest

from ser_core.game.score import PlayedRound, Score, count_guesses, listener_score, network_score, player_score
from tests.unit.game.example_clips import answered_clip, computer_clips


def test_each_side_is_counted_on_the_clips_that_it_answered() -> None:
    played = [
        PlayedRound(answered_clip("angry", 1, share=0.9), "angry"),
        PlayedRound(answered_clip("sad", 1, share=0.2, answer="fear"), "sad"),
        PlayedRound(computer_clips()[0], "happy"),
    ]
    assert player_score(played) == Score(2, 3)
    assert network_score(played) == Score(1, 2)
    listeners = listener_score(played)
    assert (listeners.points, listeners.n_clips) == (pytest.approx(1.1), 2)


def test_without_a_round_the_scores_are_empty() -> None:
    assert player_score([]) == listener_score([]) == network_score([]) == Score(0, 0)


def test_guesses_are_counted_by_intended_emotion() -> None:
    labels = ("angry", "happy", "sad")
    played = [
        PlayedRound(answered_clip("sad", 1), "angry"),
        PlayedRound(answered_clip("sad", 2), "sad"),
        PlayedRound(answered_clip("angry", 1), "happy"),
    ]
    assert count_guesses(played, labels).tolist() == [[0, 1, 0], [0, 0, 0], [1, 0, 1]]
