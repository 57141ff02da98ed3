"""Names and scores of a round."""

from __future__ import annotations

import pytest

from ser_core.acting.players import MOST_PLAYERS, Board, read_names
from ser_core.acting.sentences import SENTENCES


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada, Ben\nChi", ("Ada", "Ben", "Chi")),
        (" Ada ,,Ada, ", ("Ada",)),
        ("**Ada** [x](http://a), <b>", ("Ada xhttpa", "b")),
        ("Zoë, Łukasz, 李雷, O'Neil-Smith", ("Zoë", "Łukasz", "李雷", "O'Neil-Smith")),
        ("", ()),
        ("x" * 100, ("x" * 20,)),
    ],
)
def test_names_are_plain_text(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text) == names


def test_a_round_has_a_limit() -> None:
    # A class of 32, of whom each plays.
    assert MOST_PLAYERS >= 32
    assert len(read_names(",".join(map(str, range(50))))) == MOST_PLAYERS


def test_the_best_attempt_counts() -> None:
    board, players = Board(), ("Ada", "Ben", "Chi")
    assert board.winners(players) == ()
    assert board.furthest("angry", players) is None
    for player, emotion, score in (
        ("Ada", "angry", 0.4),
        ("Ben", "angry", 0.7),
        ("Ada", "angry", 0.2),
        ("Ada", "sad", 0.5),
    ):
        board.add(player, emotion, score)
    board.add("Chi", "sad", None)
    assert board.furthest("angry", players) == ("Ben", 0.7)
    assert board.spoken(players) == ("Ada", "Ben")
    assert board.total("Ada") == pytest.approx(0.9)
    assert board.winners(players) == ("Ada",)
    # A name that was deleted is not shown.
    assert board.furthest("angry", ("Ada", "Chi")) == ("Ada", 0.4)
    board.add("Ben", "sad", 0.2)
    assert board.winners(players) == ("Ada", "Ben")


def test_the_sentences_are_short() -> None:
    assert len(SENTENCES) >= 5
    assert all(len(text) < 70 and text.endswith(".") for text in SENTENCES.values())
