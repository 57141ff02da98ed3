"""A round for a class on one screen: who speaks, and who went furthest for each emotion."""

from __future__ import annotations

import math

import streamlit as st

from ser_core.acting.players import LONGEST_NAME, MOST_PLAYERS, read_names
from ser_core.emotions import LABELS
from ui.act.session import stage
from ui.common.words import listed

_NAMES, _PLAYER = "act_names", "act_player"
# As many rows of names fit on a projector's screen.
_MOST_ROWS = 12


def choose_player() -> str | None:
    """Let the class type its names and choose who speaks.

    Returns
    -------
    str or None
        None before the first name.
    """
    names = _players()
    if not names:
        _ask_for_names()
        st.caption("Type a name to begin, then click outside the field. First names or made-up ones are best.")
        return None
    if st.session_state.get(_PLAYER) not in names:
        st.session_state[_PLAYER] = names[0]
    # A list that unfolds, because the names of a class would fill a projector's screen.
    left, right = st.columns(2, vertical_alignment="bottom")
    with right, st.popover(f"{len(names)} {'names' if len(names) > 1 else 'name'}", icon=":material/group:"):
        _ask_for_names()
        if len(names) == MOST_PLAYERS:
            st.caption(f"A round takes at most {MOST_PLAYERS} names.")
    return left.selectbox("Who speaks now?", names, key=_PLAYER, persist_state="session")


def show_next_player(player: str) -> None:
    """Show the button that gives the microphone to the next name, if there are several."""
    names = _players()
    following = names[(names.index(player) + 1) % len(names)]
    if following != player:
        st.button(
            f"Next: {following}",
            icon=":material/person:",
            key="act_next_player",
            on_click=_give_to,
            args=(following,),
        )


def show() -> None:
    """Show the best score of each player for each emotion, and who is ahead."""
    players = _players()
    board = stage().board
    if not board.best:
        return
    st.subheader("The round", anchor=False)
    winners = board.winners(players)
    if winners:
        st.markdown(f"**Furthest so far: {listed(winners)}.**")
    by_total = sorted(board.spoken(players), key=lambda player: -board.total(player))
    n_columns = max(math.ceil(len(by_total) / _MOST_ROWS), 1)
    n_rows = math.ceil(len(by_total) / n_columns)
    left, *places = st.columns([2, *[1] * n_columns], gap="medium")
    left.table([_emotion_row(emotion, players) for emotion in LABELS], border="horizontal", hide_index=True)
    for number, place in enumerate(places):
        rows = [
            {"name": player, f"of {len(LABELS)}": f"{board.total(player):.1f}"}
            for player in by_total[number * n_rows : (number + 1) * n_rows]
        ]
        place.table(rows, border="horizontal", hide_index=True)
    st.caption(
        "How far a voice went the way of the actors, the best attempt of each; for neutral, how many cues are as in "
        "most neutral recordings. To the right: the sum over all emotions. It says how the cues moved, not what "
        "anybody felt."
    )


def _players() -> tuple[str, ...]:
    return read_names(st.session_state.get(_NAMES, ""))


def _ask_for_names() -> None:
    st.text_area(
        "Names, with commas, or one in each line",
        key=_NAMES,
        persist_state="session",
        height=120,
        max_chars=MOST_PLAYERS * (LONGEST_NAME + 2),
        placeholder="Ada, Ben, Chi",
        help=f"At most {MOST_PLAYERS} names. They stay in this session's memory: they are not in the link, and "
        "gone when the visit ends.",
    )


def _give_to(player: str) -> None:
    st.session_state[_PLAYER] = player


def _emotion_row(emotion: str, players: tuple[str, ...]) -> dict[str, str]:
    best = stage().board.furthest(emotion, players)
    return {"emotion": emotion, "furthest": f"{best[0]}, {best[1]:.0%}" if best else ""}
