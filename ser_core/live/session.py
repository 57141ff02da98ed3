"""One visitor's stream: what came in, what was made of it, and what is left when it is over."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ
from ser_core.features.extraction import DEFAULT_FRAMES
from ser_core.inference.recognizer import Prediction, Recognizer
from ser_core.live.energy_vad import EnergyVAD
from ser_core.live.frames import LiveFrames, analyse, frames_in
from ser_core.live.history import History, Moments
from ser_core.live.incoming import MonoResampler
from ser_core.live.picture import SHOWN_S, Columns, Picture
from ser_core.live.ring import RingBuffer
from ser_core.live.rolling import RollingRecognizer

WINDOW_S = 3.0
STEP_S = 0.25
KEPT_S = 10.0

# Whoever reads every 250 ms finds a little less new sound at one time and a little more at another.
_LEAST_STEP_S = 0.5 * STEP_S

# Long enough for a tab in the background, which a browser wakes once a second, or a machine that is busy for a while.
_RING_S = 15.0

# Four a second for an hour.
_MAX_MOMENTS = 4 * 3600

# Speech in the window before the network is asked; with what the gate waits for, a quarter of a second of voice.
_MIN_SPEECH_S = 0.15

# A hole in the stream is filled with silence, so that the time on the page stays the time in the room. A larger jump is
# another way of counting.
_MAX_HOLE_S = 10.0


@dataclass(frozen=True)
class LiveState:
    """How things stand after ``advance``.

    Parameters
    ----------
    heard_s : float
        Sound received so far.
    is_speech : bool
        Whether somebody speaks.
    is_mute : bool
        Whether nothing but zeros has come for a while: a microphone that is muted or unplugged.
    level_db : float
        The loudest of the newest quarter of a second, decibels of full scale.
    prediction : Prediction or None
        The newest answer; stays while nobody speaks.
    lost_s : float
        Sound that never arrived, and was filled with silence.
    dropped_s : float
        Sound that arrived and was written over before it was read.
    """

    heard_s: float
    is_speech: bool
    is_mute: bool
    level_db: float
    prediction: Prediction | None
    lost_s: float
    dropped_s: float


class LiveSession:
    """A stream of one visitor.

    Parameters
    ----------
    recognizer : Recognizer or None
        None for classroom mode: the sound is shown, and no network is asked.
    on_close : callable
        Called once, when the stream is over, by whichever thread ends it.
    """

    def __init__(self, recognizer: Recognizer | None, on_close: Callable[[], None] = lambda: None) -> None:
        self._rolling = None if recognizer is None else RollingRecognizer(recognizer)
        self._on_close = on_close
        self._ring: RingBuffer | None = RingBuffer(round(_RING_S * SAMPLE_RATE_HZ))
        self._incoming = MonoResampler()
        self._expected: int | None = None
        self._lost_s = 0.0
        self._gate = EnergyVAD(1000.0 * DEFAULT_FRAMES.hop_s)
        self._lock = Lock()
        self._closing = Lock()
        self._next_frame = 0
        self._dropped = 0
        self._asked_at = 0
        self._zeros = 0
        self._state = LiveState(0.0, False, False, -120.0, None, 0.0, 0.0)
        self._picture = Picture()
        self._speech: deque[bool] = deque(maxlen=round(WINDOW_S / DEFAULT_FRAMES.hop_s))
        self._history = History(_MAX_MOMENTS)
        self._kept = np.empty(0, dtype=np.float32)

    @property
    def is_open(self) -> bool:
        """Whether the stream still runs."""
        return self._ring is not None

    @property
    def received(self) -> int:
        """Samples received so far; grows while sound comes in."""
        ring = self._ring
        return ring.written if ring else round(self._state.heard_s * SAMPLE_RATE_HZ)

    @property
    def state(self) -> LiveState:
        """What ``advance`` returned last."""
        return self._state

    def feed(self, block: np.ndarray, rate_hz: int, position: int | None = None) -> None:
        """Take sound in; cheap, for the thread that receives it.

        Parameters
        ----------
        block : np.ndarray [shape=(n, channels)]
            Floats with full scale at 1.0, or integers.
        rate_hz : int
            Its sample rate.
        position : int, optional
            Where the block begins, in samples at its rate; a jump from the last block's end is sound that was lost.
        """
        ring = self._ring
        if ring is None:
            return
        if position is not None:
            missing = 0 if self._expected is None else position - self._expected
            if 0 < missing <= _MAX_HOLE_S * rate_hz:
                self._lost_s += missing / rate_hz
                ring.write(self._incoming.feed(np.zeros((missing, block.shape[1]), dtype=np.float32), rate_hz))
            self._expected = position + len(block)
        ring.write(self._incoming.feed(block, rate_hz))

    def advance(self) -> LiveState:
        """Work through what has come in since the last call: the picture, the gate, and one answer at the most.

        Returns
        -------
        LiveState
            The last one again after ``close``.
        """
        with self._lock:
            ring = self._ring
            if ring is not None:
                self._read(ring)
            return self._state

    def columns(self, last_s: float = SHOWN_S) -> Columns:
        """Return the newest columns of the picture, thirty seconds at the most."""
        with self._lock:
            return self._picture.columns(last_s)

    def moments(self, n: int | None = None) -> Moments:
        """Return the newest ``n`` moments, or all of the last hour; still there after ``close``."""
        with self._lock:
            return self._history.newest(n)

    def last_seconds(self) -> np.ndarray:
        """Return the newest ten seconds of sound, 16 kHz mono [shape=(n,)]; still there after ``close``."""
        ring = self._ring
        return ring.last(round(KEPT_S * SAMPLE_RATE_HZ)) if ring else self._kept

    def close(self) -> None:
        """End the stream and let go of its buffers, but for the last ten seconds; more than once does no harm.

        Waits for no reader: it may be called by the thread that receives everybody's sound.
        """
        with self._closing:
            if self._ring is None:
                return
            self._kept = self._ring.last(round(KEPT_S * SAMPLE_RATE_HZ))
            self._ring = None
        self._on_close()

    def _read(self, ring: RingBuffer) -> None:
        first, samples = ring.since(self._next_frame)
        self._dropped += first - self._next_frame
        self._next_frame = first
        n_frames = frames_in(len(samples))
        if n_frames:
            self._next_frame += n_frames * DEFAULT_FRAMES.hop_length
            frames = analyse(samples)
            is_speech = self._gate.update(frames.level_db)
            self._speech.extend(is_speech)
            self._picture.add(frames)
            nonzero = np.flatnonzero(samples)
            self._zeros = len(samples) - 1 - nonzero[-1] if len(nonzero) else self._zeros + len(samples)
            self._decide(ring, first + len(samples), frames, bool(is_speech[-1]))

    def _decide(self, ring: RingBuffer, newest: int, frames: LiveFrames, is_speech: bool) -> None:
        heard_s = newest / SAMPLE_RATE_HZ
        prediction = self._state.prediction
        step_s = (newest - self._asked_at) / SAMPLE_RATE_HZ
        if step_s >= _LEAST_STEP_S:
            self._asked_at = newest
            answer = self._ask(ring, step_s) if is_speech else None
            if answer is not None:
                prediction = answer
            elif self._rolling and not is_speech:
                self._rolling.reset()
            pitch_hz = float(np.nanmedian(frames.pitch_hz)) if np.isfinite(frames.pitch_hz).any() else math.nan
            self._history.add(heard_s, float(frames.level_db.max()), pitch_hz, answer)
        self._state = LiveState(
            heard_s=heard_s,
            is_speech=is_speech,
            is_mute=self._zeros >= WINDOW_S * SAMPLE_RATE_HZ,
            level_db=float(frames.level_db.max()),
            prediction=prediction,
            lost_s=self._lost_s,
            dropped_s=self._dropped / SAMPLE_RATE_HZ,
        )

    def _ask(self, ring: RingBuffer, step_s: float) -> Prediction | None:
        if self._rolling is None or sum(self._speech) * DEFAULT_FRAMES.hop_s < _MIN_SPEECH_S:
            return None
        return self._rolling.predict(ring.last(round(WINDOW_S * SAMPLE_RATE_HZ)), step_s)
