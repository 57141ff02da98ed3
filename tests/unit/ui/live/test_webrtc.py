"""The way of sound frames to a session, with a stub track and with two aiortc peers in this process."""

from __future__ import annotations

import asyncio
import fractions
import threading

import av
import numpy as np
import pytest
from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from streamlit.testing.v1 import AppTest
from streamlit_webrtc import AudioSinkTrack, component

from ser_core import Recognizer
from ser_core.live import LiveSession, LiveState
from tests.harness.voice_tracks import NO_SERVERS, RATE_HZ, VoiceTrack, accept_offer, voice_48khz
from ui.live import webrtc


def frame(samples: np.ndarray, position: int | None = 0, *, layout: str = "stereo") -> av.AudioFrame:
    channels = {"mono": 1, "stereo": 2}[layout]
    interleaved = np.repeat(samples.astype(np.int16), channels)[None]
    audio_frame = av.AudioFrame.from_ndarray(interleaved, format="s16", layout=layout)
    audio_frame.sample_rate, audio_frame.pts = RATE_HZ, position
    audio_frame.time_base = fractions.Fraction(1, RATE_HZ)
    return audio_frame


class StubTrack(MediaStreamTrack):
    """Returns its frames without any delay, then ends."""

    kind = "audio"

    def __init__(self, frames: list[av.AudioFrame]) -> None:
        super().__init__()
        self._frames = iter(frames)

    async def recv(self) -> av.AudioFrame:
        try:
            return next(self._frames)
        except StopIteration:
            raise MediaStreamError from None


def test_a_late_message_of_the_browser_after_forgetting_raises_no_error() -> None:
    def page() -> None:
        import streamlit as st
        from streamlit_webrtc.component import _make_state_change_callback

        from ui.live import webrtc

        webrtc.forget()
        st.write(f"on: {webrtc.is_on()}")
        st.session_state["late_message"] = {"playing": False, "sdpOffer": "an offer"}
        _make_state_change_callback(webrtc.KEY, "late_message", None)()

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert app.markdown[0].value == "on: False"


@pytest.mark.parametrize(("opening", "is_kept"), [(1, True), (2, False)])
def test_a_stream_is_dropped_if_its_page_was_left_but_not_if_messages_are_late(
    monkeypatch: pytest.MonkeyPatch, opening: int, is_kept: bool
) -> None:
    def page(opening: int) -> None:
        import streamlit as st
        from streamlit_webrtc import component

        from ui.live import webrtc

        webrtc.show(None, [], is_cleaned=False, opening=1)
        context = st.session_state[webrtc.KEY]
        context._last_rendered_run_count = 1
        context._set_state(component.compile_state({"playing": True}))
        st.write(f"on: {webrtc.show(None, [], is_cleaned=False, opening=opening)}")

    # Late messages: the server counts ten runs, nine more than the last one that showed the stream.
    monkeypatch.setattr(component, "get_this_session_info", lambda: "session")
    monkeypatch.setattr(component, "get_script_run_count", lambda session_info: 10)
    monkeypatch.setattr(component, "_component_func", lambda **arguments: None)
    app = AppTest.from_function(page, kwargs={"opening": opening}).run()
    assert not app.exception
    assert app.markdown[0].value == f"on: {is_kept}"


@pytest.mark.parametrize("layout", ["mono", "stereo"])
def test_all_frames_of_a_track_arrive_in_order_and_its_end_closes_the_session(layout: str) -> None:
    sound = np.round(8_000 * np.sin(2 * np.pi * 300 * np.arange(2 * RATE_HZ) / RATE_HZ))
    starts = range(0, len(sound), 960)
    track = StubTrack([frame(sound[start : start + 960], start, layout=layout) for start in starts])
    session = LiveSession(None)

    async def run() -> None:
        sink = AudioSinkTrack(lambda audio_frame: webrtc.feed(session, audio_frame))
        ended = asyncio.Event()

        def on_ended() -> None:
            session.advance()
            session.close()
            ended.set()

        sink._on_ended_callback = on_ended
        sink.addTrack(track)
        sink.start()
        await ended.wait()

    asyncio.run(run())
    assert not session.is_open
    state = session.advance()
    assert state.received_s == pytest.approx(2.0, abs=0.04)
    assert state.lost_s == state.dropped_s == 0.0
    received = session.last_seconds()
    expected = sound[::3] / 2**15
    np.testing.assert_allclose(received[1000:-1000], expected[1000 : len(received) - 1000], atol=2e-3)


def test_a_frame_without_a_position_follows_the_last_one() -> None:
    session = LiveSession(None)
    for _ in range(50):
        webrtc.feed(session, frame(np.full(960, 5_000), None))
    assert session.advance().received_s == pytest.approx(1.0, abs=0.04)


def test_by_default_the_browser_does_not_process_the_sound() -> None:
    raw = webrtc.constraints(is_cleaned=False)
    assert raw["video"] is False
    assert set(raw["audio"].values()) == {False}
    assert set(raw["audio"]) == {"noiseSuppression", "echoCancellation", "autoGainControl"}
    assert set(webrtc.constraints(is_cleaned=True)["audio"].values()) == {True}


def test_a_voice_sent_over_webrtc_arrives_complete_and_gets_an_answer() -> None:
    """Offer, ICE, DTLS, Opus and jitter buffer between two peers in this process, at four times the normal speed."""
    sound = voice_48khz(pause_s=1.5)
    session = LiveSession(Recognizer())
    threads_before = set(threading.enumerate())

    async def run() -> list[LiveState]:
        caller = RTCPeerConnection(NO_SERVERS)
        caller.addTrack(VoiceTrack(sound, speed=4.0, is_endless=False))
        await caller.setLocalDescription(await caller.createOffer())
        callee, sdp = await accept_offer(caller.localDescription.sdp, session)
        await caller.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
        states = []
        while session.n_received < len(sound) / 3 - 8_000:
            await asyncio.sleep(0.05)
            states.append(await asyncio.to_thread(session.advance))
        await caller.close()
        await callee.close()
        return states

    states = asyncio.run(asyncio.wait_for(run(), 60))
    session.close()
    assert any(state.prediction for state in states)
    assert states[-1].lost_s == states[-1].dropped_s == 0.0
    new_threads = set(threading.enumerate()) - threads_before
    assert not [thread for thread in new_threads if "decoder" in thread.name]
