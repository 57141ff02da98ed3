"""What is said and shown while a stream runs; reads what has come in four times a second."""

from __future__ import annotations

import streamlit as st

from ser_core.live import LiveState
from ser_core.live.session import STEP_S
from ui.common.intake import choose_clip
from ui.common.verdict import headline
from ui.live.stage import feed_stage, show_stage
from ui.live.visit import Phase, Visit

_ON = (Phase.RUNNING, Phase.SILENT)

_WORDS = {
    Phase.CONNECTING: ("Connecting ...", "Allow the microphone if the browser asks."),
    Phase.NO_CONNECTION: ("No connection", "No sound has arrived from your browser."),
    Phase.SILENT: (
        "No sound arrives",
        "Is the microphone still plugged in, and the network there? Stop, then start again.",
    ),
    Phase.LOST: ("The connection was lost", "Stop, then start again."),
}


def show(visit: Visit, *, is_classroom: bool) -> None:
    """Show how the stream stands, and while it runs the moving picture.

    Parameters
    ----------
    visit : Visit
        The visitor's.
    is_classroom : bool
        Whether no emotion may be inferred.
    """
    drawn = visit.phase()
    # The picture keeps its place: Streamlit hides an element that another displaces until the run is over, and where
    # the fragment runs before that, for good.
    news = st.container()
    if drawn not in (Phase.READY, Phase.STOPPED):
        with news:
            st.fragment(_show_news, run_every=STEP_S if visit.is_active else None)(visit, drawn, is_classroom)
    show_stage(is_running=drawn in _ON, is_classroom=is_classroom)
    if drawn is Phase.NO_CONNECTION:
        _offer_recording(is_classroom=is_classroom)


def _show_news(visit: Visit, drawn: Phase, is_classroom: bool) -> None:
    phase = visit.phase()
    if phase is not drawn:
        # The rest of the page looks otherwise then.
        st.rerun()
    state = visit.session.advance() if phase in _ON else None
    heading, line = _WORDS.get(phase) or _running_words(state, is_classroom=is_classroom)
    st.subheader(heading, anchor=False)
    st.caption(line)
    if state is not None:
        feed_stage(visit.session, state, visit.run)


def _running_words(state: LiveState, *, is_classroom: bool) -> tuple[str, str]:
    counted = f"{state.heard_s:.0f} s heard"
    missed_s = state.lost_s + state.dropped_s
    if missed_s >= 0.1:
        counted += f", {missed_s:.1f} s lost on the way"
    if state.is_mute:
        return "No sound", f"The microphone is muted, unplugged, or another one is meant. {counted}."
    if is_classroom:
        return ("Somebody speaks" if state.is_speech else "Waiting for speech"), f"{counted}."
    if state.prediction is None:
        return ("Listening ..." if state.is_speech else "Waiting for speech"), f"{counted}."
    if state.is_speech:
        return headline(state.prediction), f"From the last three seconds. {counted}."
    return "Waiting for speech", f"Last heard: {_lower_first(headline(state.prediction))}. {counted}."


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def _offer_recording(*, is_classroom: bool) -> None:
    st.warning(
        "**No connection came within eight seconds.** Something between your browser and this server blocks live "
        "sound: a firewall often does, and a server without a relay cannot get around it. Nothing is wrong with your "
        "microphone.",
        icon=":material/cloud_off:",
    )
    if is_classroom:
        st.page_link(
            "pages/explore.py", label="**Look at a sample's features instead**", icon=":material/stacked_line_chart:"
        )
        return
    st.markdown("**Record instead**: that works everywhere, and takes you just as far.")
    choose_clip()
    st.page_link("pages/recognise.py", label="**See how your recording sounds**", icon=":material/graphic_eq:")
