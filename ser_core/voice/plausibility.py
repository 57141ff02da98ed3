"""Warnings about a changed voice whose pitch or speech rate is outside the range of human speech."""

from __future__ import annotations

import math

from ser_core.features.cues import Cues

# The recordings of the Kaggle set have medians from 77 to 586 Hz, 99 % of them below 450 Hz, and from 1.3 to 8.2
# syllables per second.
_PITCH_RANGE_HZ = (60.0, 500.0)
_SPEECH_RATE_RANGE = (1.0, 9.0)


def implausible_cues(cues: Cues) -> tuple[str, ...]:
    """Return which properties of a voice are outside the range of human speech.

    Parameters
    ----------
    cues : Cues
        Cues of the changed clip.

    Returns
    -------
    tuple of str
        Plain sentences for people, without their full stops; empty for a plausible voice.
    """
    sentences = []
    if math.isnan(cues.pitch_hz):
        sentences.append("No pitch can be found in this sound: it is not like a voice")
    elif math.isnan(cues.syllables_per_s):
        sentences.append("No syllables can be found in this sound: its speech rate is unknown")
    if cues.pitch_hz < _PITCH_RANGE_HZ[0]:
        sentences.append(f"{cues.pitch_hz:.0f} Hz is lower than people speak")
    if cues.pitch_hz > _PITCH_RANGE_HZ[1]:
        sentences.append(f"{cues.pitch_hz:.0f} Hz is higher than people speak")
    if cues.syllables_per_s < _SPEECH_RATE_RANGE[0]:
        sentences.append(f"{cues.syllables_per_s:.1f} syllables per second is slower than people speak")
    if cues.syllables_per_s > _SPEECH_RATE_RANGE[1]:
        sentences.append(f"{cues.syllables_per_s:.1f} syllables per second is faster than people speak")
    return tuple(sentences)
