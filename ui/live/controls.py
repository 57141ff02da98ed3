"""Start and stop of a stream: the limit of concurrent streams, the ICE servers, and the button in the browser."""

from __future__ import annotations

import streamlit as st

from ser_core.errors import RelayError
from ser_core.inference.recognizer import Recognizer
from ui.common.messages import show_error
from ui.live import ice_servers, webrtc
from ui.live.live_visit import LiveVisit
from ui.shell.navigation import times_opened


def show(visit: LiveVisit, recognizer: Recognizer | None) -> None:
    """Show the controls that start and stop the stream, and update the visit from the browser's state.

    Parameters
    ----------
    visit : LiveVisit
        The visitor's stream.
    recognizer : Recognizer or None
        None in classroom mode.
    """
    is_on = webrtc.is_on()
    if visit.is_active and not is_on:
        visit.stop()
    # After a failure, a late message of the browser must not start a new stream.
    if is_on and not visit.is_active and visit.failure is None and not visit.start(recognizer):
        webrtc.forget()
    if visit.is_full():
        _show_full()
        return
    if visit.failure is not None:
        show_error(visit.failure)
        st.button("Try again", icon=":material/refresh:", on_click=visit.try_again)
        return
    is_cleaned = st.toggle(
        "Let the browser remove noise and echo",
        key="live_cleaned",
        persist_state="session",
        disabled=visit.is_active,
        help="Browsers can remove noise and echo and make the loudness even. This changes the sound that the network "
        "analyses, so it is off. Try it where there is much noise.",
    )
    with st.container():
        servers = _choose_servers(is_active=visit.is_active)
    try:
        is_on = webrtc.show(
            visit.session if visit.is_active else None,
            servers,
            is_cleaned=is_cleaned,
            opening=times_opened(),
        )
    except RelayError as error:
        visit.give_up(error)
        webrtc.forget()
        # The button in the browser is still waiting for an answer: a new run removes it and shows it again.
        st.rerun()
    if not is_on:
        visit.stop()


def _choose_servers(*, is_active: bool) -> list[ice_servers.IceServer]:
    """Return the ICE servers, and warn before the start where they may not be enough."""
    page_url = st.context.url
    try:
        servers = ice_servers.ice_servers(page_url)
    except RelayError as error:
        show_error(error)
        return ice_servers.stun_servers(page_url)
    if not is_active and ice_servers.is_public(page_url) and not ice_servers.has_relay(servers):
        st.info(
            "This server has no relay for live sound, so on many networks there will be no connection. You will know "
            "after a few seconds. Recording works everywhere.",
            icon=":material/info:",
        )
    return servers


def _show_full() -> None:
    st.warning(
        "**All places are taken.** This server cannot serve more people live at the same time. Try again when a place "
        "is free, or record instead.",
        icon=":material/groups:",
    )
    with st.container(horizontal=True):
        st.button("Check again", icon=":material/refresh:")
        st.page_link("pages/recognise.py", label="Record instead", icon=":material/mic:")
