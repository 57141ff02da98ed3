"""Do many live streams at once keep up? Simulated peers send a voice by WebRTC, as browsers do; this receives them.

    python benchmarks/live_streams.py [--streams 10] [--duration-s 60]

The peers run in a process of their own, and the two talk over the loopback interface: encryption, Opus, jitter buffer
and all. Each stream is read four times a second by a thread of its own, as a page's fragment does, which packs up what
the page would be sent. Prints how far what is shown lags behind what is said, at the start and at the end, what was
lost, how often each stream was read, and the processor time of the receiving process. Streamlit's own share of a page
is not in it.
"""

from __future__ import annotations

import argparse
import asyncio
import fractions
import json
import multiprocessing
import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import av
import numpy as np
import soxr
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamTrack
from streamlit_webrtc import AudioSinkTrack

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.fresh import memory_mb
from ser_core import Recognizer, load_audio
from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.live import LiveSession
from ser_core.live.session import STEP_S
from ser_core.paths import SAMPLES_DIR
from ui.live.live_charts import live_data
from ui.live.webrtc import feed

VOICE = SAMPLES_DIR / "computer_voices" / "sad_male.wav"
RATE_HZ = 48_000
FRAME = RATE_HZ // 50

# Both find each other on one machine.
NO_SERVERS = RTCConfiguration(iceServers=[])


