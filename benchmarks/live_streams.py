"""Delay of many live streams at once: ``python -m benchmarks.live_streams [--streams 10] [--duration-s 60]``.

Simulated peers in a process of their own send a voice by WebRTC, as browsers do, and this process receives it. The
sound goes over the loopback interface, with encryption, Opus and jitter buffer. One thread per stream reads it four
times a second, as the fragment of a page does, and packs the message for the page. The benchmark prints the delay
between the sound and its picture at the start and at the end, the losses, how often each stream was read, and the
processor time of the receiving process. The time of Streamlit itself is not included.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

import numpy as np
from aiortc import RTCPeerConnection, RTCSessionDescription

from ser_core import Recognizer
from ser_core.live import LiveSession
from ser_core.live.session import STEP_S
from tests.harness.memory import memory_mb
from tests.harness.voice_tracks import FRAME_SAMPLES, NO_SERVERS, VoiceTrack, accept_offer, voice_48khz
from ui.live.live_charts import live_data

# Each peer's voice starts this much later than that of the peer before, so that not all speak at the same time.
_SHIFT_SAMPLES = 7 * FRAME_SAMPLES

# After this time every picture and every window is full, and memory should stay constant.
_WARM_UP_S = 30.0


@dataclass(frozen=True)
class Reading:
    """One read of a stream.

    Parameters
    ----------
    time_s : float
        Since the stream started.
    delay_s : float
        Sound that was sent but not yet in the picture.
    message_bytes : int
        Size of the message for the page.
    """

    time_s: float
    delay_s: float
    message_bytes: int


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live_streams", description="Many live streams at once.")
    parser.add_argument("--streams", type=int, default=10)
    parser.add_argument("--duration-s", type=float, default=60.0)
    options = parser.parse_args(arguments)
    recognizer = Recognizer()
    sessions = [LiveSession(recognizer) for _ in range(options.streams)]
    readings: list[list[Reading]] = [[] for _ in sessions]

    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    spawn = multiprocessing.get_context("spawn")
    pipe, sender_pipe = spawn.Pipe()
    sender = spawn.Process(target=_send_streams, args=(sender_pipe, options.streams), daemon=True)
    sender.start()

    async def accept_all(offers: list[str]) -> list[tuple[RTCPeerConnection, str]]:
        return [await accept_offer(offer, session) for offer, session in zip(offers, sessions, strict=True)]

    accepted = asyncio.run_coroutine_threadsafe(accept_all(pipe.recv()), loop).result()
    pipe.send([answer_sdp for _, answer_sdp in accepted])
    stream_starts_s: list[float] = pipe.recv()

    start_cpu_s = time.process_time()
    end_s = time.monotonic() + options.duration_s
    readers = [
        threading.Thread(target=_read_stream, args=(session, started_s, end_s, stream_readings))
        for session, started_s, stream_readings in zip(sessions, stream_starts_s, readings, strict=True)
    ]
    for reader in readers:
        reader.start()
    readers[0].join(min(_WARM_UP_S, options.duration_s / 2))
    early_mb = memory_mb()
    for reader in readers:
        reader.join()
    late_mb = memory_mb()
    cpu_s = time.process_time() - start_cpu_s

    pipe.send("end")
    for peer, _ in accepted:
        asyncio.run_coroutine_threadsafe(peer.close(), loop).result()
    sender.join()
    _print_summary(sessions, readings, options.duration_s, cpu_s)
    print(f"memory                  {early_mb:.0f} MB early, {late_mb:.0f} MB at the end")


def _send_streams(pipe: Connection, n_streams: int) -> None:
    """Run all sending peers until the other process sends a message."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        sound = voice_48khz()
        tracks = [VoiceTrack(np.roll(sound, _SHIFT_SAMPLES * stream)) for stream in range(n_streams)]
        peers = [RTCPeerConnection(NO_SERVERS) for _ in tracks]
        for peer, track in zip(peers, tracks, strict=True):
            peer.addTrack(track)
            await peer.setLocalDescription(await peer.createOffer())
        pipe.send([peer.localDescription.sdp for peer in peers])
        for peer, answer_sdp in zip(peers, await loop.run_in_executor(None, pipe.recv), strict=True):
            await peer.setRemoteDescription(RTCSessionDescription(answer_sdp, "answer"))
        while any(track.started_s is None for track in tracks):
            await asyncio.sleep(0.05)
        pipe.send([track.started_s for track in tracks])
        await loop.run_in_executor(None, pipe.recv)
        for peer in peers:
            await peer.close()

    asyncio.run(run())


def _read_stream(session: LiveSession, started_s: float, end_s: float, readings: list[Reading]) -> None:
    """Read a stream four times a second, as a page does."""
    due_s = time.monotonic()
    while due_s < end_s:
        state = session.advance()
        message_bytes = len(json.dumps(live_data(session, state, "benchmark")))
        now_s = time.monotonic()
        readings.append(Reading(now_s - started_s, now_s - started_s - state.received_s, message_bytes))
        due_s = max(due_s + STEP_S, now_s)
        time.sleep(max(0.0, due_s - time.monotonic()))


def _print_summary(
    sessions: Sequence[LiveSession], readings: Sequence[Sequence[Reading]], duration_s: float, cpu_s: float
) -> None:
    all_readings = [reading for stream_readings in readings for reading in stream_readings]

    def delay(first_s: float, last_s: float) -> str:
        delays_ms = [1000 * reading.delay_s for reading in all_readings if first_s <= reading.time_s < last_s]
        return f"median {np.median(delays_ms):4.0f} ms, 95 % under {np.percentile(delays_ms, 95):4.0f} ms"

    states = [session.advance() for session in sessions]
    rates_hz = [len(session.moments().time_s) / duration_s for session in sessions]
    message_kb = np.mean([reading.message_bytes for reading in all_readings]) / 1000
    print(f"{len(sessions)} streams for {duration_s:.0f} s")
    print(f"delay, first 10 s       {delay(2.0, 12.0)}")
    print(f"delay, last 10 s        {delay(duration_s - 10.0, duration_s + 60.0)}")
    print(f"read                    {min(rates_hz):.2f} to {max(rates_hz):.2f} times a second")
    print(f"lost in transit         {max(state.lost_s for state in states):.2f} s at most")
    print(f"dropped unread          {max(state.dropped_s for state in states):.2f} s at most")
    print(f"processor               {cpu_s / duration_s:.2f} cores")
    print(f"message for the page    {message_kb:.1f} kB")


if __name__ == "__main__":
    main()
