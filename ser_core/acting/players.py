"""The players of a round for a class, and how far each went for each emotion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# More than a large class.
MOST_PLAYERS = 40
LONGEST_NAME = 20


def read_names(text: str) -> tuple[str, ...]:
    """Return the names in a text with commas or line breaks between them.

    Parameters
    ----------
    text : str
        What was typed. Only letters, digits, spaces, hyphens and apostrophes of a name are kept.

    Returns
    -------
    tuple of str
        Distinct names, at most ``MOST_PLAYERS``.
    """
    names = []
    for part in text.replace("\n", ",").split(","):
        letters = "".join(char for char in part if char.isalnum() or char in " -'")
        names.append(" ".join(letters.split())[:LONGEST_NAME].strip())
    return tuple(dict.fromkeys(filter(None, names)))[:MOST_PLAYERS]


@dataclass
class Board:
    """The best score of each player for each emotion.

    Parameters
    ----------
    best : dict
        Score, 0 to 1, by player and emotion.
    """

    best: dict[tuple[str, str], float] = field(default_factory=dict)

    def add(self, player: str, emotion: str, score: float | None) -> None:
        """Add an attempt; it counts if it is the player's best for the emotion, and could be measured."""
        if score is not None:
            self.best[player, emotion] = max(score, self.best.get((player, emotion), 0.0))

    def furthest(self, emotion: str, players: Sequence[str]) -> tuple[str, float] | None:
        """Return who went furthest for an emotion, and how far; None before the first attempt."""
        scores = [(player, self.best[player, emotion]) for player in players if (player, emotion) in self.best]
        return max(scores, key=lambda entry: entry[1], default=None)

    def spoken(self, players: Sequence[str]) -> tuple[str, ...]:
        """Return the players with a score for at least one emotion, in the order of ``players``."""
        return tuple(player for player in players if any(name == player for name, _ in self.best))

    def total(self, player: str) -> float:
        """Return the sum of a player's best scores."""
        return sum(score for (name, _), score in self.best.items() if name == player)

    def winners(self, players: Sequence[str]) -> tuple[str, ...]:
        """Return who has the highest total; several with the same one, none before the first attempt."""
        totals = {player: round(self.total(player), 2) for player in players}
        highest = max(totals.values(), default=0.0)
        return tuple(player for player in players if totals[player] == highest > 0.0)
