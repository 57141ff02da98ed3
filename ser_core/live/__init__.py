"""Emotion recognition on a live stream: sound arrives in small blocks, predictions come four times a second.

One thread receives sound (``LiveSession.feed``, quick); another thread analyses it (``LiveSession.advance``, slower).
Nothing here depends on a browser, a page or a clock: time is counted in samples.

May import ``audio``, ``features``, ``inference``.
"""

from ser_core.live.energy_vad import EnergyVAD
from ser_core.live.frames import LIVE_MELS, analyse, mel_loudness
from ser_core.live.history import History, Moments
from ser_core.live.incoming import MonoResampler, by_channel
from ser_core.live.picture import Columns
from ser_core.live.ring import RingBuffer
from ser_core.live.rolling import RollingRecognizer
from ser_core.live.seats import Seat, Seats
from ser_core.live.session import LiveSession, LiveState
from ser_core.live.timeline import timeline_of, timeline_to_csv

__all__ = [
    "LIVE_MELS",
    "Columns",
    "EnergyVAD",
    "History",
    "LiveSession",
    "LiveState",
    "Moments",
    "MonoResampler",
    "RingBuffer",
    "RollingRecognizer",
    "Seat",
    "Seats",
    "analyse",
    "by_channel",
    "mel_loudness",
    "timeline_of",
    "timeline_to_csv",
]
