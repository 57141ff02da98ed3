"""The game of one visitor: it is kept in the session, and the address holds its number, its level and the round.

Nothing is stored elsewhere. After a reload the address gives the same clips and the same round, without the guesses.
The buttons write the next round into the address, so that the browser's Back button shows the round before.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st

from ser_core.emotions import LABELS
from ser_core.errors import SerError
from ser_core.game.clips import GameClip
from ser_core.game.draw import N_ROUNDS, draw_rounds, replace_rounds
from ser_core.game.score import PlayedRound
from ui.common import links
from ui.common.classroom import is_classroom
from ui.common.clip import Clip
from ui.common.intake import read_sample
from ui.game import store

_KEY = "game"
_LAST_SEED = 9999
MIXED, HARDER = "mixed", "harder"

# No seed is 0: this value means that the address names no game.
_SEED = links.number("game", 1, _LAST_SEED, 1, 0)
_LEVEL = links.option("level", (MIXED, HARDER), MIXED)
# The round after the last one is the result.
_ROUND = links.number("round", 1, N_ROUNDS + 1, 1, 1)


@dataclass
class Game:
    """A game and its progress.

    Parameters
    ----------
    seed : int
        The number of the game: the same number gives the same clips.
    level : str
        ``MIXED`` or ``HARDER``.
    rounds : tuple of GameClip
        The clips.
    position : int
        The present round, counted from 0; the number of rounds once the result is shown.
    guesses : dict of int to str
        The visitor's guess in each round that has one.
    lost_ids : set of str
        Clips that could not be loaded.
    starts_sound : bool
        Whether the clip plays at once: after the visitor has pressed a button, never when the page opens.
    shown : Clip or None
        The clip of the present round, with its sound.
    """

    seed: int
    level: str
    rounds: tuple[GameClip, ...]
    position: int = 0
    guesses: dict[int, str] = field(default_factory=dict)
    lost_ids: set[str] = field(default_factory=set)
    starts_sound: bool = False
    shown: Clip | None = None

    @property
    def is_over(self) -> bool:
        """Whether the result is shown."""
        return self.position >= len(self.rounds)

    @property
    def clip(self) -> GameClip:
        """The clip of the present round."""
        return self.rounds[self.position]

    @property
    def guess(self) -> str | None:
        """The guess in the present round; None before there is one."""
        return self.guesses.get(self.position)

    @property
    def labels(self) -> tuple[str, ...]:
        """The emotions of the game, in the order of all pages."""
        emotions = {clip.emotion for clip in self.rounds}
        return tuple(label for label in LABELS if label in emotions)

    @property
    def played(self) -> list[PlayedRound]:
        """The rounds that have a guess."""
        return [PlayedRound(self.rounds[position], guess) for position, guess in sorted(self.guesses.items())]


def current_game() -> Game:
    """Return the visitor's game; at the start, the one that the address names, or else a new one.

    Raises
    ------
    SerError
        If there is no clip, or a committed table is missing.
    """
    game: Game | None = st.session_state.get(_KEY)
    seed, level = int(_SEED.value_in_address()), _LEVEL.value_in_address()
    # The menu leads to the page without a number in the address; the game of this session then goes on.
    if game is None or (seed and (seed, level) != (game.seed, game.level)):
        game = _start(seed or _new_seed(), level)
        _follow_address(game)
    elif seed:
        _follow_address(game)
    _keep_in_address(game)
    return game


def load_clip(game: Game) -> Clip:
    """Return the clip of the present round with its sound.

    A clip that cannot be loaded is replaced by another one. So are the clips of later rounds that are not available.

    Raises
    ------
    SerError
        If no clip is left.
    """
    while game.shown is None or game.shown.sample_id != game.clip.sample_id:
        try:
            game.shown = read_sample(store.sample_of(game.clip))
        except SerError:
            _replace_lost_clips(game)
            _keep_in_address(game)
    return game.shown


def take_guess(label: str) -> None:
    """Keep the guess of the present round. The callback of a button."""
    game: Game = st.session_state[_KEY]
    game.guesses.setdefault(game.position, label)


def go_on() -> None:
    """Go to the next round, or to the result. The callback of a button."""
    game: Game = st.session_state[_KEY]
    game.position += 1
    game.starts_sound = True
    _keep_in_address(game)


def start_again(level: str, seed: int | None = None) -> None:
    """Start a game. The callback of a button.

    Parameters
    ----------
    level : str
        ``MIXED`` or ``HARDER``.
    seed : int, optional
        The number of the game; a new one unless it is given.
    """
    game = _start(seed or _new_seed(), level)
    game.starts_sound = True
    _keep_in_address(game)


def link_to(game: Game) -> str:
    """Return the address of the first round of a game, with the classroom mode if it is on."""
    parameters = {"game": str(game.seed)}
    if game.level != MIXED:
        parameters["level"] = game.level
    if is_classroom():
        parameters["mode"] = "classroom"
    return f"{(st.context.url or '').partition('?')[0]}?{urlencode(parameters)}"


def _follow_address(game: Game) -> None:
    position = min(int(_ROUND.value_in_address()) - 1, len(game.rounds))
    if position != game.position:
        game.position = position
        game.starts_sound = False


def _keep_in_address(game: Game) -> None:
    links.keep_texts(
        {
            _SEED.name: _SEED.text_of(game.seed),
            _LEVEL.name: _LEVEL.text_of(game.level),
            _ROUND.name: _ROUND.text_of(game.position + 1),
        }
    )


def _start(seed: int, level: str) -> Game:
    rounds = draw_rounds(store.playable_clips(), seed, is_harder=level == HARDER)
    game = st.session_state[_KEY] = Game(seed, level, rounds)
    return game


def _replace_lost_clips(game: Game) -> None:
    game.lost_ids.add(game.clip.sample_id)
    playable = [clip for clip in store.playable_clips() if clip.sample_id not in game.lost_ids]
    is_harder = game.level == HARDER
    if not game.guesses:
        # Before the first guess, all rounds are drawn again, as for a visitor who starts this game later.
        game.rounds = draw_rounds(playable, game.seed, is_harder=is_harder)
        game.position = min(game.position, len(game.rounds) - 1)
        return
    playable_ids = {clip.sample_id for clip in playable}
    is_lost = [
        position >= game.position and clip.sample_id not in playable_ids for position, clip in enumerate(game.rounds)
    ]
    lost_ids = {clip.sample_id for clip, lost in zip(game.rounds, is_lost, strict=True) if lost}
    game.rounds = replace_rounds(game.rounds, lost_ids, playable, game.seed, is_harder=is_harder)
    # With fewer clips than rounds the game is shorter.
    game.position = min(game.position, len(game.rounds) - 1)


def _new_seed() -> int:
    return 1 + secrets.randbelow(_LAST_SEED)
