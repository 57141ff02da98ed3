"""Start and stop: the seat, the way to a connection, the button in the browser."""

from __future__ import annotations

import logging

import streamlit as st

from ser_core.errors import RelayError
from ser_core.inference.recognizer import Recognizer
from ui.common.messages import show_error
from ui.live import ice, stream
from ui.live.visit import Visit
from ui.shell.navigation import times_opened

log = logging.getLogger(__name__)


def show(visit: Visit, recognizer: Recognizer | None) -> None:
    """Show what starts and stops the stream, and keep the visit in step with the browser.

    Parameters
    ----------
    visit : Visit
        The visitor's.
    recognizer : Recognizer or None
        None in classroom mode.
    """
    is_on = stream.is_on()
    if visit.is_active and not is_on:
        visit.stop()
    # After a failure, what is still on its way from the browser is no new start.
    if is_on and not visit.is_active and visit.failure is None and not visit.start(recognizer):
        stream.forget()
    if visit.is_full():
        _tell_full()
        return
    if visit.failure is not None:
        show_error(visit.failure)
        st.button("Try again", icon=":material/refresh:", on_click=visit.try_again)
        return
    is_cleaned = st.toggle(
        "Let the browser clean up the sound",
        key="live_cleaned",
        persist_state="session",
        disabled=visit.is_active,
        help="Browsers can suppress noise and echo and level the loudness. That distorts what the network listens to, "
        "so it is off; try it where there is much noise.",
    )
    with st.container():
        servers = _servers(is_active=visit.is_active)
    try:
        is_on = stream.show(
            visit.session if visit.is_active else None,
            servers,
            is_cleaned=is_cleaned,
            opening=times_opened(),
        )
    except RelayError as error:
        visit.give_up(error)
        stream.forget()
        # The button in the browser still waits for an answer: it has to go, and to come anew.
        st.rerun()
    if not is_on:
        visit.stop()


def _servers(*, is_active: bool) -> list[ice.IceServer]:
    """Return the servers that help to connect, and say beforehand where they may not be enough."""
    try:
        servers = ice.ice_servers(st.context.url)
    except RelayError as error:
        show_error(error)
        return ice.stun_servers(st.context.url)
    if not is_active and ice.is_public(st.context.url) and not ice.has_relay(servers):
        st.info(
            "This server has no relay for live sound, so on many networks no connection will come. It takes a few "
            "seconds to find out; recording works everywhere.",
            icon=":material/info:",
        )
    return servers


def _tell_full() -> None:
    st.warning(
        "**Everybody's turn is taken.** As many people are live as this server can serve at once. Somebody will stop "
        "soon; until then, recording works just as well.",
        icon=":material/groups:",
    )
    with st.container(horizontal=True):
        st.button("Look again", icon=":material/refresh:")
        st.page_link("pages/recognise.py", label="Record instead", icon=":material/mic:")
