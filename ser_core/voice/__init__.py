"""Changes of a voice: pitch, intonation, tempo, loudness, brightness and hoarseness.

May import ``audio``, ``features``.

>>> from ser_core.voice import VoiceChange, change_voice
>>> change_voice(audio, VoiceChange(pitch_st=4.0)).audio  # doctest: +SKIP
"""

from ser_core.voice.change import NEUTRAL, RANGES, VoiceChange
from ser_core.voice.lab import MAX_DURATION_S, ChangedVoice, change_voice
from ser_core.voice.plausibility import implausible_cues
from ser_core.voice.presets import PRESETS, Preset

__all__ = [
    "MAX_DURATION_S",
    "NEUTRAL",
    "PRESETS",
    "RANGES",
    "ChangedVoice",
    "Preset",
    "VoiceChange",
    "change_voice",
    "implausible_cues",
]
