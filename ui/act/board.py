"""A round for a class on one screen: who speaks, and who went furthest for each emotion."""

from __future__ import annotations

import streamlit as st

from ser_core.acting.players import MOST_PLAYERS, read_names
from ser_core.emotions import LABELS
from ui.act.session import stage
from ui.common.words import listed

_NAMES, _PLAYER = "act_names", "act_player"


def choose_player() -> str | None:
    """Let the class type its names and choose who speaks.

    Returns
    -------
    str or None
        None before the first name.
    """
    left, right = st.columns([1, 2], gap="large")
    with left:
        text = st.text_input(
            "Names, with commas",
            key=_NAMES,
            persist_state="session",
            max_chars=300,
            placeholder="Ada, Ben, Chi",
            help=f"At most {MOST_PLAYERS} names. They stay in this session's memory: they are not in the link, and "
            "gone when the visit ends.",
        )
    names = read_names(text)
    if not names:
        st.caption("Type a name to begin. First names or made-up ones are best.")
        return None
    if st.session_state.get(_PLAYER) not in names:
        st.session_state[_PLAYER] = names[0]
    with right:
        player: str | None = st.segmented_control(
            "Who speaks now?", names, key=_PLAYER, required=True, persist_state="session", wrap=True
        )
    return player or names[0]


def show() -> None:
    """Show the best score of each player for each emotion, and who is ahead."""
    players = read_names(st.session_state.get(_NAMES, ""))
    board = stage().board
    if not board.best:
        return
    st.subheader("The round", anchor=False)
    winners = board.winners(players)
    if winners:
        st.markdown(f"**Furthest so far: {listed(winners)}.**")
    left, right = st.columns(2, gap="large")
    with left:
        st.table([_emotion_row(emotion, players) for emotion in LABELS], border="horizontal", hide_index=True)
    with right:
        by_total = sorted(players, key=lambda player: -board.total(player))
        rows = [
            {"player": player, "all emotions": f"{board.total(player):.1f} of {len(LABELS)}"} for player in by_total
        ]
        st.table(rows, border="horizontal", hide_index=True)
    st.caption(
        "How far a voice went the way of the actors, the best attempt of each; for neutral, how many cues are as "
        "in most neutral recordings. It says how the cues moved, not what anybody felt."
    )


def _emotion_row(emotion: str, players: tuple[str, ...]) -> dict[str, str]:
    best = stage().board.furthest(emotion, players)
    return {"emotion": emotion, "furthest": f"{best[0]}, {best[1]:.0%}" if best else ""}
