"""Applies a change of the voice to a clip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.errors import AudioError
from ser_core.voice.change import NEUTRAL, VoiceChange
from ser_core.voice.colour import roughen, tilt
from ser_core.voice.psola import MIN_DURATION_S, resynthesise

# Long enough for a few sentences, and short enough to follow a slider without a noticeable delay.
MAX_DURATION_S = 30.0


@dataclass(frozen=True, eq=False)
class ChangedVoice:
    """A clip before and after a change.

    Parameters
    ----------
    before : Audio
        The clip before the change, at most its first ``MAX_DURATION_S``.
    audio : Audio
        The changed clip; ``before`` itself for the change ``NEUTRAL``.
    held_back_db : float
        Reduction of the level that prevents clipping, in decibels; usually 0.
    """

    before: Audio
    audio: Audio
    held_back_db: float


def change_voice(audio: Audio, change: VoiceChange) -> ChangedVoice:
    """Change a voice.

    Pitch, intonation and tempo come first, by PSOLA; then brightness, hoarseness and loudness. A part of the change
    that is neutral is not applied.

    Parameters
    ----------
    audio : Audio
        Any clip. Only its first ``MAX_DURATION_S`` are used.
    change : VoiceChange
        The amounts.

    Returns
    -------
    ChangedVoice

    Raises
    ------
    AudioError
        If the clip is too short for pitch analysis, and pitch, intonation or tempo are to change.
    """
    before = excerpt(audio)
    if change == NEUTRAL:
        return ChangedVoice(before, before, held_back_db=0.0)
    samples = before.samples
    if (change.pitch_st, change.intonation, change.tempo) != (NEUTRAL.pitch_st, NEUTRAL.intonation, NEUTRAL.tempo):
        if before.duration_s < MIN_DURATION_S:
            raise AudioError(
                f"The clip lasts only {1000 * before.duration_s:.0f} milliseconds",
                expected="at least one syllable, to change pitch, intonation or tempo",
                advice="Choose a longer clip, or change loudness, brightness or hoarseness alone",
            )
        samples = resynthesise(samples, pitch_st=change.pitch_st, intonation=change.intonation, tempo=change.tempo)
    if change.brightness_db != NEUTRAL.brightness_db:
        samples = tilt(samples, change.brightness_db)
    if change.hoarseness != NEUTRAL.hoarseness:
        samples = roughen(samples, change.hoarseness)
    samples = samples * np.float32(10.0 ** (change.loudness_db / 20.0))
    # The limit is full scale, or the peak of the clip where that is higher.
    limit = max(1.0, float(np.abs(before.samples).max()))
    excess = max(float(np.abs(samples).max()) / limit, 1.0)
    changed = from_samples(samples / np.float32(excess), SAMPLE_RATE_HZ)
    return ChangedVoice(before, changed, held_back_db=20.0 * float(np.log10(excess)))


def excerpt(audio: Audio) -> Audio:
    """Return a clip, or the first ``MAX_DURATION_S`` of a longer one."""
    if audio.duration_s <= MAX_DURATION_S:
        return audio
    return from_samples(audio.samples[: round(MAX_DURATION_S * SAMPLE_RATE_HZ)], SAMPLE_RATE_HZ)
