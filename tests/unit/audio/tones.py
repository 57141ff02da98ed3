"""A check of decoded tones and a file object, shared by several test modules."""

from __future__ import annotations

import io

import numpy as np
import pytest

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio


def assert_tone(
    audio: Audio,
    duration_s: float,
    *,
    frequency_hz: float = 440.0,
    length_tolerance_s: float = 0.0,
    level: float = 0.5,
) -> None:
    """Check that a recording is a sine of the given duration, frequency and peak amplitude."""
    assert audio.samples.dtype == np.float32
    assert audio.samples.ndim == 1
    assert np.isfinite(audio.samples).all()
    assert duration_s - 1e-3 <= audio.duration_s <= duration_s + length_tolerance_s + 1e-3
    middle = audio.samples[len(audio.samples) // 4 : len(audio.samples) * 3 // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 2**17))
    assert np.argmax(spectrum) * SAMPLE_RATE_HZ / 2**17 == pytest.approx(frequency_hz, abs=1.0)
    assert np.sqrt(2 * np.mean(middle**2)) == pytest.approx(level, rel=0.03)


class NoSeek(io.RawIOBase):
    """A stream as from a network: not seekable, and each read returns at most 1,000 bytes."""

    def __init__(self, data: bytes) -> None:
        self.unread = data

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece, self.unread = self.unread[: min(size, 1_000)], self.unread[min(size, 1_000) :]
        return piece


class Upload(io.BytesIO):
    """As Streamlit's uploads are made: a BytesIO with a name."""

    name = "secret-name.wav"
