"""A voice that is sent by WebRTC as a browser sends it, and the receiving side of the app."""

from __future__ import annotations

import asyncio
import fractions
import time

import av
import numpy as np
import numpy.typing as npt
import soxr
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack
from streamlit_webrtc import AudioSinkTrack

from ser_core import load_audio
from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.live import LiveSession
from tests.harness.paths import SAD_VOICE
from ui.live.webrtc import feed

RATE_HZ = 48_000
FRAME_SAMPLES = RATE_HZ // 50

# Peers on one machine find each other without STUN and TURN servers.
NO_SERVERS = RTCConfiguration(iceServers=[])


class VoiceTrack(MediaStreamTrack):
    """A microphone that repeats a recording, in frames of 20 ms.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        48 kHz mono, float32.
    speed : float
        Factor by which the frames come faster than in real time.
    is_endless : bool
        False for silence after the first time.
    """

    kind = "audio"

    def __init__(self, samples: npt.NDArray[np.float32], *, speed: float = 1.0, is_endless: bool = True) -> None:
        super().__init__()
        self._samples = (np.clip(samples, -1.0, 1.0) * 32_767).astype(np.int16)
        self._speed = speed
        self._is_endless = is_endless
        self._next_sample = 0
        # On the clock of ``time.monotonic``; None before the first frame.
        self.started_s: float | None = None

    async def recv(self) -> av.AudioFrame:
        """Return the next frame when it is due."""
        if self.started_s is None:
            self.started_s = time.monotonic()
        due_s = self.started_s + self._next_sample / RATE_HZ / self._speed
        await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        positions = np.arange(self._next_sample, self._next_sample + FRAME_SAMPLES)
        if self._is_endless or self._next_sample + FRAME_SAMPLES <= len(self._samples):
            mono = self._samples[positions % len(self._samples)]
        else:
            mono = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        frame = av.AudioFrame.from_ndarray(np.repeat(mono, 2)[None], format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, self._next_sample, fractions.Fraction(1, RATE_HZ)
        self._next_sample += FRAME_SAMPLES
        return frame


def voice_48khz(pause_s: float = 1.0) -> npt.NDArray[np.float32]:
    """Return a spoken sentence and a pause after it, 48 kHz mono [shape=(n,)]."""
    samples = load_audio(SAD_VOICE).samples
    with_pause = np.concatenate([samples, np.zeros(round(pause_s * SAMPLE_RATE_HZ), dtype=np.float32)])
    return np.asarray(soxr.resample(with_pause, SAMPLE_RATE_HZ, RATE_HZ), dtype=np.float32)


async def accept_offer(offer_sdp: str, session: LiveSession) -> tuple[RTCPeerConnection, str]:
    """Accept a peer's offer, and feed the sound of its track into a live session.

    Parameters
    ----------
    offer_sdp : str
        The offer, a session description (SDP).
    session : LiveSession
        The live session.

    Returns
    -------
    peer : RTCPeerConnection
        The receiving side.
    answer_sdp : str
        The answer for the sender.
    """
    peer = RTCPeerConnection(NO_SERVERS)
    sink = AudioSinkTrack(lambda frame: feed(session, frame))

    @peer.on("track")
    def on_track(track: MediaStreamTrack) -> None:
        sink.addTrack(track)

    await peer.setRemoteDescription(RTCSessionDescription(offer_sdp, "offer"))
    await peer.setLocalDescription(await peer.createAnswer())
    sink.start()
    return peer, peer.localDescription.sdp
