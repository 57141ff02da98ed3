"""The board of a round: the progress of the game, and a button for each emotion."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ser_core.game.score import listener_score, network_score, player_score
from ui.common import faces
from ui.game import session, words
from ui.game.session import Game


def show_progress(game: Game) -> None:
    """Show a mark for each round: whether the guess was right, the present one, and those to come."""
    st.markdown(" ".join(_mark(game, position) for position in range(len(game.rounds))))
    played = game.played
    if played:
        scores = {
            "you": player_score(played),
            "an average listener": listener_score(played),
            "the network": network_score(played),
        }
        texts = [f"{name} **{words.out_of(score)}**" for name, score in scores.items() if score.n_clips]
        st.caption(f"So far as intended: {' · '.join(texts)}")
    else:
        st.caption(words.sources(game.rounds, has_lost=bool(game.lost_ids)))


def ask(game: Game) -> None:
    """Show a button for each emotion of the game."""
    with st.container(key="game_question"):
        st.subheader("Which emotion did the speaker play?", anchor=False)
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
    """Return the mark of a round as a badge in Markdown."""
    number = position + 1
    guess = game.guesses.get(position)
    if guess is not None:
        is_right = guess == game.rounds[position].emotion
        return f":green-badge[✓ {number}]" if is_right else f":red-badge[✗ {number}]"
    return f":violet-badge[**{number}**]" if position == game.position else f":gray-badge[{number}]"
