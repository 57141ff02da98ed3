"""The one place that knows streamlit-webrtc: a Start button in the browser, and sound frames from there to here.

It is imported on first use: streamlit-webrtc and aiortc cost a second and 36 MB, which no other page should pay.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import streamlit as st

from ser_core.errors import RelayError
from ser_core.live import by_channel

if TYPE_CHECKING:
    import av

    from ser_core.live import LiveSession
    from ui.live.ice import IceServer

log = logging.getLogger(__name__)

KEY = "live_stream"
_OPENING = "live_stream_opening"

_WORDS = {
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
    """Tell whether the browser has started, or is starting: what its last message said."""
    context = st.session_state.get(KEY)
    return context is not None and (context.state.playing or context.state.signalling)


def show(session: LiveSession | None, ice_servers: list[IceServer], *, is_cleaned: bool, opening: int) -> bool:
    """Show the Start and Stop button, and lead the sound into a session.

    Parameters
    ----------
    session : LiveSession or None
        Where the sound goes; None while nothing is started.
    ice_servers : list of dict
        For the browser and for this server.
    is_cleaned : bool
        Whether the browser may suppress noise and echo and level the loudness.
    opening : int
        Another number means that the visitor has been on another page; what ran before is over.

    Returns
    -------
    bool
        Whether the browser has started, or is starting.

    Raises
    ------
    RelayError
        If no connection could be begun: the servers in between do not answer, or refuse.
    """
    from streamlit_webrtc import WebRtcMode, create_audio_sink_track, webrtc_streamer

    context = st.session_state.get(KEY)
    if context is not None:
        # What it holds is to be dropped if the page was left meanwhile. It would find that out by counting runs, by the
        # messages that end them; on a busy server these go out late and together, and a stream that had just begun was
        # dropped. None makes it ask no longer, -1 makes it sure.
        context._last_rendered_run_count = None if st.session_state.get(_OPENING) == opening else -1
    st.session_state[_OPENING] = opening
    sink = None
    if session is not None:
        sink = create_audio_sink_track(lambda frame: feed(session, frame), key=KEY, on_ended=session.close)
    try:
        context = webrtc_streamer(
            KEY,
            mode=WebRtcMode.SENDONLY,
            rtc_configuration={"iceServers": ice_servers},
            media_stream_constraints=constraints(is_cleaned=is_cleaned),
            sink_audio_track=sink,
            translations=_WORDS,
            media_toggle_controls=False,
        )
    except Exception as cause:
        # Whatever aiortc and its parts throw: a time-out, a relay's refusal, an offer that it does not understand.
        log.exception("no stream could be begun")
        raise RelayError(
            "The connection for live sound could not be begun",
            expected="The servers that help two machines to find each other have to answer",
            advice="Try again in a minute, or record instead",
        ) from cause
    return context.state.playing or context.state.signalling


def forget() -> None:
    """Take the browser for stopped: its button is not shown, so nothing will correct what it said last.

    A message that is on its way still finds a context: streamlit-webrtc looks for one before the page's script runs,
    where nothing could be caught.
    """
    from streamlit_webrtc import WebRtcStreamerContext, WebRtcStreamerState

    st.session_state[KEY] = WebRtcStreamerContext(
        worker=None, state=WebRtcStreamerState(playing=False, signalling=False)
    )


def constraints(*, is_cleaned: bool) -> dict[str, Any]:
    """Return what the browser is asked for: sound alone, and by default as the microphone gives it."""
    names = ("noiseSuppression", "echoCancellation", "autoGainControl")
    return {"video": False, "audio": dict.fromkeys(names, is_cleaned)}


def feed(session: LiveSession, frame: av.AudioFrame) -> None:
    """Put a sound frame into a session; runs on the server's event loop, so nothing slow may happen here."""
    position = None if frame.pts is None else round(frame.pts * frame.time_base * frame.sample_rate)
    session.feed(by_channel(frame.to_ndarray(), frame.layout.nb_channels), frame.sample_rate, position)
