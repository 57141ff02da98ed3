"""The state of a stream and its charts while it runs, updated four times a second."""

from __future__ import annotations

import streamlit as st

from ser_core.live import LiveState
from ser_core.live.session import STEP_S
from ui.common.intake import choose_clip
from ui.common.verdict import headline
from ui.live.live_charts import send_live_data, show_live_charts
from ui.live.live_visit import LiveVisit, Phase

_RECEIVING = (Phase.RUNNING, Phase.SILENT)

# Heading and the line below it, for the phases in which the texts do not depend on the sound.
_PHASE_TEXTS = {
    Phase.CONNECTING: ("Connecting ...", "Allow the microphone if the browser asks."),
    Phase.NO_CONNECTION: ("No connection", "No sound has arrived from your browser."),
    Phase.SILENT: (
        "No sound arrives",
        "Check that the microphone is plugged in and that the network works. Press Stop, then start again.",
    ),
    Phase.LOST: ("The connection was lost", "Press Stop, then start again."),
}


def show(visit: LiveVisit, *, is_classroom: bool) -> None:
    """Show the state of the stream, and its charts while it runs.

    Parameters
    ----------
    visit : LiveVisit
        The visitor's stream.
    is_classroom : bool
        Whether no emotion may be inferred.
    """
    phase = visit.phase()
    # The container is always there, so the charts keep their position on the page. Streamlit hides an element that
    # changes its position until the run ends; if a fragment runs before that, the element stays hidden.
    status_place = st.container()
    if phase not in (Phase.READY, Phase.STOPPED):
        with status_place:
            st.fragment(_show_status, run_every=STEP_S if visit.is_active else None)(visit, phase, is_classroom)
    show_live_charts(is_running=phase in _RECEIVING, is_classroom=is_classroom)
    if phase is Phase.NO_CONNECTION:
        _offer_recording(is_classroom=is_classroom)


def _show_status(visit: LiveVisit, shown_phase: Phase, is_classroom: bool) -> None:
    phase = visit.phase()
    if phase is not shown_phase:
        # The rest of the page depends on the phase too, so the whole page has to run.
        st.rerun()
    if visit.session is None or phase not in _RECEIVING:
        _show_text(*_PHASE_TEXTS[phase])
        return
    state = visit.session.advance()
    _show_text(*(_PHASE_TEXTS.get(phase) or _running_text(state, is_classroom=is_classroom)))
    send_live_data(visit.session, state, visit.stream_id)


def _show_text(heading: str, line: str) -> None:
    st.subheader(heading, anchor=False)
    st.caption(line)


def _running_text(state: LiveState, *, is_classroom: bool) -> tuple[str, str]:
    """Return the heading and the line below it while sound comes in."""
    duration = f"{state.received_s:.0f} s received"
    missing_s = state.lost_s + state.dropped_s
    if missing_s >= 0.1:
        duration += f", {missing_s:.1f} s lost on the way"
    if state.is_mute:
        return "No sound", f"The microphone is muted or unplugged, or it is the wrong microphone. {duration}."
    if is_classroom:
        return ("Speech" if state.is_speech else "Waiting for speech"), f"{duration}."
    if state.prediction is not None and state.is_current:
        return headline(state.prediction), f"From the last three seconds. {duration}."
    heading = "Listening ..." if state.is_speech else "Waiting for speech"
    if state.prediction is None:
        return heading, f"{duration}."
    return heading, f"Last answer: {_lower_first(headline(state.prediction))}. {duration}."


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _offer_recording(*, is_classroom: bool) -> None:
    st.warning(
        "**No connection came within eight seconds.** Something between your browser and this server blocks live "
        "sound. Often it is a firewall. A server without a relay cannot get around it. Your microphone is not the "
        "problem.",
        icon=":material/cloud_off:",
    )
    if is_classroom:
        st.page_link(
            "pages/explore.py", label="**See the sound** of a sample instead", icon=":material/stacked_line_chart:"
        )
        return
    st.markdown("**Record instead**: this works everywhere and gives you the same answers.")
    choose_clip()
    st.page_link("pages/recognise.py", label="**See how your recording sounds**", icon=":material/graphic_eq:")
