"""The board of a round: how far the game is, and the buttons to guess with."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core.game.score import listener_score, network_score, player_score
from ui.common import faces
from ui.game import session, words
from ui.game.session import Game


def show_progress(game: Game) -> None:
    """Show a mark for each round: the emotion and whether the guess was right, the present round, those to come."""
    marks = "".join(_mark(game, position) for position in range(len(game.rounds)))
    st.html(f'<ol class="game-progress" aria-label="Rounds">{marks}</ol>')
    played = game.played
    if played:
        st.caption(
            f"So far as intended: you **{words.out_of(player_score(played))}** · an average listener "
            f"**{words.out_of(listener_score(played))}** · the network **{words.out_of(network_score(played))}**"
        )
    else:
        st.caption(words.sources(game.rounds, has_lost=bool(game.lost_ids)))


def ask(game: Game) -> None:
    """Show a button for each emotion of the game."""
    st.markdown("**Which emotion did the speaker play?**")
    with st.container(key="game_guesses", horizontal=True):
        for label in game.labels:
            st.button(
                f"{faces.face(label)} {label}",
                # Another key in each round, so that a double click does not guess the next round too.
                key=f"guess_{game.position}_{label}",
                on_click=partial(session.take_guess, label),
                width="stretch",
            )


def _mark(game: Game, position: int) -> str:
    number = position + 1
    guess = game.guesses.get(position)
    if guess is None:
        is_present = position == game.position
        state, current = ("is-present", ' aria-current="step"') if is_present else ("", "")
        return f'<li class="{state}"{current}>{number}</li>'
    emotion = game.rounds[position].emotion
    is_right = guess == emotion
    outcome, sign = ("right", "✓") if is_right else ("wrong", "✗")
    current = ' aria-current="step"' if position == game.position else ""
    image = f'<img src="{faces.address(emotion)}" alt="Clip {number}, {emotion}: {outcome}">'
    return f'<li class="is-{outcome}"{current}>{image}<span aria-hidden="true">{sign}</span></li>'
