"""Generated streams: silence, blocks of 20 ms as a browser sends them, and a constant prediction."""

from __future__ import annotations

import numpy as np

from ser_core.emotions import LABELS
from ser_core.inference.recognizer import Prediction
from ser_core.inference.thresholds import Calibration
from ser_core.live import LiveSession, LiveState

RATE_HZ = 16_000
_BLOCK = 320


def silence(duration_s: float) -> np.ndarray:
    return np.zeros(round(duration_s * RATE_HZ), dtype=np.float32)


def play(session: LiveSession, samples: np.ndarray, advance_every_s: float = 0.25) -> list[LiveState]:
    """Feed blocks of 20 ms and advance every quarter of a second; return every state."""
    states = []
    n_since_advance = 0
    for start in range(0, len(samples), _BLOCK):
        session.feed(samples[start : start + _BLOCK, None], RATE_HZ)
        n_since_advance += _BLOCK
        if n_since_advance >= advance_every_s * RATE_HZ:
            n_since_advance = 0
            states.append(session.advance())
    return states


def prediction_of(emotion: str, share: float) -> Prediction:
    """Return a prediction with this share for one emotion and equal shares for the others."""
    shares = np.full(len(LABELS), (1.0 - share) / (len(LABELS) - 1))
    shares[LABELS.index(emotion)] = share
    return Prediction.from_logits(np.log(shares), Calibration(1.0, 0.5, set_threshold=0.1))
