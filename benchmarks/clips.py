"""Clips of any length, made from one voice."""

from __future__ import annotations

import io
import wave
from pathlib import Path


def wav_of(voice: Path | str, duration_s: float) -> bytes:
    """Return a WAV file of a given length, in which a voice is repeated.

    Parameters
    ----------
    voice : Path or str
        Any recording.
    duration_s : float
        Length of the file.

    Returns
    -------
    bytes
        A WAV file, 16 kHz, mono, 16 bit.
    """
    # Imported here, because memory is measured in processes that import this module.
    from ser_core.audio.loading import SAMPLE_RATE_HZ, load_audio, to_wav_bytes

    with wave.open(io.BytesIO(to_wav_bytes(load_audio(voice).samples))) as voice_file:
        pcm = voice_file.readframes(voice_file.getnframes())
    n_bytes = 2 * round(duration_s * SAMPLE_RATE_HZ)
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as clip_file:
        clip_file.setparams((1, 2, SAMPLE_RATE_HZ, n_bytes // 2, "NONE", ""))
        for start in range(0, n_bytes, len(pcm)):
            clip_file.writeframesraw(pcm[: n_bytes - start])
    return buffer.getvalue()
