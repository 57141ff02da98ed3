"""Eighteen generated clips that stand for official CREMA-D files."""

from __future__ import annotations

import io

import numpy as np
import soundfile as sf

CLIP_NAMES = [f"{1004 + k}_DFA_{code}_XX" for k, code in enumerate(("ANG", "HAP", "SAD") * 6)]
CODES = {"ANG": "angry", "HAP": "happy", "SAD": "sad"}


def wav_bytes(frequency_hz: float) -> bytes:
    """Return a tenth of a second of a tone as a WAV file."""
    file = io.BytesIO()
    tone = 0.3 * np.sin(2 * np.pi * frequency_hz * np.arange(1600) / 16_000)
    sf.write(file, tone, 16_000, subtype="PCM_16", format="WAV")
    return file.getvalue()


CLIPS = {f"AudioWAV/{name}.wav": wav_bytes(200.0 + 20 * k) for k, name in enumerate(CLIP_NAMES)}
FIRST_PATH, FIRST_CONTENT = next(iter(CLIPS.items()))
