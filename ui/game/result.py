"""The end of a game: the score of the visitor, of listeners and of the network, and the visitor's own confusions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st

from ser_core.game.draw import can_be_harder
from ser_core.game.score import Score, count_guesses, listener_score, network_score, player_score
from ser_core.lessons.lesson import with_linked_terms
from ui.common.chart_table import show_chart
from ui.common.confusion import confusion
from ui.common.file_names import download_name
from ui.common.messages import handle_user_errors
from ui.common.metrics_store import listeners_agreement
from ui.game import session, store, words
from ui.game.session import HARDER, MIXED, Game

_PLAYER = "You"


def show_result(game: Game) -> None:
    """Show the scores, the confusion matrix of the visitor's guesses, a table of the rounds, and how to play again."""
    played = game.played
    if not played:
        st.info("You have not guessed any clip of this game yet.", icon=":material/hearing:")
        _show_ways_on(game)
        return
    player = player_score(played)
    with st.container(key="game_result"):
        st.subheader(f"You heard {words.out_of(player)} as intended", anchor=False)
    listeners, network = listener_score(played), network_score(played)
    scores = {_PLAYER: player, "An average listener": listeners, "The network": network}
    shown = {name: score for name, score in scores.items() if score.n_clips}
    if len(shown) > 1:
        for place, (name, score) in zip(st.columns(len(shown)), shown.items(), strict=True):
            place.metric(name, words.out_of(score), border=True)
    with handle_user_errors():
        st.caption(_what_the_scores_mean(listeners, network, listeners_agreement()))
    _show_ways_on(game)
    st.download_button(
        "Picture of the score",
        partial(_draw_card, shown, [turn.guess == turn.clip.emotion for turn in played]),
        file_name=download_name("score", f"game_{game.seed}", "png"),
        mime="image/png",
        icon=":material/image:",
        on_click="ignore",
        key="game_card",
        help="The scores and which rounds were right, to share. No voice is in it, and no answer.",
    )
    left, right = st.columns(2, gap="large")
    with left:
        _show_own_confusions(game)
    with right:
        st.subheader("Clip by clip", anchor=False)
        rows = _rows(game)
        columns = [name for name in rows[0] if any(row[name] for row in rows)]
        st.table([{name: row[name] for name in columns} for row in rows], border="horizontal", hide_index=True)


def _draw_card(scores: Mapping[str, Score], is_right: Sequence[bool]) -> bytes:
    # Pillow is loaded only for this.
    from ui.game.score_card import draw_score_card

    return draw_score_card({"I" if name == _PLAYER else name: score for name, score in scores.items()}, is_right)


def _show_ways_on(game: Game) -> None:
    with st.container(horizontal=True):
        with handle_user_errors():
            is_harder_possible = can_be_harder(store.playable_clips())
        if is_harder_possible:
            st.button(
                "Again with harder ones",
                icon=":material/trending_up:",
                type="primary",
                key="game_harder",
                on_click=partial(session.start_again, HARDER),
                help="Clips on which listeners disagree, or on which the network is unsure or wrong.",
            )
        st.button(
            "Ten other clips",
            icon=":material/shuffle:",
            key="game_other",
            on_click=partial(session.start_again, MIXED),
        )
        st.button(
            "The same clips again",
            icon=":material/replay:",
            key="game_same",
            on_click=partial(session.start_again, game.level, game.seed),
        )
    st.caption("For a class: everybody who opens this address gets the same clips.")
    st.code(session.link_to(game), language=None, wrap_lines=True)


def _what_the_scores_mean(listeners: Score, network: Score, share_of_all: float) -> str:
    texts = []
    if network.n_clips:
        texts.append(
            "The network's answers are those of the experiment: each is by a network that was trained without the "
            "clip's speaker."
        )
    if listeners.n_clips:
        texts.append(
            "About nine people voted on each clip of CREMA-D; the score is that of one of them on average. Most of "
            f"these clips were chosen because people recognise them: over all of CREMA-D, {share_of_all:.0%} of the "
            "votes were as intended. People heard the original recordings. The network was tested on recordings that "
            "were reconstructed from spectrograms."
        )
    return " ".join(texts) or (
        "For computer voices there are no votes of listeners, and no answers of a network that was trained without "
        "the voice. So your score stands alone."
    )


def _show_own_confusions(game: Game) -> None:
    st.subheader("Your guesses", anchor=False)
    st.markdown(
        with_linked_terms(
            "A [[confusion matrix]]: a row is the emotion that was meant, a column is your guess. The diagonal is "
            "where both are the same."
        )
    )
    counts = count_guesses(game.played, game.labels)
    n_of_row = counts.sum(axis=1, keepdims=True)
    shares = np.divide(counts, n_of_row, out=np.full(counts.shape, np.nan), where=n_of_row > 0)
    texts = [[str(count) if count else "" for count in row] for row in counts]
    show_chart(
        confusion(shares, game.labels, texts, answer="your guess"),
        key="game_confusion",
        alt="Confusion matrix of your guesses",
    )


def _rows(game: Game) -> list[dict[str, str]]:
    rows = []
    for position, clip in enumerate(game.rounds):
        guess = game.guesses.get(position)
        if guess is None:
            continue
        rows.append(
            {
                "clip": str(position + 1),
                "meant": clip.emotion,
                "you": _marked(guess, clip.emotion),
                "listeners": "" if clip.listener_share is None else f"{clip.listener_share:.0%} as intended",
                "network": _marked(clip.answer.label, clip.emotion) if clip.answer else "",
            }
        )
    return rows


def _marked(label: str, emotion: str) -> str:
    return f"✓ {label}" if label == emotion else f"✗ {label}"
