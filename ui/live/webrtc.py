"""The only module that uses streamlit-webrtc: a Start button in the browser, and sound frames from there to here.

streamlit-webrtc is imported on first use: together with aiortc it costs a second and 36 MB, which other pages do not
need.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.errors import RelayError
from ser_core.live import by_channel

if TYPE_CHECKING:
    import av
    from streamlit_webrtc.config import Translations

    from ser_core.live import LiveSession
    from ui.live.ice_servers import IceServer

log = logging.getLogger(__name__)

KEY = "live_stream"
_OPENING = "live_stream_opening"

_TEXTS: Translations = {
    "start": "Start listening",
    "stop": "Stop",
    "select_device": "Choose a microphone",
    "select_microphone": "Microphone",
    "device_ask_permission": "Please allow this page to use the microphone.",
    "device_access_denied": "The browser does not let this page use the microphone.",
    "device_not_available": "No microphone was found.",
    "media_api_not_available": "This browser offers no microphone to this page.",
}


def is_on() -> bool:
    """Return whether the browser has started or is starting, according to its last message."""
    context = st.session_state.get(KEY)
    return context is not None and (context.state.playing or context.state.signalling)


def show(session: LiveSession | None, ice_servers: list[IceServer], *, is_cleaned: bool, opening: int) -> bool:
    """Show the Start and Stop button, and lead the sound into a session.

    Parameters
    ----------
    session : LiveSession or None
        Receives the sound; None before a start.
    ice_servers : list of dict
        ICE servers for the browser and for this server.
    is_cleaned : bool
        Whether the browser may suppress noise and echo and level the loudness.
    opening : int
        Counts the visitor's openings of the page. With a new number, a stream of an earlier opening is dropped.

    Returns
    -------
    bool
        Whether the browser has started or is starting.

    Raises
    ------
    RelayError
        If no connection can be started: the ICE servers do not answer, or they refuse.
    """
    from streamlit_webrtc import WebRtcMode, create_audio_sink_track, webrtc_streamer

    context = st.session_state.get(KEY)
    if context is not None:
        # streamlit-webrtc drops its stream if the page was left in the meantime. It detects that by counting script
        # runs, by the messages at their end. On a busy server these arrive late and together, and a stream that had
        # just started was dropped. So this field is set here: None switches that check off, -1 makes it drop.
        context._last_rendered_run_count = None if st.session_state.get(_OPENING) == opening else -1
    st.session_state[_OPENING] = opening
    sink = None
    if session is not None:
        sink = create_audio_sink_track(lambda frame: feed(session, frame), key=KEY, on_ended=session.close)
    rtc_configuration: dict[str, Any] = {"iceServers": ice_servers}
    try:
        context = webrtc_streamer(
            KEY,
            mode=WebRtcMode.SENDONLY,
            rtc_configuration=rtc_configuration,
            media_stream_constraints=constraints(is_cleaned=is_cleaned),
            sink_audio_track=sink,
            translations=_TEXTS,
            media_toggle_controls=False,
        )
    except Exception as cause:
        # aiortc and its parts raise many types: time-outs, refusals of a relay, offers that they cannot parse.
        log.exception("no stream could be started")
        raise RelayError(
            "The connection for live sound could not be started",
            expected="an answer from the servers that help two machines to connect",
            advice="Try again in a minute, or record instead",
        ) from cause
    return context.state.playing or context.state.signalling


def forget() -> None:
    """Treat the browser as stopped. This is needed if its button is not shown: then no message updates its state.

    A context stays in the session's state: if a message of the browser is still on its way, streamlit-webrtc looks for
    a context before the page's script runs, where an error could not be handled.
    """
    from streamlit_webrtc import WebRtcStreamerContext, WebRtcStreamerState

    st.session_state[KEY] = WebRtcStreamerContext(
        worker=None, state=WebRtcStreamerState(playing=False, signalling=False)
    )


def constraints(*, is_cleaned: bool) -> dict[str, Any]:
    """Return the media constraints for the browser: only sound, by default without any processing.

    Parameters
    ----------
    is_cleaned : bool
        Whether the browser may suppress noise and echo and level the loudness.
    """
    names = ("noiseSuppression", "echoCancellation", "autoGainControl")
    return {"video": False, "audio": dict.fromkeys(names, is_cleaned)}


def feed(session: LiveSession, frame: av.AudioFrame) -> None:
    """Put a sound frame into a session. It runs on the server's event loop, so it must be fast."""
    position = None
    if frame.pts is not None and frame.time_base is not None:
        position = round(frame.pts * frame.time_base * frame.sample_rate)
    session.feed(by_channel(frame.to_ndarray(), frame.layout.nb_channels), frame.sample_rate, position)
