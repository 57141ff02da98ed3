"""From a clip and a wish to the changed clip."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ser_core.audio.loading import SAMPLE_RATE_HZ, Audio, from_samples
from ser_core.errors import AudioError
from ser_core.voice.change import NEUTRAL, VoiceChange
from ser_core.voice.colour import roughen, tilt
from ser_core.voice.psola import MIN_DURATION_S, resynthesise

# Enough for a few sentences, and still answered while a slider is being moved.
MAX_DURATION_S = 30.0


@dataclass(frozen=True, eq=False)
class ChangedVoice:
    """A clip before and after a change.

    Parameters
    ----------
    before : Audio
        What was changed: the clip, or its first ``MAX_DURATION_S``.
    audio : Audio
        The outcome; ``before`` itself where nothing was asked for.
    held_back_db : float
        By how much the outcome is quieter than asked for, since louder would clip; mostly 0.
    """

    before: Audio
    audio: Audio
    held_back_db: float


def change_voice(audio: Audio, change: VoiceChange) -> ChangedVoice:
    """Change a voice.

    Pitch, intonation and tempo come first, by PSOLA; then brightness, hoarseness and loudness. What is not asked for
    is not touched.

    Parameters
    ----------
    audio : Audio
        Any clip; of longer ones the first ``MAX_DURATION_S``.
    change : VoiceChange
        What to change.

    Returns
    -------
    ChangedVoice

    Raises
    ------
    AudioError
        If the clip is so short that no pitch can be found in it, and pitch, intonation or tempo are to change.
    """
    before = excerpt(audio)
    if change == NEUTRAL:
        return ChangedVoice(before, before, held_back_db=0.0)
    samples = before.samples
    if (change.pitch_st, change.intonation, change.tempo) != (NEUTRAL.pitch_st, NEUTRAL.intonation, NEUTRAL.tempo):
        if before.duration_s < MIN_DURATION_S:
            raise AudioError(
                f"The clip lasts only {1000 * before.duration_s:.0f} milliseconds",
                expected="Changing pitch, intonation or tempo takes at least one syllable",
                advice="Choose a longer clip, or change loudness, brightness or hoarseness alone",
            )
        samples = resynthesise(samples, pitch_st=change.pitch_st, intonation=change.intonation, tempo=change.tempo)
    if change.brightness_db != NEUTRAL.brightness_db:
        samples = tilt(samples, change.brightness_db)
    if change.hoarseness != NEUTRAL.hoarseness:
        samples = roughen(samples, change.hoarseness)
    samples = samples * np.float32(10.0 ** (change.loudness_db / 20.0))
    # Not louder than full scale, or than the clip was already.
    limit = max(1.0, float(np.abs(before.samples).max()))
    excess = max(float(np.abs(samples).max()) / limit, 1.0)
    changed = from_samples(samples / np.float32(excess), SAMPLE_RATE_HZ)
    return ChangedVoice(before, changed, held_back_db=20.0 * float(np.log10(excess)))


def excerpt(audio: Audio) -> Audio:
    """Return a clip, or the first ``MAX_DURATION_S`` of a longer one."""
    if audio.duration_s <= MAX_DURATION_S:
        return audio
    return from_samples(audio.samples[: round(MAX_DURATION_S * SAMPLE_RATE_HZ)], SAMPLE_RATE_HZ)