class VoiceTrack(MediaStreamTrack):
    """A microphone into which somebody says the same again and again, with a pause in between.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,)]
        48 kHz mono, float32.
    speed : float
        How much faster than in life the frames come.
    is_endless : bool
        False: silence follows after the first time.
    """

    kind = "audio"

    def __init__(self, samples: np.ndarray, *, speed: float = 1.0, is_endless: bool = True) -> None:
        super().__init__()
        self._samples = (np.clip(samples, -1.0, 1.0) * 32_767).astype(np.int16)
        self._speed = speed
        self._is_endless = is_endless
        self._next = 0
        self.began_s: float | None = None

    async def recv(self) -> av.AudioFrame:
        """Return the next 20 ms, when it is time for them."""
        if self.began_s is None:
            self.began_s = time.monotonic()
        due_s = self.began_s + self._next / RATE_HZ / self._speed
        await asyncio.sleep(max(0.0, due_s - time.monotonic()))
        places = np.arange(self._next, self._next + FRAME)
        if self._is_endless or self._next + FRAME <= len(self._samples):
            mono = self._samples[places % len(self._samples)]
        else:
            mono = np.zeros(FRAME, dtype=np.int16)
        frame = av.AudioFrame.from_ndarray(np.repeat(mono, 2)[None], format="s16", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE_HZ, self._next, fractions.Fraction(1, RATE_HZ)
        self._next += FRAME
        return frame


def voice_48khz(pause_s: float = 1.0) -> np.ndarray:
    """Return a sentence and a pause, 48 kHz mono [shape=(n,)]."""
    samples = load_audio(VOICE).samples
    with_pause = np.concatenate([samples, np.zeros(round(pause_s * SAMPLE_RATE_HZ), dtype=np.float32)])
    return soxr.resample(with_pause, SAMPLE_RATE_HZ, RATE_HZ)


def _send(pipe: Connection, streams: int) -> None:
    """Be all the peers, until told to end."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        sound = voice_48khz()
        tracks = [VoiceTrack(np.roll(sound, FRAME * 7 * number)) for number in range(streams)]
        peers = [RTCPeerConnection(NO_SERVERS) for _ in tracks]
        for peer, track in zip(peers, tracks, strict=True):
            peer.addTrack(track)
            await peer.setLocalDescription(await peer.createOffer())
        pipe.send([peer.localDescription.sdp for peer in peers])
        for peer, sdp in zip(peers, await loop.run_in_executor(None, pipe.recv), strict=True):
            await peer.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
        while any(track.began_s is None for track in tracks):
            await asyncio.sleep(0.05)
        pipe.send([track.began_s for track in tracks])
        await loop.run_in_executor(None, pipe.recv)
        for peer in peers:
            await peer.close()

    asyncio.run(run())


async def answer(offer: str, session: LiveSession) -> tuple[RTCPeerConnection, str]:
    """Accept a peer's offer and lead its sound into a session; return the connection and the answer."""
    peer = RTCPeerConnection(NO_SERVERS)
    sink = AudioSinkTrack(lambda frame: feed(session, frame))

    @peer.on("track")
    def _(track: MediaStreamTrack) -> None:
        sink.addTrack(track)

    await peer.setRemoteDescription(RTCSessionDescription(offer, "offer"))
    await peer.setLocalDescription(await peer.createAnswer())
    sink.start()
    return peer, peer.localDescription.sdp


def _read(session: LiveSession, began_s: float, ends_s: float, noted: list[tuple[float, float, int]]) -> None:
    """Read a stream as a page does; note at what time, how far behind, and how much was packed up."""
    due_s = time.monotonic()
    while due_s < ends_s:
        state = session.advance()
        packed = len(json.dumps(live_data(session, state, "benchmark")))
        now_s = time.monotonic()
        noted.append((now_s - began_s, now_s - began_s - state.received_s, packed))
        due_s = max(due_s + STEP_S, now_s)
        time.sleep(max(0.0, due_s - time.monotonic()))


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=10)
    parser.add_argument("--duration-s", type=float, default=60.0)
    arguments = parser.parse_args()
    recognizer = Recognizer()
    sessions = [LiveSession(recognizer) for _ in range(arguments.streams)]
    noted: list[list[tuple[float, float, int]]] = [[] for _ in sessions]

    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    pipe, far_end = multiprocessing.get_context("spawn").Pipe()
    sender = multiprocessing.get_context("spawn").Process(target=_send, args=(far_end, arguments.streams), daemon=True)
    sender.start()

    async def answer_all(offers: list[str]) -> list[tuple[RTCPeerConnection, str]]:
        return [await answer(offer, session) for offer, session in zip(offers, sessions, strict=True)]

    answered = asyncio.run_coroutine_threadsafe(answer_all(pipe.recv()), loop).result()
    pipe.send([sdp for _, sdp in answered])
    began_s = pipe.recv()
    used_s = time.process_time()
    ends_s = time.monotonic() + arguments.duration_s
    readers = [
        threading.Thread(target=_read, args=(session, began, ends_s, notes))
        for session, began, notes in zip(sessions, began_s, noted, strict=True)
    ]
    for reader in readers:
        reader.start()
    # Thirty seconds fill every picture and every window; from then on memory ought to stay as it is.
    readers[0].join(min(30.0, arguments.duration_s / 2))
    early_mb = memory_mb()
    for reader in readers:
        reader.join()
    late_mb = memory_mb()
    used_s = time.process_time() - used_s
    pipe.send("end")
    for peer, _ in answered:
        asyncio.run_coroutine_threadsafe(peer.close(), loop).result()
    sender.join()

    def lag(first_s: float, last_s: float) -> str:
        lags_ms = [1000 * row[1] for notes in noted for row in notes if first_s <= row[0] < last_s]
        return f"median {np.median(lags_ms):4.0f} ms, 95 % under {np.percentile(lags_ms, 95):4.0f} ms"

    whole_s = arguments.duration_s
    states = [session.advance() for session in sessions]
    counts = [len(session.moments().time_s) for session in sessions]
    print(f"{arguments.streams} streams for {whole_s:.0f} s")
    print(f"behind, first 10 s      {lag(2.0, 12.0)}")
    print(f"behind, last 10 s       {lag(whole_s - 10.0, whole_s + 60.0)}")
    print(f"looked at               {min(counts) / whole_s:.2f} to {max(counts) / whole_s:.2f} times a second")
    print(f"lost on the way         {max(state.lost_s for state in states):.2f} s at most")
    print(f"dropped unread          {max(state.dropped_s for state in states):.2f} s at most")
    print(f"processor               {used_s / whole_s:.2f} cores")
    packed = np.mean([row[2] for notes in noted for row in notes])
    print(f"for the page            {packed / 1000:.1f} kB each time")
    print(f"memory                  {early_mb:.0f} MB at first, {late_mb:.0f} MB at the end")


if __name__ == "__main__":
    main()
