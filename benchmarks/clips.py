"""Clips of any length, made of one voice."""

from __future__ import annotations

import io
import wave
from pathlib import Path


def wav_of(voice: Path | str, duration_s: float) -> bytes:
    """Return a WAV file of a voice that is repeated until it is as long as is wanted.

    Parameters
    ----------
    voice : Path or str
        Any recording.
    duration_s : float
        Of the file; 16 kHz, mono, 16 bit.
    """
    from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio, to_wav_bytes

    with wave.open(io.BytesIO(to_wav_bytes(load_audio(voice).samples))) as once:
        pcm = once.readframes(once.getnframes())
    n_bytes = 2 * round(duration_s * SAMPLE_RATE_HZ)
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setparams((1, 2, SAMPLE_RATE_HZ, n_bytes // 2, "NONE", ""))
        for start in range(0, n_bytes, len(pcm)):
            out.writeframesraw(pcm[: n_bytes - start])
    return file.getvalue()
